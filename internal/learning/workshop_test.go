package learning_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
)

var (
	here  = id.Named("programme", "here")
	there = id.Named("programme", "there")
)

// workshop is a library with its authors and translators.
type workshop struct {
	*learning.Service
	t             *testing.T
	claire, nadia access.Actor // author, coordinator
	selim         access.Actor // translator, Turkish
}

// eachWorkshop runs f on every engine; at the end the rows must equal the fold of the entries.
func eachWorkshop(t *testing.T, f func(w workshop)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		w := openWorkshop(t, fresh)
		f(w)
		bad, err := w.J.Check(t.Context())
		w.must(err)
		for _, b := range bad {
			t.Error(b)
		}
	})
}

func openWorkshop(t *testing.T, fresh dbtest.New) workshop {
	d, keys := dbtest.Open(t, fresh(t)), dbtest.Open(t, dbtest.SQLite(t))
	v, err := vault.Open(t.Context(), keys)
	w := workshop{t: t}
	w.must(err)
	j, err := journal.Open(t.Context(), d, v, time.Now, people.View, learning.View)
	w.must(err)
	t.Cleanup(j.Close)
	blobs, err := blob.Open(t.TempDir())
	w.must(err)
	p := &people.Service{J: j}
	w.Service = &learning.Service{J: j, Blobs: blobs, People: p}
	w.must(j.Create(t.Context(), here))
	w.must(j.Create(t.Context(), there))
	w.claire, w.nadia, w.selim = w.person("Claire", access.Author, "fr"), w.person("Nadia", access.Coordinator, "fr"), w.person("Selim", access.Translator, "tr")
	return w
}

func (w workshop) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w workshop) person(name string, r access.Role, lang string) access.Actor {
	n := people.Newcomer{ID: id.New(), Role: r, Said: people.Described{First: name, Language: lang}}
	w.must(w.People.Enter(w.t.Context(), here, id.New(), id.ID{}, time.Time{}, n))
	return access.Actor{Programme: here, Person: n.ID, Grants: []access.Grant{{Role: r, Of: here}}}
}

