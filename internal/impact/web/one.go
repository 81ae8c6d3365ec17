package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
)

type figureView struct {
	names
	asked
	f        ui.Frame
	state    impact.State
	figure   figure.Figure
	versions []*figure.Indicator
	last     *impact.FilingRow // the last frozen report
	filed    []impact.FilingRow
	seed     string
	wrong    error
}

// figure opens one figure: how it is defined, how it divides, what is behind it.
func (p *Pages) figure(c *web.Ctx) error {
	v, err := p.open(c, c.R.PathValue("id"))
	if err != nil {
		return err
	}
	return c.Page(v.f, figurePage(v))
}

func (p *Pages) open(c *web.Ctx, indicator string) (figureView, error) {
	v := figureView{names: live(c)}
	var err error
	if v.state, v.asked, err = p.state(c); err != nil {
		return v, err
	}
	if v.figure, err = v.state.Figure(indicator); err != nil {
		return v, err
	}
	if slices.Contains(v.figure.By, "module") {
		if v.modules, err = p.Impact.ModuleNames(c, c.PID(), c.Lang()); err != nil {
			return v, err
		}
	}
	v.versions = v.state.Book.Versions(indicator)
	v.f = c.Frame(v.figure.Title.In(c.Lang()))
	filed, err := p.Impact.Filings(c, c.PID())
	for i := range filed {
		if filed[i].Document != "" {
			v.filed = append(v.filed, filed[i])
		}
	}
	if len(v.filed) > 0 {
		v.last = &v.filed[0]
	}
	return v, err
}

// splits are the tables of a figure, in the order of its definition; months are a chart.
func splits(f figure.Figure) (out []string) {
	for _, d := range f.By {
		if d != "month" && len(f.Cells[d]) > 0 {
			out = append(out, d)
		}
	}
	return out
}

func anyTarget(cs []figure.Cell) bool {
	for _, c := range cs {
		if c.Target > 0 {
			return true
		}
	}
	return false
}

func anyHidden(cs []figure.Cell) bool {
	for _, c := range cs {
		if c.Hidden {
			return true
		}
	}
	return false
}

type evidenceView struct {
	figureView
	rows []figure.Counted
	more string
}

// perPage is how many facts a page of evidence shows.
const perPage = 50

// evidence lists the facts behind a figure, the latest first, without names.
func (p *Pages) evidence(c *web.Ctx) error {
	v, err := p.open(c, c.R.PathValue("id"))
	if err != nil {
		return err
	}
	e := evidenceView{figureView: v}
	at, key := cut(c.Query("after"))
	for _, x := range v.figure.Counted {
		if at > 0 && (x.At > at || x.At == at && cmp.Compare(x.Key, key) >= 0) {
			continue
		}
		if len(e.rows) == perPage {
			last := e.rows[perPage-1]
			e.more = e.address(last)
			break
		}
		e.rows = append(e.rows, x)
	}
	return c.Page(v.f, evidencePage(e))
}

// address of the page that follows a row.
func (e evidenceView) address(last figure.Counted) string {
	q := e.query()
	sep := "?"
	if q != "" {
		sep = "&"
	}
	return fmt.Sprintf("/indicators/%s/evidence%s%safter=%d|%s", e.figure.ID, q, sep, last.At, strings.ReplaceAll(last.Key, " ", "+"))
}

func cut(after string) (at int64, key string) {
	v, key, _ := strings.Cut(after, "|")
	at, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0, ""
	}
	return at, key
}
