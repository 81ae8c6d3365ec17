package impact_test

import (
	"context"
	"path/filepath"
	"testing"
	"testing/fstest"
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
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// house is one programme of invented people with a clock that the test moves.
type house struct {
	*impact.Service
	t   testing.TB
	p   *programme.Programme
	now time.Time
	n   int
}

func newHouse(t testing.TB, fresh dbtest.New, book string) *house {
	h := &house{t: t, now: at("2026-01-10")}
	h.p = &programme.Programme{
		Slug: "test", Languages: []string{"fr", "en", "pt", "tr", "ar", "uk"}, Source: "fr",
		Organisations: []programme.Organisation{{Slug: "operator", Name: "Operator", Country: "BE"}, {Slug: "authority", Name: "Authority", Country: "BE"}},
		Files:         fstest.MapFS{"indicators.yaml": {Data: []byte(book)}},
	}
	keys := dbtest.Open(t, filepath.Join(t.TempDir(), "keys.db"))
	v, err := vault.Open(t.Context(), keys)
	h.must(err)
	j, err := journal.Open(t.Context(), dbtest.Open(t, fresh(t)), v, func() time.Time { return h.now },
		people.View, learning.View, tutoring.View, impact.View)
	h.must(err)
	t.Cleanup(j.Close)
	h.must(j.Create(t.Context(), h.p.ID()))
	blobs, err := blob.Open(t.TempDir())
	h.must(err)
	books, err := impact.Load(map[string]*programme.Programme{"test": h.p})
	h.must(err)
	h.Service = &impact.Service{J: j, Blobs: blobs, People: &people.Service{J: j}, Books: books}
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

func who(name string) id.ID { return id.Named("person", name) }

// next is a command's id: the tests have one for each act.
func (h *house) next() id.ID {
	h.n++
	return id.Named("act", string(rune('a'+h.n%26)), time.Duration(h.n).String())
}

// on writes entries on a day; the clock stands then, unless it is later already.
func (h *house) on(day string, drafts ...journal.Draft) id.ID {
	h.t.Helper()
	if d := at(day); d.After(h.now) {
		h.now = d
	}
	command := h.next()
	h.must(h.J.Do(h.t.Context(), h.p.ID(), journal.Command{
		ID: command, Same: journal.Same(h.n), At: at(day), Author: drafts[0].Owner,
		Decide: func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) { return drafts, nil, nil },
	}))
	return command
}

// enter enters an invented person.
func (h *house) enter(day, name string, role access.Role, d people.Described) {
	h.t.Helper()
	d.First = name
	n := people.Newcomer{ID: who(name), Said: d, Role: role, Of: h.p.OrganisationID("operator")}
	h.on(day, n.Drafts(h.p.ID())...)
}

func (h *house) figure(q impact.Query, indicator string) int64 {
	h.t.Helper()
	h.now = h.now.Add(time.Minute) // the journal gives each entry a time of its own
	st, err := h.Figures(h.t.Context(), h.p.ID(), q)
	h.must(err)
	f, err := st.Figure(indicator)
	h.must(err)
	return f.N
}

// same holds the views to their rebuild.
func (h *house) same() {
	h.t.Helper()
	bad, err := h.J.Check(h.t.Context())
	h.must(err)
	for _, b := range bad {
		h.t.Error(b)
	}
}
