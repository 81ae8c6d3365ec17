package learning_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
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
	journaltest.Each(t, []*journal.View{people.View, learning.View}, []id.ID{here, there}, func(t *testing.T, j *journal.Journal, _ *journaltest.Clock) {
		f(openWorkshop(t, j))
	})
}

func openWorkshop(t *testing.T, j *journal.Journal) workshop {
	w := workshop{t: t, Service: &learning.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}}}
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
	w.must(w.People.Enter(w.t.Context(), journaltest.Act(here, id.ID{}), n))
	return access.Actor{Programme: here, Person: n.ID, Grants: []access.Grant{{Role: r, Of: here}}}
}

// by is a new act of somebody.
func by(a access.Actor) journal.Act { return journaltest.Act(a.Programme, a.Person) }

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
	w.must(w.Publish(w.t.Context(), journaltest.Act(here, id.ID{}), learning.Publication{Module: m}))
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
	w.must(w.Submit(w.t.Context(), by(w.claire), "work", ""))
	w.must(w.PublishManuscript(w.t.Context(), by(w.nadia), learning.Release{Slug: "work", Note: note, Remarks: remarks}))
}

func (w workshop) wants(err error, key string) {
	w.t.Helper()
	f := fault.Of(err)
	if err == nil || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
		w.t.Fatalf("want %s, got %v", key, err)
	}
}
