package learning_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
)

func TestFourEyes(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Quatre endroits." }))
		publish := func(a access.Actor) error {
			return w.PublishManuscript(ctx, by(a), learning.Release{Slug: "work", Note: "Un endroit de plus."})
		}
		w.wants(publish(w.claire), "author.review.first")
		w.must(w.Submit(ctx, by(w.claire), "work", "Relisez l'écran 1."))
		w.wants(publish(w.claire), "author.review.own")
		w.must(w.Return(ctx, by(w.nadia), "work", "Lequel ?"))
		w.wants(w.Return(ctx, by(w.nadia), "work", "Encore"), "author.review.none")
		w.wants(publish(w.nadia), "author.review.first")
		w.must(w.Submit(ctx, by(w.claire), "work", ""))
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Cinq endroits." }))
		w.wants(publish(w.nadia), "author.review.moved")
		w.must(w.Submit(ctx, by(w.claire), "work", ""))
		a, r := by(w.nadia), learning.Release{Slug: "work", Note: "Deux de plus."}
		w.must(w.PublishManuscript(ctx, a, r))
		w.must(w.PublishManuscript(ctx, a, r)) // a second click
		s, err := w.Study(ctx, here, "work")
		w.must(err)
		if s.Number != 2 || s.Versions[0].Wrote != w.claire.Person || s.Versions[0].Author != w.nadia.Person || s.Versions[0].Alone {
			w.t.Fatalf("version %d, %+v", s.Number, s.Versions[0])
		}
		if review, err := w.ReviewOf(ctx, here, "work"); err != nil || review.SentAt != 0 {
			w.t.Fatal(review, err)
		}
		if _, ok, _ := w.Manuscript(ctx, here, "work"); ok {
			w.t.Fatal("the draft is still there")
		}
	})
}

func TestAloneItIsSaid(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		w.begun()
		w.must(w.People.Take(w.t.Context(), by(w.nadia), w.nadia.Person, people.RoleOf{Role: access.Coordinator, Of: here}))
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Quatre endroits." }))
		w.must(w.PublishManuscript(w.t.Context(), by(w.claire), learning.Release{Slug: "work", Note: "Un de plus."}))
		s, err := w.Study(w.t.Context(), here, "work")
		w.must(err)
		if !s.Versions[0].Alone || s.Versions[0].Wrote != w.claire.Person {
			w.t.Fatalf("%+v", s.Versions[0])
		}
	})
}

func TestTwoEditorsOfOneScreen(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		var was string
		w.must(w.typed("where", func(t *learning.Typed) { was = t.Mark(); t.Text = "Claire" }))
		second := learning.TypedOf(content.Screen{Title: "Où"})
		err := w.Change(ctx, here, "work", func(m *learning.Manuscript) error { return m.Write("where", was, second) })
		w.wants(err, "author.screen.other")
		// two people on two screens at the same instant: neither is lost
		var all sync.WaitGroup
		for _, screen := range []string{"where", "choose", "tomorrow"} {
			all.Go(func() {
				for range 5 {
					if err := w.typed(screen, func(t *learning.Typed) { t.Text += " encore" }); err != nil {
						w.t.Error(err)
					}
				}
			})
		}
		all.Wait()
		m, _, err := w.Manuscript(ctx, here, "work")
		w.must(err)
		for _, screen := range []string{"where", "choose", "tomorrow"} {
			if s, _ := m.Sheet(screen); strings.Count(s.Text, "encore") != 5 {
				w.t.Errorf("%s: %q", screen, s.Text)
			}
		}
	})
}

func TestNewModule(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		slug, err := w.Found(ctx, here, "Œuvrer à l'école", "fr")
		w.must(err)
		_, err = w.Found(ctx, here, "Œuvrer à l'école", "fr")
		w.wants(err, "author.title.taken")
		w.wants(w.Submit(ctx, by(w.claire), slug, ""), "")
		w.must(w.Change(ctx, here, slug, func(m *learning.Manuscript) error {
			m.SetHead(learning.Head{Title: "À l'école", Summary: "Une phrase.", Meta: m.Meta})
			name, err := m.Add("كلمة")
			s, _ := m.Sheet(name)
			was := s.Mark()
			s.Text = "Bonjour."
			return errors.Join(err, m.Write(name, was, s))
		}))
		w.must(w.Submit(ctx, by(w.claire), slug, ""))
		w.must(w.PublishManuscript(ctx, by(w.nadia), learning.Release{Slug: slug}))
		m, err := w.Module(ctx, here, slug)
		if err != nil || m.Number != 1 || m.Content.Languages["fr"].Screens[0].ID != "screen" {
			w.t.Fatal(m, err)
		}
	})
}

func TestRemarkIsAnsweredByAVersion(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		m := w.begun()
		w.must(w.Remark(ctx, journaltest.Act(here, id.ID{}), m, learning.Remarked{Screen: "choose", Language: "fr", Text: "« comprenez » ?"}))
		learner := func(right ...bool) {
			l := learning.Learner{ID: id.New()}
			for _, r := range right {
				given := map[bool]string{false: "0", true: "1"}[r]
				_, err := w.Answer(ctx, journaltest.Act(here, id.ID{}), l, learning.Answer{Module: w.module(), At: 2, Given: []string{given}, Language: "fr"})
				w.must(err)
			}
		}
		learner(false, true)
		learner(false, false)
		learner(true)
		s, err := w.Study(ctx, here, "work")
		w.must(err)
		if got := s.Effects[1].Screens["choose"]; got != (learning.Tally{Seen: 3, Erring: 2, Wrong: 3, Stopped: 3}) {
			w.t.Fatalf("%+v", got)
		}
		w.wants(w.Decide(ctx, by(w.claire), m.Owner, learning.Decided{Remark: id.New(), Change: true}), "")
		w.must(w.typed("choose", func(t *learning.Typed) { t.Question = "C'est trop rapide. Que faites-vous ?" }))
		w.released("Question plus simple.", s.Remarks[0].Entry)
		learner(true)
		learner(true)
		before, after := m.Content.Languages["fr"], w.module().Content.Languages["fr"]
		s, err = w.Study(ctx, here, "work")
		w.must(err)
		got := learning.Improvements(before, after, s.Effects[1], s.Effects[2])
		if len(got) != 1 || got[0].Before.Percent() != 67 || got[0].After.Percent() != 0 || s.Remarks[0].State != "change" {
			w.t.Fatalf("%+v %+v", got, s.Remarks)
		}
	})
}

func TestDesksPutFirstWhatWaits(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Deux." }))
		_, err := w.Found(ctx, here, "Un autre", "fr")
		w.must(err)
		w.must(w.Submit(ctx, by(w.claire), "work", ""))
		desks, err := w.Desks(ctx, w.nadia, "tr")
		if err != nil || len(desks) != 2 || !desks[0].ToRead || desks[0].Title != "İş aramak" || !desks[1].Draft || desks[1].Number != 0 || desks[1].Title != "Un autre" || desks[1].Lang != "fr" {
			w.t.Fatalf("%+v %v", desks, err)
		}
	})
}

// TestEveryModuleOpensInTheForm: each screen of the programmes' modules is read by the form as it stands.
