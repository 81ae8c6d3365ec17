package tutoring_test

import (
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
)

// actor is somebody as their next request finds them.
func actor(h *tutoringtest.House, who id.ID) access.Actor {
	gs, err := people.Grants(h.Ctx(), h.J.DB(), h.P.ID(), who)
	h.Must(err)
	return access.Actor{Programme: h.P.ID(), Person: who, Grants: gs}
}

func opened(h *tutoringtest.House, name string, tutor id.ID) id.ID {
	g := tutoring.NewGroup{ID: id.Named("group", name), Said: tutoring.Opened{Name: name}, Tutor: tutor}
	h.Must(h.OpenGroup(h.Ctx(), h.Act(), g))
	return g.ID
}

func TestTakingTheLastTutorOff(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who := h.Learner("Ahmed", 30, true)
		other := opened(h, "Mardi", h.Tutor.Person)
		act := h.Act()
		for range 2 {
			alone, err := h.Unassign(h.Ctx(), act, h.GroupID, h.Tutor.Person)
			if h.Must(err); !alone {
				h.T.Error("nobody is left, and nobody is told")
			}
		}
		if _, err := h.One(h.Ctx(), actor(h, h.Tutor.Person), access.Read, "fr", who, 1, 0); !fault.Is(err, fault.NotFound) {
			h.T.Error("the file stays open:", err)
		}
		_, err := h.Unassign(h.Ctx(), h.Act(), other, h.Tutor.Person)
		h.Must(err)
		a := actor(h, h.Tutor.Person)
		if !a.Has(access.Tutor) || len(tutoring.Mine(a)) > 0 {
			h.T.Errorf("still a tutor, of no group: %+v", a.Grants)
		}
		if err := h.People.Reachable(h.Ctx(), a, access.Read, access.Identity, who); !fault.Is(err, fault.NotFound) {
			h.T.Error("a tutor without a group reaches people:", err)
		}
		h.Must(h.AssignTutor(h.Ctx(), h.Act(), h.GroupID, h.Tutor.Person))
		if _, err := h.One(h.Ctx(), actor(h, h.Tutor.Person), access.Read, "fr", who, 1, 0); err != nil {
			h.T.Error("and can be given one again:", err)
		}
	})
}

func TestMovingLearners(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who := h.Learner("Ahmed", 30, true)
		mine := opened(h, "Mardi", h.Tutor.Person)
		marc := h.Staff("Marc", access.Tutor, id.New())
		theirs := opened(h, "Mercredi", marc.Person)
		alone, err := h.Enters("Nour", "ar")
		h.Must(err)
		leila := actor(h, h.Tutor.Person)
		in := func(who id.ID, want ...id.ID) {
			h.T.Helper()
			var got []id.ID
			for _, g := range actor(h, who).Grants {
				got = append(got, g.Of)
			}
			if len(got) != len(want) || got[0] != want[0] {
				h.T.Errorf("in %v, want %v", got, want)
			}
		}
		for name, m := range map[string]tutoring.Move{
			"another's group":      {Person: who, From: h.GroupID, To: theirs},
			"from another's group": {Person: who, From: theirs, To: mine},
			"nowhere":              {Person: who},
			"in from outside":      {Person: alone, To: mine},
			"no group":             {Person: who, From: h.GroupID, To: id.New()},
			"the same group":       {Person: who, From: mine, To: mine},
		} {
			if err := h.Move(h.Ctx(), leila, h.Act(), m); !fault.Is(err, fault.NotFound) {
				h.T.Errorf("%s: %v", name, err)
			}
		}
		act := h.Act()
		for range 2 {
			h.Must(h.Move(h.Ctx(), leila, act, tutoring.Move{Person: who, From: h.GroupID, To: mine}))
		}
		in(who, mine)
		h.Must(h.Move(h.Ctx(), leila, h.Act(), tutoring.Move{Person: who, From: h.GroupID, To: mine})) // an old page
		in(who, mine)
		h.Must(h.Move(h.Ctx(), leila, h.Act(), tutoring.Move{Person: who, From: mine}))
		in(who, h.P.ID())
		h.Must(h.Move(h.Ctx(), leila, h.Act(), tutoring.Move{Person: who, From: mine}))
		in(who, h.P.ID())
		n, err := h.People.Counts(h.Ctx(), h.P.ID())
		if h.Must(err); n["learner"] != 2 || n["tutor"] != 2 {
			h.T.Errorf("who is in several groups counts once: %v", n)
		}
	})
}

// Those who are in no group are offered, the latest first, and brought into one all at once.
func TestBringingMany(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		var alone []id.ID
		for _, name := range []string{"Nour", "Оксана", "Aïcha"} {
			h.Now = h.Now.Add(time.Minute)
			p, err := h.Enters(name, "ar")
			h.Must(err)
			alone = append(alone, p)
		}
		h.Learner("Ahmed", 30, true)
		if got := unplaced(h); !slices.Equal(got, []id.ID{alone[2], alone[1], alone[0]}) {
			h.T.Errorf("in no group: %v, want %v from the last", got, alone)
		}
		u, err := h.Unattended(h.Ctx(), h.P.ID())
		if h.Must(err); u.Alone != 3 || len(u.Groups) != 0 {
			h.T.Errorf("unattended: %+v", u)
		}
		act := h.Act()
		for range 2 {
			h.Must(h.Bring(h.Ctx(), h.Boss, act, h.GroupID, alone[:2]))
		}
		if got := unplaced(h); !slices.Equal(got, alone[2:]) {
			h.T.Errorf("still in no group: %v, want %v", got, alone[2:])
		}
		for _, p := range alone[:2] {
			if _, err := h.One(h.Ctx(), actor(h, h.Tutor.Person), access.Read, "fr", p, 1, 0); err != nil {
				h.T.Error("their tutor does not reach them:", err)
			}
		}
		leila, marc := actor(h, h.Tutor.Person), h.Staff("Marc", access.Tutor, id.New())
		for name, err := range map[string]error{
			"by a tutor":   h.Bring(h.Ctx(), leila, h.Act(), h.GroupID, alone[2:]),
			"to nowhere":   h.Bring(h.Ctx(), h.Boss, h.Act(), id.New(), alone[2:]),
			"with a tutor": h.Bring(h.Ctx(), h.Boss, h.Act(), h.GroupID, []id.ID{alone[2], marc.Person}),
		} {
			if !fault.Is(err, fault.NotFound) {
				h.T.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.Unplaced(h.Ctx(), leila); !fault.Is(err, fault.NotFound) {
			h.T.Error("a tutor sees people of no group:", err)
		}
		if got := unplaced(h); !slices.Equal(got, alone[2:]) {
			h.T.Errorf("what was refused was half done: %v", got)
		}
	})
}

func unplaced(h *tutoringtest.House) (out []id.ID) {
	h.T.Helper()
	rows, err := h.Unplaced(h.Ctx(), h.Boss)
	h.Must(err)
	for _, r := range rows {
		out = append(out, r.Owner)
	}
	return out
}
