package web

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/impact/figure"
)

// names says values as readers call them: those of a live figure, or of a frozen report.
type names struct {
	c        *web.Ctx
	partners map[string]programme.Organisation
	modules  map[string]string // titles, by slug; nil where none are told
}

func live(c *web.Ctx) names {
	n := names{c: c, partners: map[string]programme.Organisation{}}
	for _, o := range c.Programme.Organisations {
		n.partners[o.Slug] = o
	}
	return n
}

// of says one value of a split.
func (n names) of(split, v string) string {
	if v == "" {
		return n.c.T("impact.not-said")
	}
	switch split {
	case "organisation":
		if o := n.partners[v].Name; o != "" {
			return o
		}
	case "module":
		return cmp.Or(n.modules[v], v)
	case "country":
		return n.word("country.", v)
	case "language":
		return i18n.Name(v)
	case "month":
		return n.month(v)
	default:
		return n.word("impact.value.", v)
	}
	return v
}

// word says a value that has words, else as it stands.
func (n names) word(prefix, v string) string {
	if s := n.c.T(prefix + v); s != prefix+v {
		return s
	}
	return v
}

// by names a split.
func (n names) by(split string) string { return n.word("impact.by.", split) }

func (n names) month(v string) string {
	t, err := time.Parse("2006-01", v)
	if err != nil {
		return v
	}
	return fmt.Sprintf("%s %d", n.c.T(fmt.Sprintf("date.month-short.%d", t.Month())), t.Year())
}

// number says a figure: a share in per cent, or nothing where there is no whole.
func number(ctx context.Context, n int64, ratio, none bool) string {
	switch {
	case none:
		return "—"
	case ratio:
		return i18n.T(ctx, "impact.percent", "Value", n)
	}
	return i18n.Number(ctx, n)
}

func said(ctx context.Context, f figure.Figure) string { return number(ctx, f.N, f.Ratio, f.None()) }

// withShare says a share with what it is of.
func withShare(ctx context.Context, f figure.Figure) string {
	if !f.Ratio {
		return said(ctx, f)
	}
	return said(ctx, f) + " · " + i18n.T(ctx, "impact.share", "Part", f.Part, "Whole", f.Whole)
}

// cell says one cell; what is hidden says so.
func cell(ctx context.Context, c figure.Cell, ratio bool) string {
	if c.Hidden {
		return i18n.T(ctx, "impact.hidden")
	}
	return number(ctx, c.N, ratio, c.None(ratio))
}

// under is what stands below a figure's bar: what was promised, and where most is missing.
func (n names) under(ctx context.Context, f figure.Figure) string {
	var out []string
	if f.Target > 0 {
		out = append(out, i18n.T(ctx, "impact.of", "Target", number(ctx, f.Target, f.Ratio, false)))
	}
	switch gap, split := behind(f); {
	case f.Target > 0 && f.Reached(f.Target):
		out = append(out, i18n.T(ctx, "impact.reached"))
	case gap.Target > 0:
		out = append(out, i18n.T(ctx, "impact.gap", "Where", n.of(split, gap.Value), "Left", gap.Target-gap.N))
	}
	if f.Target == 0 {
		out = append(out, i18n.T(ctx, "impact.watched"))
	}
	return strings.Join(out, " · ")
}

// behind is the cell that is furthest from what was promised for it.
func behind(f figure.Figure) (most figure.Cell, split string) {
	for _, d := range f.By {
		for _, c := range f.Cells[d] {
			if !c.Hidden && c.Target-c.N > most.Target-most.N {
				most, split = c, d
			}
		}
	}
	return most, split
}

// maxMonths is as many columns as a chart shows.
const maxMonths = 10

// months makes a chart of the latest months, the empty ones between them too.
func (n names) months(f figure.Figure) (out []ui.Bar) {
	cs := f.Cells["month"]
	if len(cs) == 0 || f.Ratio {
		return nil
	}
	by := map[string]figure.Cell{}
	for _, c := range cs {
		if c.Hidden {
			return nil // a chart with holes says what is in them
		}
		by[c.Value] = c
	}
	first, err := time.Parse("2006-01", cs[0].Value)
	last, err2 := time.Parse("2006-01", cs[len(cs)-1].Value)
	if err != nil || err2 != nil {
		return nil
	}
	if from := last.AddDate(0, 1-maxMonths, 0); first.Before(from) {
		first = from
	}
	most := int64(0)
	for m := first; !m.After(last); m = m.AddDate(0, 1, 0) {
		c := by[m.Format("2006-01")]
		most = max(most, c.N)
		out = append(out, ui.Bar{Label: n.short(m, len(out) == 0), N: c.N, Note: fmt.Sprint(m.Year())})
	}
	for i := range out {
		out[i].Key = out[i].N == most && most > 0
	}
	return out
}

// short names a month below its column; the first and each January say the year.
func (n names) short(m time.Time, first bool) string {
	s := n.c.T(fmt.Sprintf("date.month-short.%d", m.Month()))
	if first || m.Month() == time.January {
		return fmt.Sprintf("%s %02d", s, m.Year()%100)
	}
	return s
}

// day says the last day before an instant, where a day ends in the book's zone.
func day(ctx context.Context, zone *time.Location, until int64) string {
	return i18n.Date(ctx, time.UnixMicro(until-1).In(zone))
}

// reference is the number under which an entry can be asked for: the end of its id.
func reference(key string) string {
	entry, _, _ := strings.Cut(key, " ")
	return entry[max(0, len(entry)-12):]
}

func date(ctx context.Context, v string) string {
	t, err := time.Parse(time.DateOnly, v)
	if err != nil {
		return v
	}
	return i18n.Date(ctx, t)
}

// floor says what was promised, or that nothing was.
func floor(ctx context.Context, f figure.Figure, n int64) string {
	return number(ctx, n, f.Ratio, n == 0)
}

// promise is what everybody reads below a figure.
func promise(ctx context.Context, f figure.Figure) string {
	if f.Target == 0 {
		return ""
	}
	return i18n.T(ctx, "impact.of", "Target", floor(ctx, f, f.Target))
}

// wrongWords says what was wrong with a draw.
func wrongWords(c *web.Ctx, err error) string {
	e := fault.Of(err)
	for _, f := range e.Fields {
		return c.T(f.Key, f.Args...)
	}
	return c.T(e.Key, e.Args...)
}
