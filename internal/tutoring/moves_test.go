package tutoring_test

import (
	"testing"

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
		if _, err := h.One(h.Ctx(), actor(h, h.Tutor.Person), access.Read, "fr", who, 1); !fault.Is(err, fault.NotFound) {
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
		if _, err := h.One(h.Ctx(), actor(h, h.Tutor.Person), access.Read, "fr", who, 1); err != nil {
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
		for _, p := range []id.ID{who, alone} {
			h.Must(h.Move(h.Ctx(), h.Boss, h.Act(), tutoring.Move{Person: p, To: theirs}))
			in(p, theirs)
		}
		if err := h.Move(h.Ctx(), h.Boss, h.Act(), tutoring.Move{Person: marc.Person, To: mine}); !fault.Is(err, fault.NotFound) {
			h.T.Error("a tutor is no learner:", err)
		}
		n, err := h.People.Counts(h.Ctx(), h.P.ID())
		if h.Must(err); n["learner"] != 2 || n["tutor"] != 2 {
			h.T.Errorf("who is in several groups counts once: %v", n)
		}
	})
}
