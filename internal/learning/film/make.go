package film

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"tremplin/internal/core/outside"
)

// maker makes one film small.
type maker struct {
	ctx      context.Context
	most     time.Duration
	pictures bool // it is a film, not a recording
}

// about is what a program says of a film.
type about struct {
	Streams []struct {
		Kind          string `json:"codec_type"`
		Width, Height int
	}
	Format struct{ Duration string }
}

func (a about) has(kind string) bool {
	for _, s := range a.Streams {
		if s.Kind == kind {
			return true
		}
	}
	return false
}

// lasts is how long it says it is; ok is false where it says nothing, as what a browser recorded.
func (a about) lasts() (d time.Duration, ok bool) {
	seconds, err := strconv.ParseFloat(a.Format.Duration, 64)
	return time.Duration(seconds * float64(time.Second)), err == nil
}

func (m maker) make(demuxer string, b []byte) ([]byte, error) {
	file := map[string][]byte{"in": b}
	was, err := m.look(demuxer, file)
	if err == nil {
		err = m.check(was)
	}
	if err != nil {
		return nil, err
	}
	r, err := m.run("ffmpeg", file, m.args(demuxer)...)
	if err != nil {
		return nil, err
	}
	out := r.Files["out.mp4"]
	is, err := m.look("mov", map[string][]byte{"in": out})
	if err != nil {
		return nil, err
	}
	return out, whole(was, is)
}

// read are the arguments with which a file is opened: as one format, from this folder alone.
func read(demuxer string) []string {
	return []string{"-v", "error", "-f", demuxer, "-protocol_whitelist", "file", "-codec_whitelist", decoders}
}

func (m maker) look(demuxer string, file map[string][]byte) (a about, err error) {
	args := append(read(demuxer), "-show_entries", "format=duration:stream=codec_type,width,height", "-of", "json", "in")
	r, err := m.run("ffprobe", file, args...)
	if err != nil {
		return a, err
	}
	if json.Unmarshal(r.Said, &a) != nil {
		return a, refuse(Broken, "")
	}
	return a, nil
}

func (m maker) run(name string, file map[string][]byte, args ...string) (outside.Result, error) {
	r, err := tool(name, m.most).Run(m.ctx, file, args...)
	if err == nil && r.Failed {
		err = refuse(Broken, "")
	}
	return r, err
}

func (m maker) check(a about) error {
	kind := "audio"
	if m.pictures {
		kind = "video"
	}
	lasts, known := a.lasts()
	switch {
	case !a.has(kind), known && lasts <= 0:
		return refuse(Broken, "")
	case lasts > Longest:
		return refuse(Long, "")
	}
	for _, s := range a.Streams {
		if max(s.Width, s.Height) > maxPixels {
			return refuse(Huge, strconv.Itoa(s.Width)+" × "+strconv.Itoa(s.Height))
		}
	}
	return nil
}

// whole tells whether what was made lasts as long as what it was made of.
func whole(was, is about) error {
	lasts, _ := is.lasts()
	said, known := was.lasts()
	switch {
	case lasts <= 0, known && lasts < said*9/10-time.Second/2:
		return refuse(Broken, "")
	case lasts > Longest:
		return refuse(Long, "")
	}
	return nil
}

// bare leaves out all that is no picture and no sound: where and with what it was taken, chapters, who made this.
var bare = []string{"-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"}

// args are those with which a film, or a recording, is made small.
func (m maker) args(demuxer string) []string {
	limit := strconv.Itoa(int(Longest/time.Second) + 1)
	in := append([]string{"-nostdin", "-threads", "1", "-filter_threads", "1"}, read(demuxer)...)
	in = append(in, "-i", "in", "-t", limit, "-map", "0:a:0?", "-c:a", "aac", "-ac", "1", "-ar", "44100", "-b:a", "48k")
	if m.pictures {
		in = append(in, "-map", "0:V:0", "-fpsmax", "25", "-vf", box, "-c:v", "libx264", "-threads", "1", "-preset", "veryfast",
			"-profile:v", "baseline", "-level", "3.0", "-pix_fmt", "yuv420p", "-crf", "28", "-maxrate", "400k", "-bufsize", "800k")
	}
	return slices.Concat(in, bare, []string{"-movflags", "+faststart", "out.mp4"})
}

// box is the frame into which pictures are fitted, upright, and never enlarged.
const box = "scale='min(640,iw)':'min(640,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1"
