package learning_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
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
		tasks, _, err := w.Tasks(ctx, here, "tr", []string{"tr", "uk"})
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
			wrong, err := w.Turn(ctx, w.selim, "work", "tr", name, was, learning.Turned{Typed: t, From: from, Done: true})
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
		if tasks, _, err = w.Tasks(ctx, here, "tr", []string{"tr"}); err != nil || len(tasks) != 1 || tasks[0].Stale != 1 {
			w.t.Fatal(tasks, err)
		}
		// a translation that is still right is said to be done without a change
		w.must(w.typed("tomorrow", func(t *learning.Typed) { t.Text = "Une seule chose !" }))
		w.released("Un point.")
		turn("tomorrow", func(*learning.Typed) {})
		w.must(w.PublishTranslation(ctx, by(w.selim), "work", "tr"))
		if tasks, _, err = w.Tasks(ctx, here, "tr", []string{"tr"}); err != nil || tasks[0].Stale != 1 || w.module().Number != 5 {
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
			wrong, err := w.Turn(ctx, w.nadia, "work", "uk", name, was, learning.Turned{Typed: t, From: x.Source.Hashes()[key], Done: true})
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
		_, err = w.Turn(ctx, w.selim, "work", "tr", "where", was, learning.Turned{Typed: s, From: x.Source.Hashes()["where"], Done: true})
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

// A translator's recording is published with the screen, and an author's draft that began before does not
// bring the old one back.
func TestTranslatorsRecord(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		speak := func(name, sound string) {
			x, err := w.Translation(ctx, here, "work", "tr")
			w.must(err)
			turned := learning.Turned{Typed: x.Sheet(name), From: x.Source.Hashes()[name], Done: true, Voice: &learning.Voice{}}
			if sound != "" {
				turned.Voice.Path = learning.AudioPath("tr", name, ".MP3")
				turned.Voice.Hash, err = w.Blobs.Put([]byte(sound))
				w.must(err)
			}
			_, err = w.Turn(ctx, w.selim, "work", "tr", name, turned.Mark(), turned)
			w.must(err)
			w.must(w.PublishTranslation(ctx, by(w.selim), "work", "tr"))
		}
		hears := func(name, want string) {
			w.t.Helper()
			files := w.module().Content.Files
			if got := string(files[content.Recording(files, "tr", name)]); got != want {
				w.t.Errorf("%s says %q, not %q", name, got, want)
			}
		}
		speak("where", "ID3 one")
		hears("where", "ID3 one")
		w.must(w.typed("tomorrow", func(t *learning.Typed) { t.Text = "Une chose." })) // begins a draft
		speak("where", "ID3 two")
		speak("choose", "ID3 new")
		w.released("Plus court.")
		hears("where", "ID3 two")
		hears("choose", "ID3 new")
		x, err := w.Translation(ctx, here, "work", "tr")
		w.must(err)
		typed := x.Sheet("where")
		_, err = w.Turn(ctx, w.selim, "work", "tr", "where", typed.Mark(), learning.Turned{Typed: typed, From: x.Source.Hashes()["where"], Voice: &learning.Voice{}})
		w.must(err)
		if x, err = w.Translation(ctx, here, "work", "tr"); err != nil || x.Recording("where") != "" || x.State("where") != learning.Begun {
			w.t.Error("taken away in the draft", x.Recording("where"), err)
		}
		hears("where", "ID3 two")
		speak("where", "")
		hears("where", "")
		if x, err = w.Translation(ctx, here, "work", "tr"); err != nil || x.Recording("choose") == "" || len(x.Turning.Screens) > 0 {
			w.t.Errorf("%+v %v", x.Turning, err)
		}
	})
}

// A package is made elsewhere, in whatever language: translators say what stands around it.
func TestATranslationPlaysThePackageOfItsSource(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		w.plays("first")
		turn := func(turned learning.Typed, x learning.Translation, was string) {
			turned.Title, turned.Question = "Oyun", "Oynayın."
			wrong, err := w.Turn(ctx, w.selim, "work", "tr", "tomorrow", was, learning.Turned{Typed: turned, From: x.Source.Hashes()["tomorrow"], Done: true})
			if err != nil || len(wrong) > 0 {
				w.t.Fatal(wrong, err)
			}
			w.must(w.PublishTranslation(ctx, by(w.selim), "work", "tr"))
		}
		turkish := func() content.Screen { return w.module().Content.Languages["tr"].Screens[2] }
		source := func() string { return w.module().Content.Languages["fr"].Screens[2].Package() }
		x, err := w.Translation(ctx, here, "work", "tr")
		w.must(err)
		turn(learning.Typed{Text: "Tek bir şey."}, x, x.Sheet("tomorrow").Mark())
		if s := turkish(); s.Title != "Oyun" || s.Package() == "" || s.Package() != source() {
			w.t.Fatalf("%+v", s)
		}
		first := source()
		w.plays("second")
		if s := turkish(); s.Title != "Oyun" || s.Package() == first || s.Package() != source() {
			w.t.Fatalf("%+v, %s", s, source())
		}
		x, err = w.Translation(ctx, here, "work", "tr") // begun with a package that is not there any more
		w.must(err)
		old := x.Sheet("tomorrow")
		was := old.Mark()
		old.Body = first
		turn(old, x, was)
		if s := turkish(); s.Package() != source() {
			w.t.Fatalf("%+v", s)
		}
	})
}

// plays publishes the last screen with a package of this name.
func (w workshop) plays(title string) {
	w.t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"h5p.json":             `{"title":"` + title + `","mainLibrary":"H5P.A","preloadedDependencies":[{"machineName":"H5P.A","majorVersion":1,"minorVersion":0}]}`,
		"content/content.json": "{}", "H5P.A-1.0/library.json": "{}",
	} {
		f, err := z.Create(name)
		w.must(err)
		_, err = f.Write([]byte(text))
		w.must(err)
	}
	w.must(z.Close())
	at := learning.PackagePath("tomorrow", b.Bytes())
	h, err := w.Blobs.Put(b.Bytes())
	w.must(err)
	w.must(w.Change(w.t.Context(), here, "work", func(m *learning.Manuscript) error {
		t, _ := m.Sheet("tomorrow")
		was := t.Mark()
		t.Kind, t.Question, t.Body, m.Files[at] = content.Packaged, "Jouez.", at, h
		return m.Write("tomorrow", was, t)
	}))
	w.released("Un exercice.")
}
