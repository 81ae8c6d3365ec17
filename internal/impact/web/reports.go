package web

import (
	"strings"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
)

type reportsView struct {
	names
	f      ui.Frame
	book   *impact.Book
	filed  []impact.FilingRow
	dues   []due
	faults []fault.Field
	cutOff string // as typed
}

// reports lists what was frozen, and what can be.
func (p *Pages) reports(c *web.Ctx) error {
	v, err := p.filings(c)
	if err != nil {
		return err
	}
	return c.Page(v.f, reportsPage(v))
}

func (p *Pages) filings(c *web.Ctx) (reportsView, error) {
	v := reportsView{names: live(c), f: c.Frame(c.T("impact.reports"))}
	var err error
	if v.book, err = p.Impact.Book(c.PID()); err != nil {
		return v, err
	}
	filed, err := p.Impact.Filings(c, c.PID())
	v.dues = dues(v.book, filed, c.Now())
	for _, w := range filed {
		if w.Document != "" {
			v.filed = append(v.filed, w)
		}
	}
	return v, err
}

// title is how a frozen report is called: as in the calendar, or by its cut-off.
func (v reportsView) title(w impact.FilingRow) string { return reportTitle(v.c, v.book, w) }

func reportTitle(c *web.Ctx, b *impact.Book, w impact.FilingRow) string {
	if d, ok := b.Entry(w.Deliverable); ok {
		return d.Title.In(c.Lang())
	}
	return c.T("impact.report-of", "Date", dateIn(c, w.CutOff))
}

func dateIn(c *web.Ctx, v string) string {
	t, err := time.Parse(time.DateOnly, v)
	if err != nil {
		return v
	}
	return c.Words.Date(t)
}

// freeze closes a report of the calendar, or one of its own up to a day.
func (p *Pages) freeze(c *web.Ctx) error {
	a, f := c.Act(), impact.Freeze{Deliverable: c.Form("deliverable"), CutOff: c.Form("cut_off")}
	err := p.Impact.Freeze(c, a, f)
	if fs := fault.FieldsOf(err); fs != nil {
		v, err := p.filings(c)
		if err != nil {
			return err
		}
		v.faults, v.cutOff = fs, f.CutOff
		return c.Again(v.f, reportsPage(v))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/reports/"+impact.ReportID(a).String(), "impact.said.frozen")
}

// handIn records that a deliverable of the calendar was handed in.
func (p *Pages) handIn(c *web.Ctx) error {
	if err := p.Impact.HandIn(c, c.Act(), impact.Handed{Deliverable: c.Form("deliverable")}); err != nil {
		return err
	}
	return c.GoSaying("/reports", "impact.said.handed")
}

type reportView struct {
	names
	f       ui.Frame
	zone    *time.Location
	report  impact.Report
	figures []figure.Figure
	changes []figure.Change
	late    []impact.Late
	title   string
	open    bool // evidence and samples may be opened
}

// report opens a frozen report: what it says comes from its document alone.
func (p *Pages) report(c *web.Ctx) error {
	v, err := p.reopen(c)
	if err != nil {
		return err
	}
	if below(c, p.Impact.Books[c.PID()]) <= 1 { // what moved by one would say what is hidden
		if v.changes, err = p.Impact.Changes(c, c.PID(), v.report); err != nil {
			return err
		}
		if v.late, err = p.Impact.Late(c, v.report, c.PID()); err != nil {
			return err
		}
	}
	return c.Page(v.f, reportPage(v))
}

func (p *Pages) reopen(c *web.Ctx) (reportView, error) {
	v := reportView{names: names{c: c}, open: maySample(c)}
	which, err := c.ID("id")
	if err != nil {
		return v, err
	}
	b, err := p.Impact.Book(c.PID())
	if err != nil {
		return v, err
	}
	if v.report, err = p.Impact.Report(c, c.PID(), which); err != nil {
		return v, err
	}
	v.partners, v.zone = v.report.Partners, b.Location()
	v.figures = shown(v.report.Figures, below(c, b))
	if v.title = v.report.Title.In(c.Lang()); v.title == "" {
		v.title = c.T("impact.report-of", "Date", dateIn(c, v.report.CutOff))
	}
	v.f = c.Frame(v.title)
	return v, nil
}

func (p *Pages) reportCSV(c *web.Ctx) error {
	v, err := p.reopen(c)
	if err != nil {
		return err
	}
	return sendCSV(v.names, v.figures, "report-"+v.report.CutOff)
}

func (p *Pages) reportXLSX(c *web.Ctx) error {
	v, err := p.reopen(c)
	if err != nil {
		return err
	}
	return sendXLSX(v.names, v.figures, "report-"+v.report.CutOff, v.zone, v.open)
}

// moved lists why a line moved, in words; none where it did not.
func moved(c *web.Ctx, x figure.Change) (out []string) {
	for _, w := range []struct {
		key string
		n   int64
	}{
		{"new", x.New},
		{"late", x.Late},
		{"defined", x.Defined},
		{"corrected", x.Corrected},
		{"refused", x.Refused},
		{"undefined", x.Undefined},
		{"gone", x.Gone},
	} {
		if w.n > 0 {
			out = append(out, c.T("impact.moved."+w.key, "Count", w.n))
		}
	}
	return out
}

// still names the lines in which nothing moved.
func (v reportView) still() string {
	var out []string
	for _, x := range v.changes {
		if x.Still() {
			out = append(out, x.Title.In(v.c.Lang()))
		}
	}
	return strings.Join(out, " · ")
}

// readID reads an id from a form; empty is none.
func readID(v string) (id.ID, error) {
	if v == "" {
		return id.ID{}, nil
	}
	out, err := id.Parse(v)
	if err != nil {
		return out, fault.New(fault.NotFound, "")
	}
	return out, nil
}
