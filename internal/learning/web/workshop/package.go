package workshop

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

func spoken(c *web.Ctx, lang string) bool { return slices.Contains(c.Programme.Languages, lang) }

// download gives the newest version as one file, to keep, to edit elsewhere or to pass on.
func (p *Pages) download(c *web.Ctx) error {
	m, err := p.module(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := m.Content.WriteZip(&b); err != nil {
		return err
	}
	return c.Bytes("application/zip", m.Slug+".zip", b.Bytes())
}

// upload reads a file of the form; nil where none was chosen.
func upload(c *web.Ctx, name string) (data []byte, filename string, err error) {
	f, h, err := c.R.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	data, err = io.ReadAll(f)
	return data, h.Filename, err
}

// receive takes a ZIP file, to be looked at before anything changes.
func (p *Pages) receive(c *web.Ctx) error {
	zip, _, err := upload(c, "zip")
	if err != nil {
		return err
	}
	if zip == nil {
		return p.again(c, fault.Fields(fault.Field{Name: "zip", Key: "author.zip.missing"}))
	}
	slug, err := p.Learning.Receive(c, c.Actor, zip)
	if err != nil {
		return p.again(c, err)
	}
	return c.Go("/modules/" + slug + "/import")
}

// adopt takes a module from another programme that runs here, in the same way.
func (p *Pages) adopt(c *web.Ctx) error {
	for _, o := range others(c) {
		if o.Slug != c.Form("programme") {
			continue
		}
		slug, err := p.Learning.Adopt(c, c.Actor, o.ID(), c.Form("module"))
		if fault.Is(err, fault.Invalid) {
			return p.again(c, err)
		}
		if err != nil {
			return err
		}
		return c.Go("/modules/" + slug + "/import")
	}
	return fault.New(fault.NotFound, "")
}

// arriving is a package beside what the library has.
type arriving struct {
	c       *web.Ctx
	module  *content.Module
	from    string // the programme that it comes from
	of      int64
	number  int64 // the version that it would follow; 0: new here
	draft   bool  // somebody is editing the module
	changes []changed
	missing []string // languages that it does not bring
}

// changed is what a text says differently from another, screen by screen.
type changed struct {
	lang  string
	text  *content.Text
	diffs []content.Change
}

func (p *Pages) incoming(c *web.Ctx) error {
	slug := c.R.PathValue("slug")
	in, m, ok, err := p.Learning.Incoming(c, c.Actor, slug)
	if err != nil {
		return err
	}
	if !ok {
		return c.Go("/modules/new")
	}
	a := arriving{c: c, module: m, of: in.Of}
	if o := programmeOf(c, in.Origin); o != nil {
		a.from = o.Name.In(c.Lang())
	}
	if _, a.draft, err = p.Learning.Manuscript(c, c.PID(), slug); err != nil {
		return err
	}
	now, err := p.module(c)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	a.number = now.Number
	a.compare(now)
	f := c.Frame(c.T("author.import.title"))
	return c.Page(f, incomingPage(a, f))
}

func (a *arriving) compare(now learning.Module) {
	var was map[string]*content.Text
	if now.Content != nil {
		was = now.Content.Languages
	}
	for _, lang := range a.c.Programme.Languages {
		t, before := a.module.Languages[lang], was[lang]
		switch {
		case t == nil && before != nil:
			a.missing = append(a.missing, lang)
		case t == nil:
		case before == nil:
			a.changes = append(a.changes, changed{lang, t, content.Diff(&content.Text{Lang: lang}, t)})
		default:
			a.changes = append(a.changes, changed{lang, t, content.Diff(before, t)})
		}
	}
}

// take makes what was looked at the module's draft.
func (p *Pages) take(c *web.Ctx) error {
	if err := p.Learning.Take(c, c.Actor, c.R.PathValue("slug")); err != nil {
		return err
	}
	return c.GoSaying(address(c, "/edit"), "author.import.taken")
}
