package tutoring_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/vault"
	"tremplin/internal/identity"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// house is a programme with one group, its tutor and the modules of MIGRANTECH that a test asks for.
type house struct {
	*tutoring.Service
	t     *testing.T
	p     *programme.Programme
	now   time.Time
	group id.ID
	tutor access.Actor
	boss  access.Actor // the coordinator
	n     int
}

func eachHouse(t *testing.T, f func(h *house)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := newHouse(t, fresh(t))
		f(h)
		h.sound()
	})
}

func newHouse(t *testing.T, source string) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 11, 23, 8, 12, 0, 0, time.UTC), group: id.New()}
	var err error
	if h.p, err = programme.Read(os.DirFS("../../programmes/migrantech")); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(t.Context(), dbtest.Open(t, filepath.Join(t.TempDir(), "keys.db")))
	h.must(err)
	j, err := journal.Open(t.Context(), dbtest.Open(t, source), v, func() time.Time { return h.now }, people.View, learning.View, tutoring.View)
	h.must(err)
	t.Cleanup(j.Close)
	h.must(j.Create(t.Context(), h.p.ID()))
	blobs, err := blob.Open(t.TempDir())
	h.must(err)
	ps := &people.Service{J: j}
	h.Service = &tutoring.Service{
		J: j, People: ps, Learning: &learning.Service{J: j, Blobs: blobs, People: ps}, Identity: &identity.Service{J: j, People: ps},
	}
	h.must(ps.Found(t.Context(), h.p))
	h.tutor = h.staff("Leïla", access.Tutor, h.group)
	h.boss = h.staff("Nadia", access.Coordinator, h.p.ID())
	h.must(h.OpenGroup(t.Context(), h.act(), tutoring.NewGroup{
		ID: h.group, Said: tutoring.Opened{Name: "Lundi matin", Place: "Strasbourg", Organisation: h.p.OrganisationID("amsed")},
	}))
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// sound holds the views against the journal.
func (h *house) sound() {
	h.t.Helper()
	bad, err := h.J.Check(h.t.Context())
	h.must(err)
	if len(bad) > 0 {
		h.t.Fatal(strings.Join(bad, "\n"))
	}
}

func (h *house) ctx() context.Context { return h.t.Context() }

func (h *house) act() tutoring.Act {
	return tutoring.Act{Programme: h.p.ID(), Command: id.New(), Author: h.tutor.Person}
}

func (h *house) staff(name string, role access.Role, of id.ID) access.Actor {
	h.t.Helper()
	who := id.Named("staff", name)
	h.must(h.People.Enter(h.ctx(), h.p.ID(), id.New(), who, h.now.AddDate(0, -6, 0), people.Newcomer{
		ID: who, Role: role, Of: of, Said: people.Described{First: name, Last: "M.", Language: "fr", Country: "FR", Phone: "+33353010010"},
	}))
	return access.Actor{Programme: h.p.ID(), Person: who, Name: name, Grants: []access.Grant{{Role: role, Of: of}}}
}

// learner enters somebody so many days ago; shares says that they agreed to share their progress.
func (h *house) learner(name string, days int, shares bool) id.ID {
	h.t.Helper()
	who := id.Named("learner", name)
	h.must(h.People.Enter(h.ctx(), h.p.ID(), id.New(), who, h.now.AddDate(0, 0, -days), people.Newcomer{
		ID: who, Role: access.Learner, Of: h.group, Said: people.Described{First: name, Language: "ar", Country: "FR"},
	}))
	if shares {
		h.must(h.People.Permit(h.ctx(), h.p.ID(), id.New(), who, who, people.Permission{Purpose: "share", Given: true, Version: 1, Opens: "tutor"}))
	}
	return who
}

// publish puts a module of the programme into the library.
func (h *house) publish(slug string) learning.ModuleRow {
	h.t.Helper()
	m, err := content.ReadDir(os.DirFS("../../programmes/migrantech/modules/" + slug))
	h.must(err)
	h.must(h.Learning.Publish(h.ctx(), h.p.ID(), learning.Publication{Command: id.New(), Module: m}))
	row, _, err := learning.Modules.One(h.ctx(), h.J.DB(), h.p.ID(), "and slug=$2", slug)
	h.must(err)
	return row
}

// work lets somebody do a screen so many days ago; a module has of screens.
func (h *house) work(who id.ID, m learning.ModuleRow, screen string, at, of int64, right bool, days int) {
	h.t.Helper()
	h.n++
	h.must(h.Learning.Bring(h.ctx(), h.p.ID(), id.New(), []learning.Work{{
		ID: id.Named("work", fmt.Sprint(h.n)), Learner: learning.Learner{ID: who, Person: true}, Module: m,
		At:   h.now.AddDate(0, 0, -days).UnixMicro(),
		Said: learning.Answered{Number: m.Number, Screen: screen, At: at, Of: of, Right: right, Language: "ar"},
	}}))
}

// finish lets somebody do a module of one screen, so many days ago.
func (h *house) finish(who id.ID, m learning.ModuleRow, days int) {
	h.work(who, m, "only", 1, 1, true, days)
}

func (h *house) selection() tutoring.Selection {
	return tutoring.Selection{Groups: []id.ID{h.group}, Ask: true, Limit: 50}
}

// said writes entries as they are, for histories that no page makes.
func (h *house) said(ds ...journal.Draft) {
	h.t.Helper()
	h.must(h.J.Do(h.ctx(), h.p.ID(), journal.Command{ID: id.New(), Decide: func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
		return ds, nil, nil
	}}))
}
