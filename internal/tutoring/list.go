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

// List is a page of people, those who need the tutor first.
type List struct {
	People []Row
	Next   string             // where the next page begins; empty at the end
	Counts map[Standing]int64 // of the whole selection, whatever its status
}

// List reads the people of a selection with where each one is: three queries.
func (s *Service) List(ctx context.Context, a access.Actor, v access.Verb, lang string, sel Selection) (l List, err error) {
	b := &binder{args: []any{a.Programme}}
	if l, err = readList(ctx, s.J.DB(), s.listText(b, a, v, sel), b.args); err != nil {
		return l, err
	}
	if len(l.People) > sel.Limit {
		l.People = l.People[:sel.Limit]
		end := l.People[len(l.People)-1]
		l.Next = fmt.Sprintf("%d|%s|%s", end.Standing, end.folded, end.ID)
	}
	return l, s.addRuns(ctx, a.Programme, lang, l.People)
}

// listText reads a page of standings, and before it a row for each standing with how many have it: all
// standings are computed once for both.
func (s *Service) listText(b *binder, a access.Actor, v access.Verb, sel Selection) string {
	text := "with y as (" + s.standings(b, a, v, sel) + `) select 1 as what,z.* from (
		select owner,folded,first,last,language,country,phone,email,joined_at,grp,begun,done,ran,attended,asked,carded,pinned,halves,standing from y where 1=1`
	if sel.After != "" {
		standing, folded, last := mark(sel.After)
		text += " and (standing,folded,owner)>(" + b.add(standing) + "," + b.add(folded) + "," + b.add(last) + ")"
	}
	if st, ok := StandingOf(sel.Status); ok {
		text += " and standing=" + b.add(int64(st))
	}
	return text + " order by standing,folded,owner limit " + b.add(sel.Limit+1) + `) z
		union all select 0,$1,'','','','','','','',0,$1,count(*),0,0,0,0,0,0,0,standing from y group by standing
		order by what,standing,folded,owner`
}

func mark(after string) (standing int64, folded string, last id.ID) {
	head, rest, _ := strings.Cut(after, "|")
	standing, _ = strconv.ParseInt(head, 10, 64) // a mark that somebody changed begins elsewhere, no more
	folded, last = cut(rest)
	return standing, folded, last
}

func readList(ctx context.Context, q db.Queryer, text string, args []any) (List, error) {
	l := List{Counts: map[Standing]int64{}}
	found, err := q.Query(ctx, text, args...)
	if err != nil {
		return l, err
	}
	defer found.Close() //nolint:errcheck // Err below says what matters
	for found.Next() {
		var r Row
		var person bool
		if err := found.Scan(&person, &r.ID, &r.folded, &r.First, &r.Last, &r.Language, &r.Country, &r.Phone, &r.Email, &r.Joined, &r.Group,
			&r.Begun, &r.Done, &r.ran, &r.attended, &r.Asked, &r.Carded, &r.Pinned, &r.Halves, &r.Standing); err != nil {
			return l, err
		}
		if !person {
			l.Counts[r.Standing] = r.Begun
			continue
		}
		if r.Active = max(r.ran, r.attended); r.Standing == Private {
			r.Active, r.Begun, r.Done = 0, 0, 0
		}
		l.People = append(l.People, r)
	}
	return l, found.Err()
}

// One reads one person whom the actor accompanies; any other is "not found": three queries.
func (s *Service) One(ctx context.Context, a access.Actor, v access.Verb, lang string, person id.ID, ask bool) (Row, error) {
	sel := Selection{Groups: Mine(a), Only: []id.ID{person}, Ask: ask, Limit: 1}
	if SeesAll(a) {
		sel.Groups = nil
	} else if len(sel.Groups) == 0 {
		return Row{}, fault.New(fault.NotFound, "")
	}
	found, err := s.List(ctx, a, v, lang, sel)
	if err == nil && len(found.People) == 0 {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return Row{}, err
	}
	return found.People[0], nil
}
