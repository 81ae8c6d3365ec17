package app_test

import (
	"testing"
	"time"

	"tremplin/internal/app"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
)

// house is Tremplin on an empty database, in which MIGRANTECH has begun, with a clock that the test moves.
type house struct {
	*app.App
	t   *testing.T
	now time.Time
}

// each runs f in a house of every engine.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := &house{t: t, now: time.Date(2026, 11, 23, 8, 45, 0, 0, time.UTC)}
		c := app.Config{Data: t.TempDir(), Now: func() time.Time { return h.now }}
		if source := fresh(t); db.IsPostgreSQL(source) {
			c.Database, c.Keys = source, fresh(t)
		}
		var err error
		h.App, err = app.Open(t.Context(), c)
		must(t, err)
		t.Cleanup(func() { must(t, h.Close()) })
		_, err = h.Begin(t.Context(), "migrantech", time.Time{})
		must(t, err)
		f(t, h)
	})
}

// count is how many rows of a table there are.
func (h *house) count(table, where string, args ...any) (n int) {
	h.t.Helper()
	must(h.t, h.DB.QueryRow(h.t.Context(), "select count(*) from "+table+" where "+where, args...).Scan(&n))
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
