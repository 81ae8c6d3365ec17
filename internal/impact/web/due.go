package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
)

// due is a line of the calendar with what became of it.
type due struct {
	figure.Due
	filing *impact.FilingRow
	days   int  // until it is due; below 0: late
	ready  bool // a report whose cut-off has passed
}

// dues joins the calendar and what was filed, by the day on which each is due.
func dues(b *impact.Book, filed []impact.FilingRow, now time.Time) (out []due) {
	today := now.In(b.Location())
	for _, d := range b.Calendar {
		x := due{Due: d, days: daysTo(d.Due, today)}
		for i := range filed {
			if filed[i].Deliverable == d.ID {
				x.filing = &filed[i]
			}
		}
		if end, err := b.End(d.CutOff); err == nil {
			x.ready = !end.After(now)
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b due) int { return cmp.Compare(a.Due.Due, b.Due.Due) })
	return out
}

func daysTo(date string, today time.Time) int {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	from := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	return int(d.Sub(from).Hours() / 24)
}

// next is the report to work on: the first not frozen that is due from today on, else the last one late.
func next(all []due) *due {
	var late *due
	for i, d := range all {
		switch {
		case d.Kind != figure.KindReport || d.filing != nil:
		case d.days >= 0:
			return &all[i]
		default:
			late = &all[i]
		}
	}
	return late
}

// tag says how a line of the calendar stands, and in which colour.
func (d due) tag(ctx context.Context) (kind, text string) {
	switch {
	case d.filing != nil && d.Kind == figure.KindReport:
		return "ok", i18n.T(ctx, "impact.due.frozen")
	case d.filing != nil:
		return "ok", i18n.T(ctx, "impact.due.handed")
	case d.days < 0:
		return "bad", i18n.T(ctx, "impact.due.late", "N", -d.days)
	case d.days == 0:
		return "bad", i18n.T(ctx, "impact.due.today")
	case d.days <= 30:
		return "wait", i18n.T(ctx, "impact.due.in", "N", d.days)
	}
	return "quiet", i18n.T(ctx, "impact.due.in", "N", d.days)
}

// ready counts the lines that reach what the report promises.
func ready(fs []figure.Figure) (done, of int) {
	for _, f := range fs {
		if f.Due > 0 {
			of++
			if f.Reached(f.Due) {
				done++
			}
		}
	}
	return done, of
}

// done counts the lines of the calendar that were filed.
func done(all []due) (n int) {
	for _, d := range all {
		if d.filing != nil {
			n++
		}
	}
	return n
}

// Due is a card for the coordinator's first page: what is late or due within a month, and explanations that an
// auditor waits for. No card where nothing is. Its signature is web.Slot.
func (p *Pages) Due(c *web.Ctx, _ id.ID) (templ.Component, error) {
	b, err := p.Impact.Book(c.PID())
	if err != nil {
		return nil, err
	}
	filed, err := p.Impact.Filings(c, c.PID())
	if err != nil {
		return nil, err
	}
	waiting, err := p.Impact.Waiting(c, c.PID())
	if err != nil {
		return nil, err
	}
	soon := slices.DeleteFunc(dues(b, filed, c.Now()), func(d due) bool { return d.filing != nil || d.days > 30 })
	if len(soon)+len(waiting) == 0 {
		return nil, nil
	}
	return dueCard(c, b, soon, waiting), nil
}
