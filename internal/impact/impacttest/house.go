// Package impacttest plays invented programmes for tests of figures and of their pages.
package impacttest

import (
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// House is one programme of invented people with a clock that the test moves.
type House struct {
	*impact.Service
	*journaltest.Clock
	T testing.TB
	P *programme.Programme
	n int
}

// New begins a programme that promises what book says.
func New(t testing.TB, fresh dbtest.New, book string) *House {
	h := &House{T: t}
	h.P = &programme.Programme{
		Slug: "test", Languages: []string{"fr", "en", "pt", "tr", "ar", "uk"}, Source: "fr",
		Organisations: []programme.Organisation{{Slug: "operator", Name: "Operator", Country: "BE"}, {Slug: "authority", Name: "Authority", Country: "BE"}},
		Files:         fstest.MapFS{"indicators.yaml": {Data: []byte(book)}},
	}
	j, c := journaltest.New(t, fresh(t), []*journal.View{people.View, learning.View, tutoring.View, impact.View}, h.P.ID())
	h.Clock, c.Now = c, At("2026-01-10")
	books, err := impact.Load(map[string]*programme.Programme{"test": h.P})
	h.Must(err)
	h.Service = &impact.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}, Books: books}
	return h
}

// Must ends the test on an error.
func (h *House) Must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

// At is noon of a day.
func At(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

// Who is the id of an invented person.
func Who(name string) id.ID { return id.Named("person", name) }

// Act is a new act of somebody.
func (h *House) Act(name string) journal.Act {
	h.n++
	return journal.Act{Programme: h.P.ID(), ID: id.Named("act", strconv.Itoa(h.n)), Author: Who(name)}
}

// On writes entries on a day; the clock stands then, unless it is later already.
func (h *House) On(day string, drafts ...journal.Draft) id.ID {
	h.T.Helper()
	if d := At(day); d.After(h.Now) {
		h.Now = d
	}
	a := h.Act("")
	a.At, a.Author = At(day), drafts[0].Owner
	h.Must(h.J.Do(h.T.Context(), a, journal.Same(h.n), journal.Known(drafts...)))
	return a.ID
}

// Enter enters an invented person.
func (h *House) Enter(day, name string, role access.Role, d people.Described) {
	h.T.Helper()
	d.First = name
	n := people.Newcomer{ID: Who(name), Said: d, Role: role, Of: h.P.OrganisationID("operator")}
	h.On(day, n.Drafts(h.P.ID())...)
}

// Count gives a figure.
func (h *House) Count(q impact.Query, indicator string) int64 {
	h.T.Helper()
	h.Now = h.Now.Add(time.Minute) // the journal gives each entry a time of its own
	st, err := h.Figures(h.T.Context(), h.P.ID(), q)
	h.Must(err)
	f, err := st.Figure(indicator)
	h.Must(err)
	return f.N
}

// Same holds the views to their rebuild.
func (h *House) Same() { journaltest.Sound(h.T, h.J) }