// zipped is a small module of three screens in two languages; words are replaced in pairs.
func zipped(t *testing.T, replace ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	r := strings.NewReplacer(replace...)
	for name, text := range map[string]string{
		"module.yaml": "slug: work\nsource: fr\nneeds: [work]\nsector: \"\"\nlevel: A2\nminutes: 5\ncountries: []\naudience: learner\nlicence: CC-BY-4.0\n",
		"fr.md":       fr, "tr.md": tr,
		"pictures/a.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="#e4f1f0"/></svg>`,
	} {
		f, err := z.Create("work/" + name)
		if err == nil {
			_, err = f.Write([]byte(r.Replace(text)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const fr = `---
title: Chercher
summary: Trouver une offre.
---

# Où {#where}
![Une rue.](pictures/a.svg)

Trois endroits.

# Choisir {#choose}

Que faire ?

` + "``` choice\nVous ne comprenez pas. Que faites-vous ?\n- [ ] Rien > Non.\n- [x] Je demande > Oui.\n> Bien.\n```" + `

# Demain {#tomorrow}

Une seule chose.
`

const tr = `---
title: İş aramak
summary: Bir ilan bulmak.
---

# Nerede {#where}
![Bir sokak.](pictures/a.svg)

Üç yer.

# Seçmek {#choose}

Ne yapmalı?

` + "``` choice\nAnlamadınız. Ne yaparsınız?\n- [ ] Hiçbir şey > Hayır.\n- [x] Sorarım > Evet.\n> Güzel.\n```" + `

# Yarın {#tomorrow}

Tek bir şey.
`

// begun puts the module into the library, as a programme's folder does.
func (w workshop) begun() learning.Module {
	w.t.Helper()
	b := zipped(w.t)
	m, err := content.ReadZip(bytes.NewReader(b), int64(len(b)), content.DefaultLimits)
	w.must(err)
	w.must(w.Publish(w.t.Context(), here, learning.Publication{Command: id.New(), Module: m}))
	return w.module()
}

func (w workshop) module() learning.Module {
	w.t.Helper()
	m, err := w.Module(w.t.Context(), here, "work")
	w.must(err)
	return m
}

// typed changes a screen as a form does.
func (w workshop) typed(screen string, change func(*learning.Typed)) error {
	return w.Change(w.t.Context(), here, "work", func(x *learning.Manuscript) error {
		t, _ := x.Sheet(screen)
		was := t.Mark()
		change(&t)
		return x.Write(screen, was, t)
	})
}

// released submits as Claire and publishes as Nadia.
func (w workshop) released(note string, remarks ...id.ID) {
	w.t.Helper()
	w.must(w.Submit(w.t.Context(), w.claire, id.New(), "work", ""))
	w.must(w.PublishManuscript(w.t.Context(), w.nadia, learning.Release{Command: id.New(), Slug: "work", Note: note, Remarks: remarks}))
}

func (w workshop) wants(err error, key string) {
	w.t.Helper()
	f := fault.Of(err)
	if err == nil || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
		w.t.Fatalf("want %s, got %v", key, err)
	}
}

func TestFourEyes(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Quatre endroits." }))
		publish := func(a access.Actor) error {
			return w.PublishManuscript(ctx, a, learning.Release{Command: id.New(), Slug: "work", Note: "Un endroit de plus."})
		}
		w.wants(publish(w.claire), "author.review.first")
		w.must(w.Submit(ctx, w.claire, id.New(), "work", "Relisez l'écran 1."))
		w.wants(publish(w.claire), "author.review.own")
		w.must(w.Return(ctx, w.nadia, id.New(), "work", "Lequel ?"))
		w.wants(w.Return(ctx, w.nadia, id.New(), "work", "Encore"), "author.review.none")
		w.wants(publish(w.nadia), "author.review.first")
		w.must(w.Submit(ctx, w.claire, id.New(), "work", ""))
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Cinq endroits." }))
		w.wants(publish(w.nadia), "author.review.moved")
		w.must(w.Submit(ctx, w.claire, id.New(), "work", ""))
		command := learning.Release{Command: id.New(), Slug: "work", Note: "Deux de plus."}
		w.must(w.PublishManuscript(ctx, w.nadia, command))
		w.must(w.PublishManuscript(ctx, w.nadia, command)) // a second click
		s, err := w.Study(ctx, here, "work")
		w.must(err)
		if s.Number != 2 || s.Versions[0].Wrote != w.claire.Person || s.Versions[0].Author != w.nadia.Person || s.Versions[0].Alone || s.Review.SentAt != 0 {
			w.t.Fatalf("version %d, %+v, review %+v", s.Number, s.Versions[0], s.Review)
		}
		if _, ok, _ := w.Manuscript(ctx, here, "work"); ok {
			w.t.Fatal("the draft is still there")
		}
	})
}

func TestAloneItIsSaid(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		w.begun()
		w.must(w.People.Take(w.t.Context(), here, id.New(), w.nadia.Person, w.nadia.Person, people.RoleOf{Role: access.Coordinator, Of: here}))
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Quatre endroits." }))
		w.must(w.PublishManuscript(w.t.Context(), w.claire, learning.Release{Command: id.New(), Slug: "work", Note: "Un de plus."}))
		s, err := w.Study(w.t.Context(), here, "work")
		w.must(err)
		if !s.Versions[0].Alone || s.Versions[0].Wrote != w.claire.Person {
			w.t.Fatalf("%+v", s.Versions[0])
		}
	})
}

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
		w.must(w.PublishTranslation(ctx, w.selim, id.New(), "work", "tr"))
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
		w.must(w.PublishTranslation(ctx, w.selim, id.New(), "work", "tr"))
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
				w.wants(w.PublishTranslation(ctx, w.nadia, id.New(), "work", "uk"), "translate.unfinished")
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
		command := id.New()
		w.must(w.PublishTranslation(ctx, w.nadia, command, "work", "uk"))
		w.must(w.PublishTranslation(ctx, w.nadia, command, "work", "uk"))
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
		w.must(w.PublishTranslation(ctx, w.selim, id.New(), "work", "tr"))
		w.released("Plus court.")
		m := w.module()
		if m.Number != 3 || m.Content.Languages["tr"].Screens[0].Blocks[0].Text != "Tam üç yer." || m.Content.Languages["fr"].Screens[2].Blocks[0].Text != "Une chose." {
			w.t.Fatalf("%d %+v", m.Number, m.Content.Languages["tr"])
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

func TestHostilePackages(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		for name, c := range map[string]struct {
			zip  []byte
			code content.Code
		}{
			"no zip":        {[]byte("PK no"), content.ZipBroken},
			"nothing":       {nil, content.ZipBroken},
			"a script":      {zipped(t, "<rect", "<script>alert(1)</script><rect"), content.SVGElement},
			"html":          {zipped(t, "Trois endroits.", "<iframe src=x>"), content.HTML},
			"long":          {zipped(t, "Trois endroits.", strings.Repeat("é", 10_000)), content.BlockLong},
			"latin-1":       {zipped(t, "Trois endroits.", "caf\xe9"), content.TextNotUTF8},
			"other answers": {zipped(t, "- [ ] Hiçbir şey", "- [x] Hiçbir şey"), content.ActivityTwoRight},
			"reserved":      {zipped(t, "slug: work", "slug: new"), content.MetaSlug},
		} {
			_, err := w.Receive(ctx, w.claire, c.zip)
			var ps content.Problems
			if !errors.As(err, &ps) || !ps.Has(c.code) {
				w.t.Errorf("%s: want %s, got %v", name, c.code, err)
			}
		}
	})
}

