package workshop

import (
	"cmp"
	"path"
	"strings"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/film"
)

// sizes are those in which the film of a screen is offered.
type sizes struct {
	wanted bool      // with one for phones
	small  blob.Hash // that one; empty: there is none, or none yet
	large  int64     // bytes, as the film came
	light  int64     // bytes of the one for phones
	why    string    // why there is none
	again  bool      // it may be tried again
}

// sizesOf are those of a screen's film; nil where it has none.
func (p *Pages) sizesOf(c *web.Ctx, m learning.Manuscript, name string) *sizes {
	of, ok := m.Files[name]
	if !ok || !content.IsVideo(name) {
		return nil
	}
	made := m.Sizes[of]
	s := &sizes{wanted: m.HasSmaller(name), large: p.Learning.Blobs.Size(of)}
	if s.wanted {
		s.small = cmp.Or(m.Files[content.SmallPath(name)], made.Small)
		s.light = p.Learning.Blobs.Size(s.small)
	}
	if s.wanted && s.small == "" && made.Code != "" {
		s.why, s.again = sentence(c, made.Code, made.Detail), made.Code != film.Light
	}
	return s
}

// making tells whether the one for phones is still to come.
func (s *sizes) making() bool { return s.wanted && s.small == "" && s.why == "" }

// smaller has a size for phones made of a film that is new, or of which the form asks for one.
func (p *Pages) smaller(c *web.Ctx, w writing, name string, k kept) (change, error) {
	brought := k.path != "" && content.IsVideo(k.path)
	wanted := brought || c.Form("smaller") != ""
	again := w.sizes != nil && (c.Form("act") == "smaller" || !w.sizes.wanted)
	if content.IsVideo(name) && wanted && (brought || again) {
		of := cmp.Or(k.hash, w.film)
		if err := p.Learning.Shrink(c, c.PID(), w.slug, name, of); err != nil {
			return nil, err
		}
	}
	return func(m *learning.Manuscript) {
		if content.IsVideo(name) && (brought || w.sizes != nil) {
			m.SetSmaller(name, wanted)
		}
	}, nil
}

// heavy is from how many bytes on a recording is made smaller; a WAV always is.
const heavy = 256 << 10

// voice is a recording as it is kept: a heavy one is made smaller at once, if that gains something. What cannot be made
// smaller stays as it came, and is judged like any other.
func voice(c *web.Ctx, data []byte, ending string) ([]byte, string, error) {
	ending = strings.ToLower(ending)
	if len(data) < heavy && ending != ".wav" {
		return data, ending, nil
	}
	small, err := film.Voice(c, ending, data)
	if err != nil && ending == ".wav" {
		return nil, ending, err
	}
	if err != nil {
		return data, ending, nil
	}
	return small, ".m4a", nil
}

// voiced keeps the recording that a form brings.
func (p *Pages) voiced(c *web.Ctx, lang, screen string) (kept, error) {
	data, name, err := c.File("audio")
	if err != nil || len(data) == 0 {
		return kept{}, err
	}
	data, ending, err := voice(c, data, path.Ext(name))
	if err != nil {
		return refusedFile(c, "audio", err)
	}
	return p.keep(c, "audio", learning.AudioPath(lang, screen, ending), data)
}
