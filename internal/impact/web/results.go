package web

import (
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
)

type resultsView struct {
	names
	f      ui.Frame
	state  impact.State
	hidden int64 // cells of people below this are not shown
}

// results are what everybody may know, without an account. Whoever reads sees the same.
func (p *Pages) results(c *web.Ctx) error {
	b, err := p.Impact.Book(c.PID())
	if err != nil {
		return err
	}
	v := resultsView{names: live(c), f: c.Frame(c.T("ui.results")), hidden: b.Hide(figure.Public)}
	if v.state, err = p.Impact.Figures(c, c.PID(), impact.Query{}); err != nil {
		return err
	}
	for i, f := range v.state.Figures {
		v.state.Figures[i] = f.Hide(v.hidden)
	}
	return c.Page(v.f, resultsPage(v))
}

// public is the one split that everybody sees: by country, else by language. One alone cannot be
// subtracted from another.
func public(f figure.Figure) string {
	for _, d := range []string{"country", "language"} {
		if len(f.Cells[d]) > 1 {
			return d
		}
	}
	return ""
}

// anyHidden tells whether small cells had to be hidden somewhere on the page.
func (v resultsView) anyHidden() bool {
	for _, f := range v.state.Figures {
		if anyHidden(f.Cells[public(f)]) {
			return true
		}
	}
	return false
}
