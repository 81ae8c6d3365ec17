package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// Passing is a forward, with how far it has come and what is in its way.
type Passing struct {
	ForwardRow
	Position
	Behind   int // statements that were not looked at yet, at most MostBehind
	Unwanted []Blamed
}

// Blamed is a statement that was refused, with the words of the store that refused it.
type Blamed struct {
	Unwanted
	Said string
}

// Bounds of what a page shows.
const (
	MostBehind = 1000
	mostBlamed = 20 // of a forward
)

// ForwardsOf lists the forwards of a programme, those that go on before those that have ended, the latest first: six queries.
func (s *Service) ForwardsOf(ctx context.Context, programme id.ID) ([]*Passing, error) {
	rows, err := Forwards.Select(ctx, s.J.DB(), programme, "order by ended,added_at desc,owner limit 100")
	if err != nil {
		return nil, err
	}
	out, by := make([]*Passing, len(rows)), map[string]*Passing{}
	for i, r := range rows {
		out[i] = &Passing{ForwardRow: r}
		by[r.Owner.String()] = out[i]
	}
	err = draft.Each(ctx, s.J.DB(), programme, positionOf(programme, programme).Kind, func(key string, b []byte) error {
		w := by[key]
		if w == nil {
			return nil
		}
		return json.Unmarshal(b, &w.Position)
	})
	return out, errors.Join(err, s.behind(ctx, programme, out), s.blamed(ctx, programme, by))
}

// behind counts what each forward has not looked at yet: one query.
func (s *Service) behind(ctx context.Context, programme id.ID, all []*Passing) error {
	args, parts := db.Args{programme}, []string{}
	for i, w := range all {
		if !w.Ended {
			parts = append(parts, fmt.Sprintf("select %d,count(*) from (select 1 from records_statement where programme=$1 and stored>%s limit %d) p%d",
				i, args.Add(max(w.At, w.After)), MostBehind, i))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	rows, err := s.J.DB().Query(ctx, strings.Join(parts, " union all "), args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var i, n int
		if err := rows.Scan(&i, &n); err != nil {
			return err
		}
		all[i].Behind = n
	}
	return rows.Err()
}

// blamed finds what was refused and still stands, with the words that were said of it: three queries.
func (s *Service) blamed(ctx context.Context, programme id.ID, by map[string]*Passing) error {
	all, err := s.listed(ctx, programme, by)
	if err != nil || len(all) == 0 {
		return err
	}
	var owners, ids []id.ID // of whoever was joined with somebody else since, nothing is found until it is sent again
	for _, b := range all {
		owners, ids = append(owners, b.Root), append(ids, b.Statement)
	}
	args := db.Args{programme}
	text := "and owner in (" + db.List(&args, owners) + ") and statement in (" + db.List(&args, ids) + ")"
	stands, err := Statements.Select(ctx, s.J.DB(), programme, text, args[1:]...)
	if err != nil {
		return err
	}
	standing := map[id.ID]bool{}
	ids = nil
	for _, r := range stands {
		standing[r.Statement], ids = true, append(ids, r.Statement)
	}
	if _, err := s.J.Find(ctx, programme, ids...); err != nil { // all keys at once
		return err
	}
	for _, w := range by {
		if err := w.open(ctx, s.J, programme, standing); err != nil {
			return err
		}
	}
	return nil
}

// listed reads the latest that was refused, by forward.
func (s *Service) listed(ctx context.Context, programme id.ID, by map[string]*Passing) (all []Unwanted, err error) {
	err = draft.Each(ctx, s.J.DB(), programme, unwantedKind, func(key string, b []byte) error {
		forward, _, _ := strings.Cut(key, "/")
		w := by[forward]
		if w == nil || len(w.Unwanted) == mostBlamed {
			return nil
		}
		var u Unwanted
		err := json.Unmarshal(b, &u)
		w.Unwanted, all = append(w.Unwanted, Blamed{Unwanted: u}), append(all, u)
		return err
	})
	return all, err
}

// open opens what was said of those that still stand.
func (w *Passing) open(ctx context.Context, j *journal.Journal, programme id.ID, standing map[id.ID]bool) error {
	var out []Blamed
	for _, b := range w.Unwanted {
		if !standing[b.Statement] {
			continue
		}
		said, err := j.OpenWork(ctx, programme, b.Owner, "refused "+b.Statement.String(), b.Words)
		if err != nil {
			return err
		}
		b.Said = string(said)
		out = append(out, b)
	}
	w.Unwanted = out
	return nil
}

// Drop ends the list of what was refused: nobody will send it. Again is a no-op.
func (s *Service) Drop(ctx context.Context, programme, forward id.ID) error {
	if _, err := Forwards.Find(ctx, s.J.DB(), programme, "and owner=$2", forward); err != nil {
		return err
	}
	if err := draft.DeleteUnder(ctx, s.J.DB(), unwantedOf(programme, forward)); err != nil {
		return err
	}
	return s.turn(ctx, programme, forward, func(p *Position) { p.Refused, p.Retry, p.Retried = 0, false, "" })
}

// Hasten has a forward worked on at once; what was refused is sent once more.
func (s *Service) Hasten(ctx context.Context, programme, forward id.ID) error {
	w, err := Forwards.Find(ctx, s.J.DB(), programme, "and owner=$2", forward)
	if err != nil || w.Ended {
		return err
	}
	return s.turn(ctx, programme, forward, func(p *Position) { p.Retry, p.Retried = p.Refused > 0, "" })
}

// turn changes what a forward is to do, and has it done at once.
func (s *Service) turn(ctx context.Context, programme, forward id.ID, f func(*Position)) error {
	_, err := draft.Change(ctx, s.J.DB(), positionOf(programme, forward), s.J.Now(), func(p *Position, _ bool) error {
		f(p)
		return nil
	})
	if err == nil {
		_, err = job.Again(ctx, s.J.DB(), programme, jobOf(forward), s.J.Now())
	}
	return err
}
