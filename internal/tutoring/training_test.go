package tutoring_test

import (
	"fmt"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
	"tremplin/internal/tutoring/tutoringtest"
)

func TestSignedOnce(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		who, session := h.Learner("Amina", 3, true), id.New()
		h.Must(h.Hold(h.Ctx(), h.Act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "training", Path: "tutor", Day: "2026-11-20", Title: "Formation", Hours: 7}}))
		w := tutoring.Signature{Person: who, Session: session, Half: 1}
		h.Must(h.Sign(h.Ctx(), h.Act(), w))
		h.Must(h.Sign(h.Ctx(), h.Act(), w, tutoring.Signature{Person: who, Session: session, Half: 2}))
		rows, err := tutoring.Attendances.Select(h.Ctx(), h.J.DB(), h.P.ID(), "and owner=$2", who)
		h.Must(err)
		if len(rows) != 2 || rows[0].Path != "tutor" || rows[0].Kind != "training" {
			h.T.Errorf("%+v", rows)
		}
		if err := h.Sign(h.Ctx(), h.Act(), tutoring.Signature{Person: who, Session: session, Half: 3}); !fault.Is(err, fault.Invalid) {
			h.T.Error(err)
		}
		if err := h.Sign(h.Ctx(), h.Act(), tutoring.Signature{Person: who, Session: id.New(), Half: 1}); !fault.Is(err, fault.NotFound) {
			h.T.Error(err)
		}
		if err := h.Hold(h.Ctx(), h.Act(), tutoring.Session{ID: id.New()}); !fault.Is(err, fault.Invalid) {
			h.T.Error(err)
		}
	})
}

func TestCertificates(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		m, session, me := h.Publish("tutor-online"), id.New(), h.Tutor.Person
		ask := tutoring.Certification{Person: me, Path: "tutor"}
		refused := func(why string) {
			h.T.Helper()
			if err := h.Certify(h.Ctx(), h.P, h.Act(), ask); !fault.Is(err, fault.Invalid) {
				h.T.Errorf("%s: %v", why, err)
			}
		}
		refused("nothing done")
		h.Finish(me, m, 3)
		refused("no half-day signed")
		h.Must(h.Hold(h.Ctx(), h.Act(), tutoring.Session{ID: session, Said: tutoring.Held{Kind: "training", Path: "tutor", Day: "2026-11-20", Title: "Formation", Hours: 7}}))
		h.Must(h.Sign(h.Ctx(), h.Act(), tutoring.Signature{Person: me, Session: session, Half: 1}))
		refused("one half-day of two")
		h.Must(h.Sign(h.Ctx(), h.Act(), tutoring.Signature{Person: me, Session: session, Half: 2}))
		h.Must(h.Certify(h.Ctx(), h.P, h.Act(), ask))
		first := training(h)
		h.Must(h.Certify(h.Ctx(), h.P, h.Act(), ask))
		if second := training(h); first.Certificate.Number == "" || second.Certificate != first.Certificate || !first.Complete() || first.Modules() != 1 {
			h.T.Errorf("%+v, then %+v", first.Certificate, second.Certificate)
		}
		proof, ok, err := h.Verify(h.Ctx(), h.P, strings.ToLower(first.Certificate.Number))
		if err != nil || !ok || proof.Initials != "L. M." || proof.Path.ID != "tutor" {
			h.T.Errorf("%+v %v %v", proof, ok, err)
		}
		if _, ok, err := h.Verify(h.Ctx(), h.P, "AAAAA-AAAAA"); err != nil || ok {
			h.T.Error("an unknown number is valid", err)
		}
		if err := h.Certify(h.Ctx(), h.P, h.Act(), tutoring.Certification{Person: me, Path: "none"}); !fault.Is(err, fault.NotFound) {
			h.T.Error(err)
		}
		story, err := h.J.History(h.Ctx(), h.P.ID(), me)
		h.Must(err)
		h.Said(journal.Voided.Draft(me, story[len(story)-1].ID, journal.Reason{Why: "issued by mistake"}))
		if _, ok, err = h.Verify(h.Ctx(), h.P, first.Certificate.Number); err != nil || ok {
			h.T.Error("a certificate that was taken back is valid", err)
		}
	})
}

func training(h *tutoringtest.House) tutoring.Training {
	h.T.Helper()
	all, _, err := h.Trainings(h.Ctx(), h.P, h.Tutor.Person, "fr")
	h.Must(err)
	if len(all) != 1 {
		h.T.Fatalf("%d paths", len(all))
	}
	return all[0]
}

func TestConfusing(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		m := h.Publish("looking-for-work")
		if _, ok := confusion(h); ok {
			h.T.Fatal("nobody errs")
		}
		module, err := h.Learning.Module(h.Ctx(), h.P.ID(), m.Slug)
		h.Must(err)
		screen := module.Text("fr").Screens[2].ID
		for i := range 9 {
			who := h.Learner(fmt.Sprint("P", i), 3, true)
			h.Work(who, m, screen, 3, 9, i >= 4, 1)
		}
		h.Work(h.Learner("hidden", 3, false), m, screen, 3, 9, false, 1)
		h.Must(h.Learning.Remark(h.Ctx(), h.Act(), module, learning.Remarked{Screen: screen, Language: "fr", Text: "Je ne comprends pas."}))
		c, ok := confusion(h)
		if !ok || c.At != 3 || c.Erring != 4 || c.Seen != 9 || c.Open != 1 || c.Slug != m.Slug {
			h.T.Errorf("%v %+v", ok, c)
		}
	})
}

func confusion(h *tutoringtest.House) (tutoring.Confusion, bool) {
	h.T.Helper()
	l, err := h.List(h.Ctx(), h.Tutor, access.Read, "fr", h.Selection())
	h.Must(err)
	c, ok, err := h.Confusing(h.Ctx(), h.P.ID(), "fr", l)
	h.Must(err)
	return c, ok
}

func TestTutorOf(t *testing.T) {
	tutoringtest.Each(t, func(h *tutoringtest.House) {
		got, ok, err := h.TutorOf(h.Ctx(), h.P.ID(), h.Learner("Amina", 3, true))
		if err != nil || !ok || got.Name() != "Leïla M." || got.Organisation != "AMSED" || got.Phone == "" {
			h.T.Errorf("%+v %v %v", got, ok, err)
		}
		if _, ok, err := h.TutorOf(h.Ctx(), h.P.ID(), h.Tutor.Person); err != nil || ok {
			h.T.Error("a tutor has no tutor", err)
		}
	})
}