func TestImportBecomesADraft(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		w.begun()
		slug, err := w.Receive(ctx, w.claire, zipped(t, "Trois endroits.", "Deux endroits.", "Üç yer.", "İki yer."))
		w.must(err)
		w.must(w.Take(ctx, w.claire, slug))
		w.must(w.Take(ctx, w.claire, slug)) // a second click
		w.released("Moins.")
		m := w.module()
		if m.Number != 2 || m.Content.Languages["tr"].Screens[0].Blocks[0].Text != "İki yer." {
			w.t.Fatalf("%+v", m.Content.Languages["tr"])
		}
		tasks, err := w.Tasks(ctx, here, "fr", []string{"tr"})
		if err != nil || len(tasks) > 0 { // brought together, so up to date
			w.t.Fatal(tasks, err)
		}
	})
}

func TestAdoption(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx := w.t.Context()
		b := zipped(t)
		m, err := content.ReadZip(bytes.NewReader(b), int64(len(b)), content.DefaultLimits)
		w.must(err)
		w.must(w.Publish(ctx, there, learning.Publication{Command: id.New(), Module: m}))
		slug, err := w.Adopt(ctx, w.claire, there, "work")
		w.must(err)
		w.must(w.Take(ctx, w.claire, slug))
		w.released("Adopté.")
		if got := w.module(); got.Origin != there || got.OriginNumber != 1 {
			w.t.Fatalf("%+v", got.ModuleRow)
		}
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Ici : deux endroits." })) // a fork keeps its origin
		w.released("Chez nous.")
		if got := w.module(); got.Origin != there || got.OriginNumber != 1 || got.Number != 2 {
			w.t.Fatalf("%+v", got.ModuleRow)
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
		w.wants(w.Submit(ctx, w.claire, id.New(), slug, ""), "")
		w.must(w.Change(ctx, here, slug, func(m *learning.Manuscript) error {
			m.SetHead(learning.Head{Title: "À l'école", Summary: "Une phrase.", Meta: m.Meta})
			name, err := m.Add("كلمة")
			s, _ := m.Sheet(name)
			was := s.Mark()
			s.Text = "Bonjour."
			return errors.Join(err, m.Write(name, was, s))
		}))
		w.must(w.Submit(ctx, w.claire, id.New(), slug, ""))
		w.must(w.PublishManuscript(ctx, w.nadia, learning.Release{Command: id.New(), Slug: slug}))
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
		w.must(w.Remark(ctx, here, id.New(), m, learning.Remarked{Screen: "choose", Language: "fr", Text: "« comprenez » ?"}))
		learner := func(right ...bool) {
			l := learning.Learner{ID: id.New()}
			for _, r := range right {
				given := map[bool]string{false: "0", true: "1"}[r]
				_, err := w.Answer(ctx, here, l, learning.Answer{Command: id.New(), Module: w.module(), At: 2, Given: []string{given}, Language: "fr"})
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
		w.wants(w.Decide(ctx, w.claire, id.New(), m.Owner, learning.Decided{Remark: id.New(), Change: true}), "")
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
		w.must(w.Submit(ctx, w.claire, id.New(), "work", ""))
		desks, err := w.Desks(ctx, w.nadia, "tr")
		if err != nil || len(desks) != 2 || !desks[0].ToRead || desks[0].Title != "İş aramak" || !desks[1].Draft || desks[1].Number != 0 {
			w.t.Fatalf("%+v %v", desks, err)
		}
	})
}

// TestEveryModuleOpensInTheForm: each screen of the programmes' modules is read by the form as it stands.
func TestEveryModuleOpensInTheForm(t *testing.T) {
	folders, err := fs.Glob(os.DirFS("../../programmes"), "*/modules/*/module.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatal("no modules found", err)
	}
	for _, f := range folders {
		m, err := content.ReadDir(os.DirFS("../../programmes/" + strings.TrimSuffix(f, "/module.yaml")))
		if err != nil {
			continue // its own test says so
		}
		for lang, text := range m.Languages {
			for _, s := range text.Screens {
				back, wrong := learning.TypedOf(s).Screen(s.ID)
				if len(wrong) > 0 || content.Hash(back) != content.Hash(s) {
					t.Errorf("%s %s %s: %v\n%s\n%s", f, lang, s.ID, wrong, s.Source(), back.Source())
				}
			}
		}
	}
}
