package tutoring

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// Selection says whose people are looked at, and which of them.
type Selection struct {
	Groups []id.ID // learners of these; none: of any group, for those who see all and name persons
	Only   []id.ID // these persons alone; none: all
	Ask    int64   // progress is seen only of those who agreed to this version of the notice; 0: of all
	Photos int64   // photos are seen only of those who agreed to this version of that notice; 0: of nobody
	Status string  // a standing's name; empty: all
	After  string  // where the page before ended
	Limit  int
}

// List is a page of people, those who need the tutor first.
type List struct {
	People []Row
	Next   string             // where the next page begins; empty at the end
	Counts map[Standing]int64 // of the whole selection, whatever its status

	all []Row
}

// List reads the people of a selection with where each one is: four queries. The whole selection is read,
// so that standings are decided by their rule and counted.
func (s *Service) List(ctx context.Context, a access.Actor, v access.Verb, lang string, sel Selection) (List, error) {
	all, err := s.members(ctx, a, v, sel)
	if err != nil {
		return List{}, err
	}
	l := List{all: all, Counts: map[Standing]int64{}}
	st, one := StandingOf(sel.Status)
	after := readMark(sel.After)
	for _, r := range all {
		l.Counts[r.Standing]++
		if one && r.Standing != st || sel.After != "" && r.mark().compare(after) <= 0 {
			continue
		}
		if len(l.People) < sel.Limit {
			l.People = append(l.People, r)
		} else if l.Next == "" {
			l.Next = l.People[len(l.People)-1].mark().String()
		}
	}
	return l, s.nameRuns(ctx, a.Programme, lang, l.People)
}

// One reads one person whom the actor accompanies; any other is "not found". It costs what List does.
func (s *Service) One(ctx context.Context, a access.Actor, v access.Verb, lang string, person id.ID, ask, photos int64) (Row, error) {
	sel := Selection{Groups: Mine(a), Only: []id.ID{person}, Ask: ask, Photos: photos, Limit: 1}
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

// mark is somebody's place in the list.
type mark struct {
	standing Standing
	view.Mark
}

// String is the place in an address: "standing|folded|id".
func (m mark) String() string { return fmt.Sprintf("%d|%s", m.standing, m.Mark) }

// readMark reads it back; one that somebody changed begins elsewhere, no more.
func readMark(after string) mark {
	head, rest, _ := strings.Cut(after, "|")
	standing, _ := strconv.ParseInt(head, 10, 64)
	return mark{Standing(standing), view.ReadMark(rest)}
}

func (r Row) mark() mark { return mark{r.Standing, view.Mark{Text: r.folded, Owner: r.ID}} }

func (m mark) compare(o mark) int {
	return cmp.Or(cmp.Compare(m.standing, o.standing), strings.Compare(m.Text, o.Text), slices.Compare(m.Owner[:], o.Owner[:]))
}
