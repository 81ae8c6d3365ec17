package impact

import (
	"cmp"
	"context"
	"strings"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/impact/figure"
)

// refused reads the units that auditors refused.
func (s *Service) refused(ctx context.Context, programme id.ID) (map[string]bool, error) {
	rows, err := Lines.Select(ctx, s.J.DB(), programme, "and status=$2", Refused)
	out := map[string]bool{}
	for _, w := range rows {
		out[figure.Refusal(w.Indicator, w.Unit)] = true
	}
	return out, err
}

// State is the figures as of one moment.
type State struct {
	Book    *Book
	Until   time.Time // the midnight that ends the last day, or now
	Counted time.Time
	Figures []figure.Figure
}

// Query is which figures are asked for. The zero value asks for all, as of now.
type Query struct {
	Report string    // of the calendar: as of its cut-off, if that has passed
	Floor  string    // the report whose floors are shown; empty: those of Report
	Until  time.Time // else as of this midnight
	Filter figure.Filter
}

// Figures counts: five queries, one where nothing was written since the last time.
func (s *Service) Figures(ctx context.Context, programme id.ID, a Query) (State, error) {
	b, err := s.Book(programme)
	if err != nil {
		return State{}, err
	}
	stamp, err := s.stamp(ctx, programme)
	if err != nil {
		return State{}, err
	}
	k, now := stateOf{programme, a}, s.J.Now()
	if st, ok := s.memo.recallState(k, stamp, now); ok {
		return st, nil
	}
	st, err := s.figures(ctx, b, a, now)
	if err == nil {
		s.memo.keepState(k, countedAt{stamp, st, s.J.Now().Sub(now)})
	}
	return st, err
}

func (s *Service) figures(ctx context.Context, b *Book, a Query, now time.Time) (State, error) {
	in, err := s.bounds(ctx, b, a, now)
	if err != nil {
		return State{}, err
	}
	fs, err := s.count(ctx, b, in, figure.Asked{Filter: a.Filter, Report: cmp.Or(a.Report, a.Floor)})
	return State{Book: b, Until: time.UnixMicro(in.until).UTC(), Counted: now, Figures: fs}, err
}

// bounds say which facts count: for a report that was frozen, those that it had; for one whose cut-off has
// passed, those that were known by then.
func (s *Service) bounds(ctx context.Context, b *Book, a Query, now time.Time) (bounds, error) {
	if due, ok := b.Entry(a.Report); ok && due.CutOff != "" {
		filed, found, err := Filings.One(ctx, s.J.DB(), b.Programme.ID(), "and deliverable=$2 and document<>''", a.Report)
		if found || err != nil {
			return bounds{filed.Until, filed.Known}, err
		}
		if a.Until, err = b.End(due.CutOff); err != nil {
			return bounds{}, err
		}
	}
	if !a.Until.IsZero() && a.Until.Before(now) {
		return bounds{a.Until.UnixMicro(), a.Until.UnixMicro()}, nil
	}
	return bounds{until: now.UnixMicro() + 1, known: forever}, nil
}

func (s *Service) count(ctx context.Context, b *Book, in bounds, a figure.Asked) ([]figure.Figure, error) {
	facts, err := s.facts(ctx, b, in)
	if err != nil {
		return nil, err
	}
	if a.Refused == nil {
		if a.Refused, err = s.refused(ctx, b.Programme.ID()); err != nil {
			return nil, err
		}
	}
	return b.All(time.UnixMicro(in.until), facts, a)
}

// Figure finds one figure of a state.
func (st State) Figure(indicator string) (figure.Figure, error) { return find(st.Figures, indicator) }

func find(fs []figure.Figure, indicator string) (figure.Figure, error) {
	for _, f := range fs {
		if f.ID == indicator {
			return f, nil
		}
	}
	return figure.Figure{}, fault.New(fault.NotFound, "")
}

// ModuleNames are the titles of modules in a language, or in the one in which they were written, by slug: one query.
func (s *Service) ModuleNames(ctx context.Context, programme id.ID, lang string) (map[string]string, error) {
	const text = `select m.slug||' '||coalesce(t.title,w.title,m.slug) from learning_module m
		left join learning_title t on t.programme=$1 and t.owner=m.owner and t.lang=$2
		left join learning_title w on w.programme=$1 and w.owner=m.owner and w.lang=m.source where m.programme=$1`
	all, err := db.Column[string](ctx, s.J.DB(), text, programme, lang)
	out := map[string]string{}
	for _, line := range all {
		slug, title, _ := strings.Cut(line, " ") // a slug has no space
		out[slug] = title
	}
	return out, err
}

// Filings lists what was frozen and handed in, the latest first.
func (s *Service) Filings(ctx context.Context, programme id.ID) ([]FilingRow, error) {
	return Filings.Select(ctx, s.J.DB(), programme, "order by until desc,at desc limit 500")
}
