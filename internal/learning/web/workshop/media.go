package workshop

import (
	"errors"
	"path"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// change is what files that a form brings change in a draft.
type change func(*learning.Manuscript)

// media keeps the files that the form of a screen brings, and returns what to change in the draft. What a screen
// shows by them is said in t.
func (p *Pages) media(c *web.Ctx, w writing, t *learning.Typed) (change, []fault.Field, error) {
	var all []change
	var faults []fault.Field
	for _, one := range []func(*web.Ctx, writing, *learning.Typed) (change, kept, error){p.picture, p.captions, p.packaged, p.recording} {
		f, k, err := one(c, w, t)
		if err != nil {
			return nil, nil, err
		}
		faults = append(faults, k.faults...)
		if f != nil {
			all = append(all, f)
		}
	}
	return func(m *learning.Manuscript) {
		for _, f := range all {
			f(m)
		}
	}, faults, nil
}

// picture takes a picture or a video.
func (p *Pages) picture(c *web.Ctx, w writing, t *learning.Typed) (change, kept, error) {
	k, err := p.kept(c, "picture", func(data []byte, ending string) string { return learning.MediumPath(w.screen, data, ending) })
	if err != nil {
		return nil, k, err
	}
	switch {
	case k.path != "":
		t.Picture = k.path
	case c.Form("no-picture") != "":
		t.Picture, t.Alt = "", ""
	}
	size, err := p.smaller(c, w, t.Picture, k)
	return func(m *learning.Manuscript) {
		if k.path != "" {
			k.put(m)
		}
		size(m)
	}, k, err
}

// captions takes those of the screen's video.
func (p *Pages) captions(c *web.Ctx, w writing, t *learning.Typed) (change, kept, error) {
	if !content.IsVideo(t.Picture) {
		return nil, kept{}, nil
	}
	k, err := p.kept(c, "captions", func([]byte, string) string { return content.CaptionsPath(t.Picture, w.lang) })
	if k.path == "" {
		return nil, k, err
	}
	return k.put, k, err
}

// packaged takes the package that the screen plays.
func (p *Pages) packaged(c *web.Ctx, w writing, t *learning.Typed) (change, kept, error) {
	if t.Kind != content.Packaged {
		return nil, kept{}, nil
	}
	k, err := p.kept(c, "package", func(data []byte, _ string) string { return learning.PackagePath(w.screen, data) })
	if k.path == "" {
		return nil, k, err
	}
	t.Body = k.path
	return k.put, k, err
}

func (p *Pages) recording(c *web.Ctx, w writing, _ *learning.Typed) (change, kept, error) {
	k, err := p.voiced(c, w.lang, w.screen)
	if k.path == "" && c.Form("no-audio") == "" {
		return nil, k, err
	}
	return func(m *learning.Manuscript) { m.Record(w.screen, k.path, k.hash) }, k, err
}

// kept is a file that was kept as a document under a path; no path: none was chosen, or it is refused.
type kept struct {
	path   string
	hash   blob.Hash
	faults []fault.Field
}

func (p *Pages) kept(c *web.Ctx, field string, name func(data []byte, ending string) string) (kept, error) {
	data, filename, err := c.File(field)
	if err != nil || len(data) == 0 {
		return kept{}, err
	}
	return p.keep(c, field, name(data, path.Ext(filename)), data)
}

func (p *Pages) keep(c *web.Ctx, field, at string, data []byte) (k kept, err error) {
	if err := learning.CheckFile(at, data).Err(); err != nil {
		return refusedFile(c, field, err)
	}
	k.path = at
	k.hash, err = p.Learning.Blobs.Put(data)
	return k, err
}

// refusedFile says beside its field what is wrong with a file.
func refusedFile(c *web.Ctx, field string, err error) (kept, error) {
	var ps content.Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		return kept{}, err
	}
	said := fault.Field{Name: field, Key: "author.problem", Args: []any{"Text", sentence(c, ps[0].Code, ps[0].Detail)}}
	if ps[0].Code == content.FileUnknown { // nobody chose the name under which it would be kept
		said = fault.Field{Name: field, Key: "author.file.unfit"}
	}
	return kept{faults: []fault.Field{said}}, nil
}

// put gives the file to a draft.
func (k kept) put(m *learning.Manuscript) { m.Files[k.path] = k.hash }
