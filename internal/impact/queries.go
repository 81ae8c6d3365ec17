package impact

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/impact/figure"
)

// bounds of what is counted: happened before Until, arrived before Known. µs.
type bounds struct{ until, known int64 }

// facts reads what happened within bounds, in the order in which units count: one query. It grows with
// the number of facts of the programme; a group's facts count for its partner.
func (s *Service) facts(ctx context.Context, q db.Queryer, b *Book, in bounds) ([]*figure.Fact, error) {
	const text = `select f.owner,f.entry,f.fact,f.part,f.subject,f.person,f.at,coalesce(g.organisation,f.organisation),f.country,f.lang,f.attributes,e.arrived
		from impact_fact f
		join entry e on e.programme=f.programme and e.id=f.entry
		left join impact_group g on g.programme=f.programme and g.owner=f.organisation
		where f.programme=$1 and f.at<$2 and e.arrived<$3
		order by f.at,f.entry,f.fact,f.part,e.arrived`
	rows, err := q.Query(ctx, text, b.Programme.ID(), in.until, in.known)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	var out []*figure.Fact
	for rows.Next() {
		f, err := scan(rows, b)
		if err != nil {
			return nil, err
		}
		if len(out) > 0 && out[len(out)-1].Key == f.Key {
			continue // the entry came from two nodes: it was known with the first
		}
		out = append(out, f)
	}
	complete(out, b)
	return out, rows.Err()
}

func scan(rows interface{ Scan(...any) error }, b *Book) (*figure.Fact, error) {
	f := &figure.Fact{}
	var part, attributes string
	var organisation id.ID
	err := rows.Scan(&f.Story, &f.Entry, &f.Kind, &part, &f.Subject, &f.Person, &f.At, &organisation, &f.Country, &f.Language, &attributes, &f.Arrived)
	if err != nil {
		return nil, err
	}
	f.Key, f.Owner, f.Organisation = factKey(f.Entry, f.Kind, part), f.Story, b.slug(organisation)
	return f, json.Unmarshal([]byte(attributes), &f.More)
}

func factKey(entry id.ID, fact, part string) string {
	if part == "" {
		return entry.String() + " " + fact
	}
	return entry.String() + " " + fact + " " + part
}

// complete adds what facts of one story cannot know: the audience of a module begun, the country of a
// partner. Somebody who gave no name is no owner.
func complete(facts []*figure.Fact, b *Book) {
	audience := map[id.ID]string{}
	for _, f := range facts {
		if f.Kind == "module-published" {
			audience[f.Subject] = f.More["audience"]
		}
	}
	for _, f := range facts {
		if (f.Kind == "learner-started" || f.Kind == "module-finished") && f.More["audience"] == "" {
			f.More["audience"] = audience[f.Subject]
		}
		if f.More["kept"] == "false" {
			f.Owner = id.ID{}
		}
		if f.Country == "" {
			if o, ok := b.Partner(f.Organisation); ok {
				f.Country = o.Country
			}
		}
	}
}

// refused reads the units that auditors refused.
func (s *Service) refused(ctx context.Context, q db.Queryer, programme id.ID) (map[string]bool, error) {
	rows, err := Lines.Select(ctx, q, programme, "and status=$2", Refused)
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
	Figures []figure.Figure
}

// Query is which figures are asked for. The zero value asks for all, as of now.
type Query struct {
	Report string    // of the calendar: as of its cut-off, if that has passed
	Floor  string    // the report whose floors are shown; empty: those of Report
	Until  time.Time // else as of this midnight
	Filter figure.Filter
}

// Figures counts: two queries.
func (s *Service) Figures(ctx context.Context, programme id.ID, a Query) (State, error) {
	b, err := s.Book(programme)
	if err != nil {
		return State{}, err
	}
	now := s.J.Now()
	in := bounds{until: now.UnixMicro() + 1, known: forever}
	if due, ok := b.Entry(a.Report); ok && due.CutOff != "" {
		a.Until, err = b.End(due.CutOff)
	}
	if err == nil && !a.Until.IsZero() && a.Until.Before(now) {
		in = bounds{a.Until.UnixMicro(), a.Until.UnixMicro()}
	}
	if err != nil {
		return State{}, err
	}
	fs, err := s.count(ctx, s.J.DB(), b, in, figure.Asked{Filter: a.Filter, Report: cmp.Or(a.Report, a.Floor)})
	return State{Book: b, Until: time.UnixMicro(in.until).UTC(), Figures: fs}, err
}

// forever is later than anything: a time that every entry has arrived by.
const forever = int64(1) << 62

func (s *Service) count(ctx context.Context, q db.Queryer, b *Book, in bounds, a figure.Asked) ([]figure.Figure, error) {
	facts, err := s.facts(ctx, q, b, in)
	if err != nil {
		return nil, err
	}
	if a.Refused == nil {
		if a.Refused, err = s.refused(ctx, q, b.Programme.ID()); err != nil {
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

// Filings lists what was frozen and handed in, the latest first.
func (s *Service) Filings(ctx context.Context, programme id.ID) ([]FilingRow, error) {
	return Filings.Select(ctx, s.J.DB(), programme, "order by until desc,at desc limit 500")
}
