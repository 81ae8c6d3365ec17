package room_test

import (
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/tutoring"
)

// training is the form of a training of tutors.
func (s *site) training(more ...string) []string {
	return append([]string{
		"kind", "training", "title", "Formation", "module", "", "day", s.Now.Format(time.DateOnly), "starts", "09:30", "halves", "2", "hours", "7",
		"mode", "on-site", "place", "Salle 2", "group", "", "language", "fr",
	}, more...)
}

// A coordinator invites tutors to a training; they sign on their own phones, and it counts for their path. What
// does not go together is said, and nothing chosen is lost.
func TestTrainingIsPlanned(t *testing.T) {
	s := open(t)
	d := s.as("nadia")
	page := d.Get("/sessions/new").Is(200)
	if !page.Has("input", "name", "tutor", "value", s.Tutor.Person.String()) || s.as("leila").Get("/sessions/new").Is(200).Has("input", "name", "tutor") {
		t.Error("who sees all invites tutors, and nobody else")
	}
	wrong := s.training("tutor", s.Tutor.Person.String())
	wrong[1] = "trial"
	if p := d.Post("/sessions/new", wrong...).Is(422); !strings.Contains(p.Text("main"), "Only a training without a group") || !p.Has("input", "name", "tutor", "value", s.Tutor.Person.String(), "checked", "") {
		t.Error(p.Text("main"))
	}
	at := d.Post("/sessions/new", s.training("tutor", s.Tutor.Person.String())...).Is(303).Header.Get("Location")
	if main := d.Get(at).Is(200).Text("main"); !strings.Contains(main, "Leïla M.") || strings.Contains(main, "Amina") {
		t.Error(main)
	}
	if p := d.Get(at + "/plan").Is(200); !p.Has("input", "name", "tutor", "value", s.Tutor.Person.String(), "checked", "") {
		t.Error("the plan forgets who is invited")
	}
	s.as("leila").Get(at).Is(404)
	d.Post(at + "/start").Is(303)
	if d.Get(at).Is(200).Has("form", "action", at+"/walk-in") {
		t.Error("a learner may be entered at a training of tutors")
	}
	which, err := id.Parse(strings.TrimPrefix(at, "/sessions/"))
	s.Must(err)
	w, err := tutoring.Sessions.Find(s.Ctx(), s.J.DB(), s.P.ID(), "and owner=$2", which)
	s.Must(err)
	if w.Path != "tutor" {
		t.Errorf("it counts for %q", w.Path)
	}
	s.as("leila").Get("/s/" + w.Code).Is(200).Submit("/s/" + w.Code + "/here").Goes("/s/" + w.Code)
	s.as("nadia").Post("/s/" + w.Code + "/here").Is(404)
	d.Get(at).Submit(at+"/end", "hours", "7").Goes(at)
	all, _, err := s.Trainings(s.Ctx(), s.P, s.Tutor.Person, "fr")
	s.Must(err)
	if all[0].Half != 1 {
		t.Errorf("%+v", all[0])
	}
}

// A tutor who changes a plan takes no group off that is not theirs.
func TestPlanKeepsOtherGroups(t *testing.T) {
	s := open(t)
	other := id.New()
	s.Must(s.OpenGroup(s.Ctx(), s.Act(), tutoring.NewGroup{ID: other, Said: tutoring.Opened{Name: "Jeudi"}}))
	at, code := s.plan()
	if s.as("leila").Get(at+"/plan").Has("input", "name", "also") {
		t.Error("a tutor of one group chooses among several")
	}
	if !s.as("nadia").Get(at+"/plan").Has("input", "name", "also", "value", other.String()) {
		t.Error("no other group can be chosen")
	}
	s.as("nadia").Get(at+"/plan").Submit(at+"/plan", "also", other.String()).Goes(at)
	s.as("leila").Get(at+"/plan").Submit(at+"/plan", "title", "Autre titre").Goes(at)
	w, err := s.Joining(s.Ctx(), s.P.ID(), code)
	s.Must(err)
	if w.Title != "Autre titre" || w.InGroup != s.GroupID || w.Also != other.String() {
		t.Errorf("%+v", w)
	}
}
