// Package film makes films and recordings small enough for a phone, with ffmpeg, a program of the machine. A file is read
// as what its ending says and as nothing else, so that it can name no other file and no address. docs/adr/0015 says why.
package film

import (
	"context"
	"errors"
	"time"

	"tremplin/internal/core/outside"
	"tremplin/internal/learning/content"
)

// The codes of what cannot be made smaller.
const (
	Tool   content.Code = "film.tool"   // what makes it smaller is not installed: the detail says which package
	Broken content.Code = "film.broken" // nothing that can be played to its end
	Slow   content.Code = "film.slow"
	Long   content.Code = "film.long"  // more than Longest
	Huge   content.Code = "film.huge"  // more than maxPixels a side
	Light  content.Code = "film.light" // less than a third would be gained
	Making content.Code = "film.making"
)

// Longest is how long a film may be.
const Longest = 10 * time.Minute

const (
	patience  = 100 * time.Second // less than a job has before another process may take it
	soon      = 15 * time.Second  // while somebody waits
	maxPixels = 4096              // a side of a film
	memory    = 1 << 30           // with less than 600 MB ffmpeg stands still instead of failing
)

// demuxers say as what a file is read, by its ending. None of them follows a reference to elsewhere.
var demuxers = map[string]string{".mp4": "mov", ".webm": "matroska", ".m4a": "mov", ".mp3": "mp3", ".ogg": "ogg", ".wav": "wav"}

// decoders are all that films and recordings are made with: of some hundred, those that are tried every day.
const decoders = "h264,hevc,mpeg4,vp8,vp9,av1,libdav1d,aac,mp3,mp3float,opus,libopus,vorbis,flac,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8"

// tool is one of ffmpeg's programs.
func tool(name string, most time.Duration) outside.Tool {
	return outside.Tool{Program: name, Package: "ffmpeg", Time: most, Memory: memory, Output: content.DefaultLimits.File}
}

// Small makes a film small; ending is ".mp4" or ".webm". It is an MP4 that every phone plays: at most 640 pixels a side,
// sound in one channel, and nothing of what the camera noted, such as where it was. The error is content.Problems where
// the film is to blame.
func Small(ctx context.Context, ending string, b []byte) ([]byte, error) {
	return shrink(ctx, patience, ending, b, true)
}

// Voice makes a recording small likewise: an M4A of one channel.
func Voice(ctx context.Context, ending string, b []byte) ([]byte, error) {
	return shrink(ctx, soon, ending, b, false)
}

func shrink(ctx context.Context, most time.Duration, ending string, b []byte, pictures bool) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	m := maker{ctx: ctx, most: most, pictures: pictures}
	out, err := m.make(demuxers[ending], b)
	if err != nil {
		return nil, reason(err)
	}
	if ending != ".wav" && 3*len(out) > 2*len(b) {
		return nil, refuse(Light, "")
	}
	return out, nil
}

// reason says in the words of a module why a program could not read the film.
func reason(err error) error {
	var missing *outside.MissingError
	switch {
	case errors.As(err, &missing):
		return refuse(Tool, missing.Package)
	case errors.Is(err, outside.ErrSlow):
		return refuse(Slow, "")
	case errors.Is(err, outside.ErrLarge):
		return refuse(Light, "")
	}
	return err
}

func refuse(code content.Code, detail string) error {
	return content.Problems{{Code: code, Detail: detail}}
}
