package tutoring_test

import (
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
)

// A trial names the version that stood when it began, though another one came while it ran; each person who was
// there is counted once, and only trials that have begun are told. Beginning twice is beginning once.
func TestTrials(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		amina, m := h.Learner("Amina", 20, true), h.Publish("speaking-at-work")
		plan := func(kind string) id.ID {
			said := tutoring.Planned{
				Kind: kind, Title: "Essai", Day: "2026-11-23", Starts: "09:30", Zone: "Europe/Paris", Halves: 2, Hours: 6, Mode: "on-site",
				Place: "Salle 2", Group: h.GroupID, Languages: []string{"fr"}, Module: m.Slug, Path: "tutor",
			}
			w := tutoring.Meeting{ID: id.New(), Said: said}
			h.Must(h.Plan(h.Ctx(), h.Act(), h.Tutor, w))
			return w.ID
		}
		session, training := plan("trial"), plan("training")
		trials := func() []learning.Trial {
			all, err := h.Trials(h.Ctx(), h.P.ID(), m.Slug)
			h.Must(err)
			return all
		}
		if got := trials(); len(got) > 0 {
			h.T.Errorf("it has not begun: %+v", got)
		}
		begin := h.Act()
		for _, which := range []id.ID{training, session} {
			a := begin
			a.ID = id.Derive(begin.ID[:], which[:])
			twice(h, func(a journal.Act) error { return h.Start(h.Ctx(), a, h.Tutor, which) }, a)
		}
		h.Said(learning.KindPublished.Draft(m.Owner, m.Owner, learning.Published{Slug: m.Slug, Number: 2, Source: "fr", Package: m.Package}))
		h.Must(h.Start(h.Ctx(), h.Act(), h.Tutor, session)) // it goes on
		for half := range int64(2) {
			mark := tutoring.Mark{Person: amina, Half: half + 1, State: tutoring.Present, How: tutoring.ByRoll}
			twice(h, func(a journal.Act) error { return h.Roll(h.Ctx(), a, h.Tutor, session, mark) }, h.Act())
		}
		got := trials()
		if len(got) != 1 || got[0].Session != session || got[0].Number != 1 || got[0].There != 1 || got[0].State != tutoring.Running {
			h.T.Errorf("%+v", got)
		}
		for who, want := range map[id.ID]bool{amina: true, id.New(): false} {
			if came, err := h.Came(h.Ctx(), h.P.ID(), who, session); err != nil || came != want {
				h.T.Error(came, err)
			}
		}
		rows, err := tutoring.Attendances.Select(h.Ctx(), h.J.DB(), h.P.ID(), "and session=$2", session)
		h.Must(err)
		if len(rows) != 2 {
			h.T.Errorf("%d half-days", len(rows))
		}
	})
}

// twice does an act, and sends it again.
func twice(h *tutoringtest.House, act func(journal.Act) error, a journal.Act) {
	h.T.Helper()
	h.Must(act(a))
	h.Must(act(a))
}
