package learning_test

import (
	"errors"
	"strings"
	"testing"

	"tremplin/internal/learning"
)

func TestTranslationFollowsItsSource(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Quatre endroits." }))
		w.must(w.typed("choose", func(t *learning.Typed) {
			t.Items = append(t.Items, learning.TypedItem{Text: "Je pars", Reason: "Non."})
		}))
		w.must(w.Change(ctx, here, "work", func(m *learning.Manuscript) error {
			name, err := m.Add("Un écran")
			t, _ := m.Sheet(name)
			was := t.Mark()
			t.Text = "Nouveau."
			return errors.Join(err, m.Write(name, was, t))
		}))
		w.released("Plus d'endroits.")

		turkish := w.module().Content.Languages["tr"]
		if turkish.Screens[0].Blocks[0].Text != "Üç yer." || turkish.Screens[1].Title != "Seçmek" || turkish.Screens[1].Activity.Items[2].Text != "Je pars" || turkish.Screens[3].Title != "Un écran" {
			w.t.Fatalf("%+v", turkish)
		}
		tasks, err := w.Tasks(ctx, here, "tr", []string{"tr", "uk"})
		w.must(err)
		if len(tasks) != 2 || tasks[0].Stale != 3 || tasks[1].Lang != "uk" {
			w.t.Fatalf("%+v", tasks)
		}

		turn := func(name string, change func(*learning.Typed)) []learning.Trouble {
			x, err := w.Translation(ctx, here, "work", "tr")
			w.must(err)
			t := x.Sheet(name)
			was := t.Mark()
			change(&t)
			from := x.Source.Hashes()[name]
			wrong, err := w.Turn(ctx, w.selim, "work", "tr", name, was, from, t, true)
			w.must(err)
			return wrong
		}
		x, err := w.Translation(ctx, here, "work", "tr")
		w.must(err)
		if was, ok, err := w.Before(ctx, x, here, "where"); err != nil || !ok || was.Text != "Trois endroits." {
			w.t.Fatal(was, ok, err)
		}
		if wrong := turn("where", func(t *learning.Typed) { t.Text = "<b>Dört</b> yer." }); len(wrong) == 0 {
			w.t.Fatal("HTML was taken")
		}
		if x, err = w.Translation(ctx, here, "work", "tr"); err != nil || x.Sheet("where").Text != "<b>Dört</b> yer." || x.State("where") != learning.Begun {
			w.t.Fatal("what was typed is lost")
		}
		turn("where", func(t *learning.Typed) { t.Text = "Dört yer." })
		// which answers are right cannot be changed, nor how many there are
		turn("choose", func(t *learning.Typed) {
			t.Items[0].Right, t.Items[2].Text, t.Items[2].Reason = true, "Giderim", "Hayır."
			t.Items = append(t.Items, learning.TypedItem{Right: true, Text: "x"})
		})
		w.must(w.PublishTranslation(ctx, by(w.selim), "work", "tr"))
		m := w.module()
		turkish = m.Content.Languages["tr"]
		if m.Number != 3 || turkish.Screens[0].Blocks[0].Text != "Dört yer." || turkish.Screens[1].Activity.Items[2].Text != "Giderim" {
			w.t.Fatalf("%d %+v", m.Number, turkish)
		}
		if tasks, err = w.Tasks(ctx, here, "tr", []string{"tr"}); err != nil || len(tasks) != 1 || tasks[0].Stale != 1 {
			w.t.Fatal(tasks, err)
		}
		// a translation that is still right is said to be done without a change
		w.must(w.typed("tomorrow", func(t *learning.Typed) { t.Text = "Une seule chose !" }))
		w.released("Un point.")
		turn("tomorrow", func(*learning.Typed) {})
		w.must(w.PublishTranslation(ctx, by(w.selim), "work", "tr"))
		if tasks, err = w.Tasks(ctx, here, "tr", []string{"tr"}); err != nil || tasks[0].Stale != 1 || w.module().Number != 5 {
			w.t.Fatal(tasks, err, w.module().Number)
		}
	})
}

func TestNewLanguageMustBeWhole(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		x, err := w.Translation(ctx, here, "work", "uk")
		w.must(err)
		for i, name := range x.Names() {
			if i == 1 {
				w.wants(w.PublishTranslation(ctx, by(w.nadia), "work", "uk"), "translate.unfinished")
			}
			t, _ := x.SourceSheet(name)
			was := x.Sheet(name).Mark()
			t.Title = "Слово"
			key := strings.TrimPrefix(name, "_")
			wrong, err := w.Turn(ctx, w.nadia, "work", "uk", name, was, x.Source.Hashes()[key], t, true)
			if err != nil || len(wrong) > 0 {
				w.t.Fatal(name, err, wrong)
			}
		}
		a := by(w.nadia)
		w.must(w.PublishTranslation(ctx, a, "work", "uk"))
		w.must(w.PublishTranslation(ctx, a, "work", "uk"))
		if m := w.module(); m.Number != 2 || m.Content.Languages["uk"].Title != "Слово" || !m.Has("uk") {
			w.t.Fatalf("%+v", m)
		}
	})
}

func TestDraftAndTranslationMeet(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		w.must(w.typed("tomorrow", func(t *learning.Typed) { t.Text = "Une chose." })) // begins the draft
		x, err := w.Translation(ctx, here, "work", "tr")
		w.must(err)
		s := x.Sheet("where")
		was := s.Mark()
		s.Text = "Tam üç yer."
		_, err = w.Turn(ctx, w.selim, "work", "tr", "where", was, x.Source.Hashes()["where"], s, true)
		w.must(err)
		if x, err = w.Translation(ctx, here, "work", "tr"); err != nil || x.State("where") != learning.Done {
			w.t.Fatal(x.State("where"), err)
		}
		w.must(w.PublishTranslation(ctx, by(w.selim), "work", "tr"))
		w.released("Plus court.")
		m := w.module()
		if m.Number != 3 || m.Content.Languages["tr"].Screens[0].Blocks[0].Text != "Tam üç yer." || m.Content.Languages["fr"].Screens[2].Blocks[0].Text != "Une chose." {
			w.t.Fatalf("%d %+v", m.Number, m.Content.Languages["tr"])
		}
	})
}
