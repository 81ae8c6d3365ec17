package room_test

import (
	"net/http"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// A trial shows the version that stood when it began, and its tutor writes down what it showed; its author's
// decision comes back to it.
func TestFindingOfASession(t *testing.T) {
	s := open(t)
	at, code := s.plan()
	d := s.as("leila")
	d.Get(at + "/finding").Is(404) // nothing has happened yet
	d.Post(at + "/start").Goes(at)
	module := learning.ModuleID(s.P.ID(), "speaking-at-work")
	s.Said(learning.KindPublished.Draft(module, module, learning.Published{Slug: "speaking-at-work", Number: 2, Source: "fr", Package: s.packed(module), Titles: map[string]learning.Title{"fr": {Title: "Deux"}}}))
	m, err := s.Learning.Module(t.Context(), s.P.ID(), "speaking-at-work")
	s.Must(err)
	screen := m.Text("en").Screens[0]
	_, err = s.Learning.Answer(t.Context(), s.Act(), learning.Learner{ID: id.New()}, learning.Answer{Module: m, At: 1, Language: "en", Room: code})
	s.Must(err)
	page := d.Get(at).Is(200)
	if main := page.Text("main"); !strings.Contains(main, "version 1") || !page.Has("a", "href", at+"/finding?screen="+screen.ID) {
		t.Error(main)
	}
	form := d.Get(at + "/finding?screen=" + screen.ID).Is(200)
	if form.Value("screen") != screen.ID {
		t.Errorf("the screen is %q", form.Value("screen"))
	}
	if p := form.Submit(at+"/finding", "text", "").Is(422); p.Value("screen") != screen.ID {
		t.Error("the screen is lost")
	}
	form.Submit(at+"/finding", "text", "Personne ne lit la consigne.").Goes(at + "/finding")
	found, err := s.Learning.FindingsOf(t.Context(), s.P.ID(), module)
	s.Must(err)
	if len(found) != 1 || found[0].Number != 1 || found[0].Rooms != " "+code+" " || found[0].Seen != 1 {
		t.Fatalf("%+v", found)
	}
	s.Must(s.Learning.DecideFinding(t.Context(), s.Act(), module, learning.FindingDecided{Finding: found[0].Entry, Because: "C'est dit deux fois."}))
	if main := d.Get(at + "/finding").Is(200).Text("main"); !strings.Contains(main, "Personne ne lit la consigne.") || !strings.Contains(main, "it stays") || !strings.Contains(main, "C'est dit deux fois.") {
		t.Error(main)
	}
	d.Post(at+"/finding", "text", "?", "sums", "x").Is(404)
	for who, status := range map[string]int{"marc": http.StatusNotFound, "amina": http.StatusForbidden} {
		s.as(who).Get(at + "/finding").Is(status)
		s.as(who).Post(at+"/finding", "text", "?").Is(status)
	}
}

// packed is the package of a module as it stands.
func (s *site) packed(module id.ID) string {
	s.T.Helper()
	row, err := learning.Modules.Find(s.Ctx(), s.J.DB(), s.P.ID(), "and owner=$2", module)
	s.Must(err)
	return row.Package
}

// The trials of a module are told with their day, organisation, version and how many people were there.
func TestTrialsOfAModule(t *testing.T) {
	s := open(t)
	at, code := s.plan()
	trials := func() []learning.Trial {
		all, err := s.Trials(t.Context(), s.P.ID(), "speaking-at-work")
		s.Must(err)
		return all
	}
	if len(trials()) > 0 {
		t.Error("it has not begun")
	}
	d := s.as("leila")
	d.Post(at + "/start").Goes(at)
	training, _ := s.plan("kind", "training", "path", "tutor")
	d.Post(training + "/start").Goes(training)
	d.Post(at+"/roll", "person", s.amina.String(), "half", "1", "state", tutoring.Late).Is(303)
	got := trials()
	if len(got) != 1 || got[0].Code != code || got[0].Number != 1 || got[0].There != 1 || got[0].State != tutoring.Running || got[0].Day == "" {
		t.Errorf("%+v", got)
	}
}
