// Package journaltest gives a slice's tests a journal of each engine, and holds at the end of each test
// that its views are the folds of its entries. It is for tests alone.
package journaltest

import (
	"context"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
)

// Monday is when tests take place: 23 November 2026, 8:45.
var Monday = time.Date(2026, 11, 23, 8, 45, 0, 0, time.UTC)

// Clock is the time of a test, which only the test moves.
type Clock struct{ Now time.Time }

// Each runs f with an empty journal of every engine, in which the programmes have begun.
func Each(t *testing.T, views []*journal.View, programmes []id.ID, f func(t *testing.T, j *journal.Journal, c *Clock)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		j, c := New(t, fresh(t), views, programmes...)
		f(t, j, c)
		Sound(t, j)
	})
}

// New is a journal in an empty database, in which the programmes have begun.
func New(t testing.TB, source string, views []*journal.View, programmes ...id.ID) (*journal.Journal, *Clock) {
	t.Helper()
	c := &Clock{Monday}
	v, err := vault.Open(t.Context(), dbtest.Open(t, dbtest.SQLite(t)))
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.Context(), dbtest.Open(t, source), v, func() time.Time { return c.Now }, views...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	for _, p := range programmes {
		if err := j.Create(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	return j, c
}

// Act is a new act of somebody, or (zero) of nobody who is known.
func Act(programme, author id.ID) journal.Act {
	return journal.Act{Programme: programme, ID: id.New(), Author: author}
}

// Sound holds that views equal their rebuild and that the log verifies.
func Sound(t testing.TB, j *journal.Journal) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	if bad, err := j.Check(ctx); err != nil || len(bad) > 0 {
		t.Errorf("the views are not the folds of their entries: %v\n%s", err, strings.Join(bad, "\n"))
	}
	if _, err := j.Verify(ctx); err != nil {
		t.Error(err)
	}
}
