package workshop

import (
	"slices"
	"strconv"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/document"
)

// brought is a document that was brought: what it becomes, and what its author is asked before.
type brought struct {
	heading
	source  string
	module  *content.Module
	pack    string // where its pictures are
	left    []behind
	picture []string // titles of the screens whose picture nobody has described
}

// behind is what changed or was left behind, with the screens on which it stood.
type behind struct {
	what  string
	count int
	where []string
}

func bringing(c *web.Ctx, in learning.Incoming, m *content.Module) *brought {
	t := m.Languages[m.Source]
	b := &brought{module: m, source: m.Source, pack: string(in.Package), left: behindOf(in.Left)}
	b.heading = heading{c: c, slug: m.Slug, minutes: strconv.Itoa(m.Minutes), Head: learning.Head{Title: t.Title, Summary: t.Summary, Meta: m.Meta}}
	for _, s := range t.Screens {
		if learning.Undescribed(s) {
			b.picture = append(b.picture, s.Title)
		}
	}
	return b
}

func behindOf(all []document.Left) (out []behind) {
	for _, l := range all {
		i := slices.IndexFunc(out, func(b behind) bool { return b.what == l.What })
		if i < 0 {
			i, out = len(out), append(out, behind{what: l.What})
		}
		out[i].count += l.Count
		if l.Where != "" {
			out[i].where = append(out[i].where, l.Where)
		}
	}
	return out
}

func (b *brought) screens() []content.Screen { return b.module.Languages[b.module.Source].Screens }

func (b *brought) image(s content.Screen) string {
	return picture(learning.Module{ModuleRow: learning.ModuleRow{Package: b.pack}}, s)
}

// size is about what a phone keeps of the module, in kB.
func (b *brought) size() int {
	n := len(b.module.Languages[b.module.Source].Format())
	for _, data := range b.module.Files {
		n += len(data)
	}
	return max(n>>10, 1)
}

// pages names the pages of a document in any language.
func pages(c *web.Ctx) learning.PageName {
	return func(lang string, number int) string { return c.Site.Words.In(lang).T("author.page", "Number", number) }
}

// asked is what the author typed beside a document.
func asked(c *web.Ctx, b *brought) learning.Naming {
	b.slug, b.source, b.minutes = c.Form("slug"), c.Form("source"), c.Form("minutes")
	minutes, _ := strconv.Atoi(b.minutes) // what is no number is refused below
	b.Title, b.Summary = c.Form("title"), c.Form("summary")
	b.Meta.Needs, b.Meta.Level, b.Meta.Minutes = c.R.PostForm["needs"], c.Form("level"), minutes
	if !spoken(c, b.source) {
		b.source = b.module.Source
	}
	return learning.Naming{Slug: b.slug, Source: b.source, Head: b.Head, Page: pages(c)}
}

// takeDocument makes a document the draft, named as its author says.
func (p *Pages) takeDocument(c *web.Ctx, a arriving) error {
	n := asked(c, a.document)
	a.document.problems = inFields(c, n.Check())
	if len(a.document.problems) == 0 {
		err := p.Learning.TakeDocument(c, c.Actor, c.R.PathValue("slug"), n)
		if err == nil {
			return c.GoSaying("/modules/"+n.Slug+"/edit", "author.import.taken")
		}
		if a.document.problems = fault.FieldsOf(err); a.document.problems == nil {
			return err
		}
	}
	f := c.Frame(c.T("author.doc.title"))
	return c.Again(f, documentPage(a, f))
}
