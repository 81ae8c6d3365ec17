package tutoring

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
)

// Selection says whose people are looked at, and which of them.
type Selection struct {
	Groups []id.ID // learners of these; none: of any group, for those who see all and name persons
	Only   []id.ID // these persons alone; none: all
	Ask    bool    // progress is seen only of those who agreed to share it
	Status string  // a standing's name; empty: all
	After  string  // where the page before ended
	Limit  int
}

// List reads the people of a selection, those who need the tutor first, with where each one is, and
// where the next page begins: three queries.
func (s *Service) List(ctx context.Context, a access.Actor, v access.Verb, lang string, sel Selection) (out []Row, next string, err error) {
	b := &binder{args: []any{a.Programme}}
	text := "select owner,folded,first,last,language,country,phone,email,joined_at,grp,begun,done,ran,attended,asked,carded,pinned,halves,standing from (" +
		s.standings(b, a, v, sel) + ") y where 1=1"
	if sel.After != "" {
		standing, folded, last := mark(sel.After)
		text += " and (standing,folded,owner)>(" + b.add(standing) + "," + b.add(folded) + "," + b.add(last) + ")"
	}
	if st, ok := StandingOf(sel.Status); ok {
		text += " and standing=" + b.add(int64(st))
	}
	text += " order by standing,folded,owner limit " + b.add(sel.Limit+1)
	if out, err = readRows(ctx, s.J.DB(), text, b.args); err != nil {
		return nil, "", err
	}
	if len(out) > sel.Limit {
		out = out[:sel.Limit]
		end := out[len(out)-1]
		next = fmt.Sprintf("%d|%s|%s", end.Standing, end.folded, end.ID)
	}
	return out, next, s.addRuns(ctx, a.Programme, lang, out)
}

func mark(after string) (standing int64, folded string, last id.ID) {
	head, rest, _ := strings.Cut(after, "|")
	standing, _ = strconv.ParseInt(head, 10, 64) // a mark that somebody changed begins elsewhere, no more
	folded, last = cut(rest)
	return standing, folded, last
}

func readRows(ctx context.Context, q db.Queryer, text string, args []any) (out []Row, err error) {
	found, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close() //nolint:errcheck // Err below says what matters
	for found.Next() {
		var r Row
		if err := found.Scan(&r.ID, &r.folded, &r.First, &r.Last, &r.Language, &r.Country, &r.Phone, &r.Email, &r.Joined, &r.Group,
			&r.Begun, &r.Done, &r.ran, &r.attended, &r.Asked, &r.Carded, &r.Pinned, &r.Halves, &r.Standing); err != nil {
			return nil, err
		}
		if r.Active = max(r.ran, r.attended); r.Standing == Private {
			r.Active, r.Begun, r.Done = 0, 0, 0
		}
		out = append(out, r)
	}
	return out, found.Err()
}

// Counts tells how many people of a selection are in each standing: one query.
func (s *Service) Counts(ctx context.Context, a access.Actor, sel Selection) (map[Standing]int64, error) {
	b := &binder{args: []any{a.Programme}}
	text := "select standing,count(*) from (" + s.standings(b, a, access.Read, sel) + ") y group by standing"
	found, err := s.J.DB().Query(ctx, text, b.args...)
	if err != nil {
		return nil, err
	}
	defer found.Close() //nolint:errcheck // Err below says what matters
	out := map[Standing]int64{}
	for found.Next() {
		var st Standing
		var n int64
		if err := found.Scan(&st, &n); err != nil {
			return nil, err
		}
		out[st] = n
	}
	return out, found.Err()
}

// One reads one person whom the actor accompanies; any other is "not found": three queries.
func (s *Service) One(ctx context.Context, a access.Actor, v access.Verb, lang string, person id.ID, ask bool) (Row, error) {
	sel := Selection{Groups: Mine(a), Only: []id.ID{person}, Ask: ask, Limit: 1}
	if SeesAll(a) {
		sel.Groups = nil
	} else if len(sel.Groups) == 0 {
		return Row{}, fault.New(fault.NotFound, "")
	}
	found, _, err := s.List(ctx, a, v, lang, sel)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return Row{}, err
	}
	return found[0], nil
}
