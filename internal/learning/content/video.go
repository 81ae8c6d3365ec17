package content

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	videoName    = regexp.MustCompile(`^video/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(mp4|webm)$`)
	smallName    = regexp.MustCompile(`^video/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.small\.mp4$`)
	captionsName = regexp.MustCompile(`^video/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.[A-Za-z0-9-]{2,12}\.vtt$`)
)

// maxCaptions is how long captions may be, in bytes.
const maxCaptions = 256 << 10

// IsVideo tells whether a path is that of a video.
func IsVideo(name string) bool { return videoName.MatchString(name) }

// CaptionsPath is where the captions of a video stand in a language: "video/hello.mp4" has "video/hello.fr.vtt".
func CaptionsPath(video, lang string) string {
	return strings.TrimSuffix(video, path.Ext(video)) + "." + lang + ".vtt"
}

// SmallPath is where the size for phones of a video stands: "video/hello.mp4" has "video/hello.small.mp4".
func SmallPath(video string) string { return strings.TrimSuffix(video, path.Ext(video)) + ".small.mp4" }

// Lighter is the path of a video's size for phones among the files of a module; empty where there is none.
func Lighter[V any](files map[string]V, video string) string {
	if !IsVideo(video) {
		return ""
	}
	at := SmallPath(video)
	if _, ok := files[at]; !ok {
		return ""
	}
	return at
}

// VideoOf is the video's path without its ending, of which captions are: both begin with it.
func VideoOf(captions string) string {
	bare := strings.TrimSuffix(captions, ".vtt")
	return strings.TrimSuffix(bare, path.Ext(bare))
}

// Larger is the path of the video among the files of a module of which another file is the size for phones; empty where
// it is of none.
func Larger[V any](files map[string]V, small string) string {
	bare := strings.TrimSuffix(small, ".small.mp4")
	for _, ending := range []string{".mp4", ".webm"} {
		if _, ok := files[bare+ending]; ok && smallName.MatchString(small) {
			return bare + ending
		}
	}
	return ""
}

// smallCode is empty, or says why a size for phones is of no use: its video is missing, or is lighter.
func (m *Module) smallCode(name string) Code {
	video := Larger(m.Files, name)
	switch {
	case video == "":
		return VideoAlone
	case len(m.Files[name]) >= len(m.Files[video]):
		return VideoHeavy
	}
	return ""
}

// videoCode is empty, or says that the file is no video of the type that its ending names.
func videoCode(ext string, data []byte) Code {
	isMP4 := len(data) > 8 && string(data[4:8]) == "ftyp"
	isWebM := bytes.HasPrefix(data, []byte("\x1a\x45\xdf\xa3"))
	if ext == ".mp4" && isMP4 || ext == ".webm" && isWebM {
		return ""
	}
	return VideoBroken
}

// captionsCode is empty, or says that the file is no WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format", section 4.1).
func captionsCode(data []byte) Code {
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	rest, ok := bytes.CutPrefix(text, []byte("WEBVTT"))
	if !ok || len(data) > maxCaptions || !utf8.Valid(text) || len(rest) > 0 && !bytes.ContainsAny(rest[:1], " \t\r\n") {
		return CaptionsBroken
	}
	return ""
}
