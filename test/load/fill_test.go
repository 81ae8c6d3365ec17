package load

import (
	"fmt"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

func named(name string) id.ID { return id.Named("load", name) }

// perGroup and perOrganisation keep a programme in proportion: it grows by groups, not by larger ones.
const (
	perGroup = 25
	batch    = 500 // people of one command
)

// filled is a house with n people in groups, who agreed to be seen and have begun a module.
func filled(b *testing.B, fresh dbtest.New, n int) *house {
	h := open(b, config(b, fresh))
	p, err := h.Begin(b.Context(), slug, time.Time{})
	must(b, err)
	module, err := h.Learning.Module(b.Context(), here, "speaking-at-work")
	must(b, err)
	began := time.Now()
	h.staff(b)
	for from := 0; from < n; from += batch {
		var in []people.Newcomer
		var agreed []people.Agreement
		var done []learning.Work
		for i := from; i < min(from+batch, n); i++ {
			in, agreed, done = append(in, newcomer(p, i)), append(agreed, agreement(i)), append(done, works(i, module)...)
		}
		key := fmt.Sprint(from)
		must(b, h.People.Enter(b.Context(), act("enter"+key), in...))
		must(b, h.People.Agree(b.Context(), act("agree"+key), agreed...))
		must(b, h.Learning.Bring(b.Context(), act("work"+key), done))
		if from%(perGroup*batch) == 0 {
			h.groups(b, from/perGroup, min(from+perGroup*batch, n)/perGroup, p.OrganisationID("amsed"))
		}
	}
	b.Logf("%d people filled in at %.0f a second", n, float64(n)/time.Since(began).Seconds())
	h.open(b)
	return h
}

func act(name string) journal.Act { return journal.Act{Programme: here, ID: named(name)} }

// person is who learns, and whose page is asked for.
func person(i int) id.ID {
	if i == 0 {
		return named("learner")
	}
	return named(fmt.Sprint("person", i))
}

func group(i int) id.ID { return named(fmt.Sprint("group", i/perGroup)) }

func newcomer(p *programme.Programme, i int) people.Newcomer {
	n := people.Newcomer{
		ID: person(i), Role: access.Learner, Of: group(i),
		Said: people.Described{First: fmt.Sprintf("Person %d", i*7919%1_000_003), Language: "fr", Country: "FR", BirthYear: 1990, Gender: "woman", Invented: true},
	}
	for _, q := range p.Told() {
		n.Shown = append(n.Shown, people.Shown{Purpose: q.ID, Version: q.Version, Language: "fr"})
	}
	return n
}

func agreement(i int) people.Agreement {
	return people.Agreement{Person: person(i), At: time.Now(), Said: people.Permission{Purpose: "tutor", Given: true, Version: 1, Opens: "tutor"}}
}

// works are two screens of a module.
func works(i int, m learning.Module) (out []learning.Work) {
	text := m.Text("fr")
	for at, s := range text.Screens[:2] {
		out = append(out, learning.Work{
			ID: named(fmt.Sprint("work", i, s.ID)), Learner: learning.Learner{ID: person(i), Person: true}, Module: m.ModuleRow, At: time.Now().UnixMicro(),
			Said: learning.Answered{Number: m.Number, Screen: s.ID, At: int64(at + 1), Of: int64(len(text.Screens)), Right: true, Language: "fr"},
		})
	}
	return out
}

// staff are those whose pages are asked for.
func (h *house) staff(b *testing.B) {
	var in []people.Newcomer
	for _, w := range []struct {
		role access.Role
		of   id.ID
	}{{access.Tutor, group(0)}, {access.Coordinator, id.ID{}}, {access.Administrator, id.ID{}}} {
		in = append(in, people.Newcomer{ID: named(string(w.role)), Role: w.role, Of: w.of, Said: people.Described{First: string(w.role), Invented: true}})
	}
	must(b, h.People.Enter(b.Context(), act("staff"), in...))
}

// groups opens those of some people.
func (h *house) groups(b *testing.B, from, to int, organisation id.ID) {
	for i := from; i < to; i++ {
		g := tutoring.NewGroup{ID: group(i * perGroup), Said: tutoring.Opened{Name: fmt.Sprint("Group ", i), Organisation: organisation}}
		must(b, h.Tutoring.OpenGroup(b.Context(), act(fmt.Sprint("open", i)), g))
	}
}
