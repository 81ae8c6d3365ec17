package room_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// slots stand in for the questionnaires, which another slice offers.
func slots() map[string][]web.Slot {
	says := func(words string) []web.Slot {
		return []web.Slot{func(*web.Ctx, id.ID) (templ.Component, error) {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, err := io.WriteString(w, "<p>"+words+"</p>")
				return err
			}), nil
		}}
	}
	return map[string][]web.Slot{"trial-before": says("the first questions"), "trial-after": says("the last questions")}
}

// A trial asks before for who said that they are there, and after for who was there; nobody else, and no other session.
func TestTrialAsks(t *testing.T) {
	for kind, asks := range map[string]bool{"trial": true, "training": false} {
		s := open(t)
		at, code := s.plan("kind", kind, "path", "tutor")
		says := func(who, words string, want bool) {
			t.Helper()
			if got := s.as(who).Get("/s/" + code).Is(200).Text("main"); strings.Contains(got, words) != (want && asks) {
				t.Errorf("%s, %s: %s", kind, who, got)
			}
		}
		d := s.as("leila")
		d.Post(at + "/start").Goes(at)
		says("amina", "questions", false)
		s.as("amina").Post("/s/" + code + "/here").Goes("/s/" + code)
		says("amina", "the first questions", true)
		says("amina", "the last questions", false)
		says("", "questions", false)
		d.Post(at+"/end", "hours", "2").Goes(at)
		says("amina", "the last questions", true)
		says("amina", "the first questions", false)
	}
}

// How many answered is said as a number, and not below five.
func TestAnswersAreCountedNotShown(t *testing.T) {
	s := open(t)
	at, code := s.plan()
	d := s.as("leila")
	d.Post(at + "/start").Goes(at)
	page := func() string { return d.Get(at + "/finding").Is(200).Text("main") }
	if got := page(); !strings.Contains(got, "0 people answered") {
		t.Error(got)
	}
	for i := range 5 {
		if got := page(); i > 0 && (!strings.Contains(got, "fewer than 5 people answered") || strings.Contains(got, "4 people")) {
			t.Error(i, got)
		}
		who := s.Learner(string(rune('A'+i)), 2, true)
		s.Said(people.KindFormAnswered.Draft(who, who, people.FormAnswered{Form: "before", Room: code}))
	}
	if got := page(); !strings.Contains(got, "5 people answered") {
		t.Error(got)
	}
}
