// Package tutoringtest is a programme with a group, its tutor and what people did in it, for the tests of
// the service and of its pages. It is for tests alone.
package tutoringtest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/identity"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// House is a programme with one group, its tutor and the modules of MIGRANTECH that a test asks for.
type House struct {
	*tutoring.Service
	*journaltest.Clock
	T       *testing.T
	P       *programme.Programme
	GroupID id.ID
	Tutor   access.Actor
	Boss    access.Actor // the coordinator
	works   int
}

// Each runs f in a new house on every engine, and holds the views against the journal after it.
func Each(t *testing.T, f func(h *House)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := New(t, fresh(t))
		f(h)
		journaltest.Sound(t, h.J)
	})
}

// New opens a house in an empty database.
func New(t *testing.T, source string) *House {
	t.Helper()
	h := &House{T: t, GroupID: id.New()}
	var err error
	if h.P, err = programme.Read(os.DirFS(top() + "/programmes/migrantech")); err != nil {
		t.Fatal(err)
	}
	j, c := journaltest.New(t, source, []*journal.View{people.View, learning.View, tutoring.View}, h.P.ID())
	h.Clock = c
	ps := &people.Service{J: j}
	h.Service = &tutoring.Service{
		J: j, People: ps, Learning: &learning.Service{J: j, Blobs: blob.In(t.TempDir()), People: ps}, Identity: &identity.Service{J: j, People: ps},
	}
	h.Must(ps.Found(t.Context(), h.P))
	h.Tutor = h.Staff("Leïla", access.Tutor, h.GroupID)
	h.Boss = h.Staff("Nadia", access.Coordinator, h.P.ID())
	h.Must(h.OpenGroup(t.Context(), h.Act(), tutoring.NewGroup{
		ID: h.GroupID, Said: tutoring.Opened{Name: "Lundi matin", Place: "Strasbourg", Organisation: h.P.OrganisationID("amsed")},
	}))
	return h
}

// Must stops the test at an error.
func (h *House) Must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

// Ctx is the test's.
func (h *House) Ctx() context.Context { return h.T.Context() }

// Act is a new act of the tutor.
func (h *House) Act() journal.Act { return h.by(h.Tutor.Person, time.Time{}) }

// by is a new act of anybody, at some time or (zero) now.
func (h *House) by(who id.ID, at time.Time) journal.Act {
	return journal.Act{Programme: h.P.ID(), ID: id.New(), Author: who, At: at}
}

// Staff enters somebody who works in the programme.
func (h *House) Staff(name string, role access.Role, of id.ID) access.Actor {
	h.T.Helper()
	who := id.Named("staff", name)
	h.Must(h.People.Enter(h.Ctx(), h.by(who, h.Now.AddDate(0, -6, 0)), people.Newcomer{
		ID: who, Role: role, Of: of, Said: people.Described{First: name, Last: "M.", Language: "fr", Country: "FR", Phone: "+33353010010"},
	}))
	return access.Actor{Programme: h.P.ID(), Person: who, Name: name, Grants: []access.Grant{{Role: role, Of: of}}}
}

// Learner enters somebody so many days ago; shares says that they agreed to share their progress.
func (h *House) Learner(name string, days int, shares bool) id.ID {
	h.T.Helper()
	who := id.Named("learner", name)
	h.Must(h.People.Enter(h.Ctx(), h.by(who, h.Now.AddDate(0, 0, -days)), people.Newcomer{
		ID: who, Role: access.Learner, Of: h.GroupID, Said: people.Described{First: name, Language: "ar", Country: "FR"},
	}))
	if shares {
		h.Must(h.People.Permit(h.Ctx(), h.by(who, time.Time{}), who, people.Permission{Purpose: "share", Given: true, Version: 1, Opens: "tutor"}))
	}
	return who
}

// Enters enters somebody who is in no group.
func (h *House) Enters(name, lang string) (id.ID, error) {
	who := id.Named("alone", name)
	return who, h.People.Enter(h.Ctx(), h.by(who, h.Now.AddDate(0, 0, -1)), people.Newcomer{
		ID: who, Role: access.Learner, Said: people.Described{First: name, Language: lang, Country: "FR"},
	})
}

// Publish puts a module of the programme into the library, as a package that was made elsewhere.
func (h *House) Publish(slug string) learning.ModuleRow {
	h.T.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h.Must(w.AddFS(os.DirFS(top() + "/programmes/migrantech/modules/" + slug)))
	h.Must(w.Close())
	pack, err := h.Learning.Blobs.Put(b.Bytes())
	h.Must(err)
	m := learning.ModuleID(h.P.ID(), slug)
	h.Said(learning.KindPublished.Draft(m, m, learning.Published{
		Slug: slug, Number: 1, Package: string(pack), Source: "fr", Level: "A2", Minutes: 6, Audience: "learner",
		Titles: map[string]learning.Title{"fr": {Title: "Le module " + slug}, "ar": {Title: "الوحدة"}},
	}))
	row, _, err := learning.Modules.One(h.Ctx(), h.J.DB(), h.P.ID(), "and slug=$2", slug)
	h.Must(err)
	return row
}

// Work lets somebody do a screen so many days ago; a module has of screens.
func (h *House) Work(who id.ID, m learning.ModuleRow, screen string, at, of int64, right bool, days int) {
	h.T.Helper()
	h.works++
	h.Must(h.Learning.Bring(h.Ctx(), h.Act(), []learning.Work{{
		ID: id.Named("work", fmt.Sprint(h.works)), Learner: learning.Learner{ID: who, Person: true}, Module: m,
		At:   h.Now.AddDate(0, 0, -days).UnixMicro(),
		Said: learning.Answered{Number: m.Number, Screen: screen, At: at, Of: of, Right: right, Language: "ar"},
	}}))
}

// Finish lets somebody do a module of one screen, so many days ago.
func (h *House) Finish(who id.ID, m learning.ModuleRow, days int) {
	h.Work(who, m, "only", 1, 1, true, days)
}

// Selection is the group, as the tutor of a programme that asks for consent sees it.
func (h *House) Selection() tutoring.Selection {
	return tutoring.Selection{Groups: []id.ID{h.GroupID}, Ask: 1, Limit: 50}
}

// Said writes entries as they are, for histories that no page makes.
func (h *House) Said(ds ...journal.Draft) {
	h.T.Helper()
	h.Must(h.J.Do(h.Ctx(), h.by(id.ID{}, time.Time{}), [32]byte{}, journal.Known(ds...)))
}

// top is the folder of the project: the first one above the test that has a go.mod.
func top() string {
	dir := "."
	for range 5 {
		if _, err := os.Stat(dir + "/go.mod"); err == nil {
			return dir
		}
		dir += "/.."
	}
	return dir
}
