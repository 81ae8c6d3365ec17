package impact

import (
	"context"
	"encoding/json"

	"tremplin/internal/core/id"
	"tremplin/internal/impact/figure"
)

// bounds of what is counted: happened before Until, arrived before Known. µs.
type bounds struct{ until, known int64 }

// forever is later than anything: a time that every entry has arrived by.
const forever = int64(1) << 62

// facts reads what happened within bounds, in the order in which units count: two queries, one if
// nothing was written since the last time. It grows with the number of the programme's facts.
func (s *Service) facts(ctx context.Context, b *Book, in bounds) ([]*figure.Fact, error) {
	all, err := s.allFacts(ctx, b)
	var out []*figure.Fact
	for _, f := range all {
		if f.At < in.until && f.Arrived < in.known {
			out = append(out, f)
		}
	}
	return out, err
}

func (s *Service) allFacts(ctx context.Context, b *Book) ([]*figure.Fact, error) {
	p := b.Programme.ID()
	stamp, err := s.stamp(ctx, p)
	if err != nil {
		return nil, err
	}
	if facts, ok := s.memo.recallFacts(p, stamp); ok {
		return facts, nil
	}
	facts, err := s.readFacts(ctx, b)
	if err == nil {
		s.memo.keepFacts(p, stamp, facts)
	}
	return facts, err
}

// readFacts reads all facts. A group's count for its partner; an entry that came from two nodes was
// known with the first.
func (s *Service) readFacts(ctx context.Context, b *Book) ([]*figure.Fact, error) {
	const text = `select f.owner,f.entry,f.fact,f.part,f.subject,f.person,f.at,coalesce(g.organisation,f.organisation),f.country,f.lang,f.attributes,e.arrived
		from impact_fact f
		join entry e on e.programme=f.programme and e.id=f.entry
		left join impact_group g on g.programme=f.programme and g.owner=f.organisation
		where f.programme=$1 order by f.at,f.entry,f.fact,f.part,e.arrived`
	rows, err := s.J.DB().Query(ctx, text, b.Programme.ID())
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
		if len(out) == 0 || out[len(out)-1].Key != f.Key {
			out = append(out, f)
		}
	}
	complete(out, b)
	b.Prepare(out)
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
