package web

import (
	"bytes"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/web"
	"tremplin/internal/impact/figure"
)

const (
	csvType  = "text/csv; charset=utf-8"
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func (p *Pages) csv(c *web.Ctx) error {
	st, _, err := p.state(c)
	if err != nil {
		return err
	}
	return sendCSV(live(c), st.Figures, "figures-"+stamp(st.Until, st.Book.Location()))
}

func (p *Pages) xlsx(c *web.Ctx) error {
	st, _, err := p.state(c)
	if err != nil {
		return err
	}
	return sendXLSX(live(c), st.Figures, "figures-"+stamp(st.Until, st.Book.Location()), st.Book.Location(), maySample(c))
}

func stamp(until time.Time, zone *time.Location) string {
	return until.Add(-time.Microsecond).In(zone).Format(time.DateOnly)
}

// sendCSV is one table: each figure, then its cells.
func sendCSV(n names, fs []figure.Figure, name string) error {
	o := sheet.Output{Name: n.c.T("impact.figures"), Header: n.header(), Separator: ';', RightToLeft: n.rtl()}
	if n.c.Lang() == "en" {
		o.Separator = ','
	}
	for _, f := range fs {
		o.Rows = append(o.Rows, n.lines(f)...)
	}
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, o); err != nil {
		return err
	}
	return n.c.Bytes(csvType, name+".csv", b.Bytes())
}

// sendXLSX adds the definitions and, for those who may open it, the evidence without names.
func sendXLSX(n names, fs []figure.Figure, name string, zone *time.Location, evidence bool) error {
	all := sheet.Output{Name: n.c.T("impact.figures"), Header: n.header(), RightToLeft: n.rtl()}
	defined := sheet.Output{
		Name: n.c.T("impact.definitions"), RightToLeft: n.rtl(),
		Header: []string{n.c.T("impact.figure"), n.c.T("impact.version"), n.c.T("impact.since"), n.c.T("impact.definition")},
	}
	behind := sheet.Output{
		Name: n.c.T("impact.evidence"), RightToLeft: n.rtl(),
		Header: []string{
			n.c.T("impact.figure"), n.c.T("impact.reference"), n.c.T("impact.date"), n.c.T("impact.known"), n.c.T("impact.by.organisation"),
			n.c.T("impact.by.country"), n.c.T("impact.by.language"), n.c.T("impact.what"), n.c.T("impact.key"),
		},
	}
	for _, f := range fs {
		all.Rows = append(all.Rows, n.lines(f)...)
		defined.Rows = append(defined.Rows, []any{f.Title.In(n.c.Lang()), f.Version, civil(f.From), f.Definition.In(n.c.Lang())})
		for _, x := range f.Counted {
			behind.Rows = append(behind.Rows, n.fact(f, x, zone))
		}
	}
	sheets := []sheet.Output{all, defined}
	if evidence {
		sheets = append(sheets, behind)
	}
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, sheets...); err != nil {
		return err
	}
	return n.c.Bytes(xlsxType, name+".xlsx", b.Bytes())
}

func (n names) rtl() bool { return i18n.Dir(n.c.Lang()) == "rtl" }

func (n names) header() []string {
	return []string{
		n.c.T("impact.figure"), n.c.T("impact.version"), n.c.T("impact.split"), n.c.T("impact.value"), n.c.T("impact.number"),
		n.c.T("impact.part"), n.c.T("impact.whole"), n.c.T("impact.target"),
	}
}

// lines are a figure and its cells as rows.
func (n names) lines(f figure.Figure) [][]any {
	title := f.Title.In(n.c.Lang())
	row := func(split, value string, c figure.Cell) []any {
		out := []any{title, f.Version, split, value, c.N, nil, nil, nil}
		switch {
		case c.Hidden:
			out[4] = n.c.T("impact.hidden")
		case c.None(f.Ratio):
			out[4] = nil
		}
		if f.Ratio {
			out[5], out[6] = c.Part, c.Whole
		}
		if c.Target > 0 {
			out[7] = c.Target
		}
		return out
	}
	out := [][]any{row(n.c.T("impact.total"), "", figure.Cell{N: f.N, Part: f.Part, Whole: f.Whole, Target: f.Target})}
	for _, d := range f.By {
		for _, c := range f.Cells[d] {
			out = append(out, row(n.by(d), n.of(d, c.Value), c))
		}
	}
	return out
}

func (n names) fact(f figure.Figure, x figure.Counted, zone *time.Location) []any {
	on := func(at int64) any { return civil(time.UnixMicro(at).In(zone).Format(time.DateOnly)) }
	return []any{
		f.Title.In(n.c.Lang()), reference(x.Key), on(x.At), on(x.Arrived), n.of("organisation", x.Organisation), n.of("country", x.Country),
		n.of("language", x.Language), n.c.T("impact.fact." + x.Fact), x.Key,
	}
}

// civil is a date as a spreadsheet knows it.
func civil(v string) any {
	t, err := time.Parse(time.DateOnly, v)
	if err != nil {
		return v
	}
	return sheet.CivilOf(t)
}
