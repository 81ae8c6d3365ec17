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

// VideoOf is the video's path without its ending, of which captions are: both begin with it.
func VideoOf(captions string) string {
	bare := strings.TrimSuffix(captions, ".vtt")
	return strings.TrimSuffix(bare, path.Ext(bare))
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
