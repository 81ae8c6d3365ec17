package workshop

import (
	"bytes"
	"errors"
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

// accepted are the files that become a module.
const accepted = ".zip,.docx,.pdf,application/zip,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// receive takes a package or a document, to be looked at before anything changes.
func (p *Pages) receive(c *web.Ctx) error {
	data, name, err := c.File("file")
	if err != nil {
		return err
	}
	if data == nil {
		return p.again(c, fault.Fields(fault.Field{Name: "file", Key: "author.file.missing"}))
	}
	slug, err := p.Learning.Receive(c, c.Actor, learning.Upload{Name: name, Data: data, Languages: languages(c), Page: pages(c)})
	if err != nil {
		return p.again(c, atFile(c, err))
	}
	return c.Go("/modules/" + slug + "/import")
}

// languages of the programme, the one in which it writes first.
func languages(c *web.Ctx) []string {
	return append([]string{c.Programme.Source}, c.Programme.Languages...)
}

// atFile says beside the field what is wrong with the file as a whole; what is wrong within it is a list.
func atFile(c *web.Ctx, err error) error {
	var ps content.Problems
	if !errors.As(err, &ps) || len(ps) != 1 || ps[0].File != "" {
		return err
	}
	return fault.Fields(fault.Field{Name: "file", Key: "author.problem", Args: []any{"Text", sentence(c, ps[0].Code, ps[0].Detail)}})
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

	document *brought // nil: it is a package
}

// changed is what a text says differently from another, screen by screen.
type changed struct {
	lang  string
	text  *content.Text
	diffs []content.Change
}

func (p *Pages) incoming(c *web.Ctx) error {
	a, ok, err := p.arriving(c)
	switch {
	case err != nil:
		return err
	case !ok:
		return c.Go("/modules/new")
	case a.document != nil:
		f := c.Frame(c.T("author.doc.title"))
		return c.Page(f, documentPage(a, f))
	}
	f := c.Frame(c.T("author.import.title"))
	return c.Page(f, incomingPage(a, f))
}

// arriving reads what was received, and what it would come after; ok is false where nothing waits.
func (p *Pages) arriving(c *web.Ctx) (a arriving, ok bool, err error) {
	slug := c.R.PathValue("slug")
	in, m, ok, err := p.Learning.Incoming(c, c.Actor, slug)
	if err != nil || !ok {
		return a, ok, err
	}
	a = arriving{c: c, module: m, of: in.Of}
	if in.Document {
		a.document = bringing(c, in, m)
	}
	if o := programmeOf(c, in.Origin); o != nil {
		a.from = o.Name.In(c.Lang())
	}
	if _, a.draft, err = p.Learning.Manuscript(c, c.PID(), slug); err != nil {
		return a, ok, err
	}
	now, err := p.module(c)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return a, ok, err
	}
	a.number = now.Number
	a.compare(now)
	return a, true, nil
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
	a, ok, err := p.arriving(c)
	if err != nil {
		return err
	}
	if ok && a.document != nil {
		return p.takeDocument(c, a)
	}
	if err := p.Learning.Take(c, c.Actor, c.R.PathValue("slug")); err != nil {
		return err
	}
	return c.GoSaying(address(c, "/edit"), "author.import.taken")
}
