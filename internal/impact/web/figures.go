package web

import (
	"net/url"
	"slices"
	"time"

	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
)

// asked is what the address asks for: which figures, as of when.
type asked struct {
	Organisation, Country, From, To, Report string
}

// read takes the filters of the address. Who may not see small cells gets none: by narrowing one could
// subtract.
func read(c *web.Ctx, b *impact.Book) (asked, impact.Query) {
	a := asked{Report: c.Query("report")}
	if d, ok := b.Entry(a.Report); !ok || d.Kind != figure.KindReport {
		a.Report = ""
	}
	if below(c, b) <= 1 {
		a.Organisation, a.Country, a.From, a.To = c.Query("organisation"), c.Query("country"), c.Query("from"), c.Query("to")
	}
	if a.From > a.To && a.To != "" { // a period has two ends, whichever is said first
		a.From, a.To = a.To, a.From
	}
	q := impact.Query{Report: a.Report, Filter: figure.Filter{Organisation: a.Organisation, Country: a.Country}}
	if t, err := time.ParseInLocation(time.DateOnly, a.From, b.Location()); err == nil {
		q.Filter.From = t.UnixMicro()
	}
	if t, err := b.End(a.To); err == nil {
		q.Filter.To = t.UnixMicro()
	}
	return a, q
}

// query writes the filters into an address.
func (a asked) query() string {
	v := url.Values{}
	for name, s := range map[string]string{"organisation": a.Organisation, "country": a.Country, "from": a.From, "to": a.To, "report": a.Report} {
		if s != "" {
			v.Set(name, s)
		}
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

// state counts for the reader: what they asked for, without what they may not see.
func (p *Pages) state(c *web.Ctx) (impact.State, asked, error) {
	b, err := p.Impact.Book(c.PID())
	if err != nil {
		return impact.State{}, asked{}, err
	}
	a, q := read(c, b)
	st, err := p.Impact.Figures(c, c.PID(), q)
	st.Figures = shown(st.Figures, below(c, b))
	return st, a, err
}

type figuresView struct {
	names
	asked
	f      ui.Frame
	state  impact.State
	dues   []due
	next   *due
	narrow bool // there are filters
}

// figures is the first page of whoever answers for the programme.
func (p *Pages) figures(c *web.Ctx) error {
	b, err := p.Impact.Book(c.PID())
	if err != nil {
		return err
	}
	filed, err := p.Impact.Filings(c, c.PID())
	if err != nil {
		return err
	}
	v := figuresView{names: live(c), f: c.Frame(c.T("impact.figures")), dues: dues(b, filed, c.Now()), narrow: below(c, b) <= 1}
	v.next = next(v.dues)
	var q impact.Query
	v.asked, q = read(c, b)
	if v.next != nil {
		q.Floor = v.next.ID
	}
	if v.state, err = p.Impact.Figures(c, c.PID(), q); err != nil {
		return err
	}
	v.state.Figures = shown(v.state.Figures, below(c, b))
	return c.Page(v.f, figuresPage(v))
}

// charts are the figures whose months are drawn on the first page: two of people that were promised.
func (v figuresView) charts() (out []figure.Figure) {
	for _, f := range v.state.Figures {
		if f.Unit == "person" && f.Kind == "output" && f.Target > 0 && len(v.months(f)) > 1 && len(out) < 2 {
			out = append(out, f)
		}
	}
	return out
}

func (v figuresView) partners() []ui.Option {
	var slugs []string
	for _, o := range v.c.Programme.Organisations {
		if o.Kind != "funder" {
			slugs = append(slugs, o.Slug)
		}
	}
	return v.options("organisation", slugs, v.Organisation, "impact.all-partners")
}

func (v figuresView) countries() []ui.Option {
	return v.options("country", v.c.Programme.Countries, v.Country, "impact.all-countries")
}

// reports are the cut-offs that have passed.
func (v figuresView) reports() []ui.Option {
	out := []ui.Option{{Text: v.c.T("impact.as-of-now"), Chosen: v.Report == ""}}
	for _, d := range v.dues {
		if d.Kind == figure.KindReport && d.ready {
			out = append(out, ui.Option{Value: d.ID, Text: d.Title.In(v.c.Lang()), Chosen: v.Report == d.ID})
		}
	}
	return out
}

func (n names) options(split string, values []string, chosen, all string) []ui.Option {
	first := ui.Option{Text: n.c.T(all), Chosen: !slices.Contains(values, chosen)}
	return append([]ui.Option{first}, ui.Options(values, chosen, func(v string) string { return n.of(split, v) })...)
}
