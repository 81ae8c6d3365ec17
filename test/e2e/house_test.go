package e2e_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tremplin/internal/app"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
)

// house is Tremplin with its demonstration, served on a port of its own, and the browser that visits it.
type house struct {
	app     *app.App
	site    *web.Site
	base    string
	browser context.Context

	checked int64        // entries at the last check
	stage   atomic.Int32 // the network of the origin that plays packages: see wire

	handler http.Handler
}

// bare is a house on a fresh database, in which nothing has begun and which is not served yet.
func bare(browser context.Context, t *testing.T, fresh dbtest.New) *house {
	t.Helper()
	c := app.Config{Data: t.TempDir(), Programmes: folder(t), Now: monday()}
	if source := fresh(t); db.IsPostgreSQL(source) {
		c.Database, c.Keys = source, fresh(t)
	}
	a, err := app.Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	return &house{app: a, browser: browser}
}

// open is a house with the demonstration.
func open(browser context.Context, t *testing.T, fresh dbtest.New) *house {
	t.Helper()
	h := bare(browser, t, fresh)
	_, err := h.app.Demo(t.Context(), func(int, int) {})
	must(t, err)
	h.furnish(t)
	h.serve(t, true)
	return h
}

// monday is a clock that begins on the same morning whenever the tests run: the demonstration is of that day.
func monday() func() time.Time {
	began, first := time.Now(), time.Date(2026, 11, 23, 8, 45, 0, 0, time.UTC)
	return func() time.Time { return first.Add(time.Since(began)) }
}

func (h *house) serve(t *testing.T, demo bool) {
	t.Helper()
	packages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.stage.Load() != whole {
			hangUp(w)
			return
		}
		h.app.Stage().ServeHTTP(w, r)
	}))
	t.Cleanup(packages.Close)
	h.app.Config.Content = strings.Replace(packages.URL, "127.0.0.1", "content.tremplin.localhost", 1)
	var err error
	h.site, err = h.app.Site(demo)
	must(t, err)
	h.handler = h.site.Handler()
	srv := httptest.NewServer(h.handler)
	work, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() { defer close(done); h.app.Jobs.Run(work) }()
	t.Cleanup(func() { srv.Close(); stop(); <-done })
	h.base = srv.URL
}

// statements counts how many a page needs for somebody.
func (h *house) statements(t *testing.T, path, as string) (n int) {
	t.Helper()
	r := httptest.NewRequestWithContext(db.Counted(t.Context(), &n), http.MethodGet, h.base+path, nil)
	if as != "" {
		r.AddCookie(h.session(t, as))
	}
	h.handler.ServeHTTP(httptest.NewRecorder(), r)
	return n
}

// check holds the journal to its rule: the views are the fold of the log, and the log is whole. Where
// nothing was written since the last time, that is known.
func (h *house) check(t *testing.T) {
	t.Helper()
	written, err := h.app.Journal.Verify(t.Context())
	must(t, err)
	if written == h.checked {
		return
	}
	bad, err := h.app.Journal.Check(t.Context())
	must(t, err)
	if len(bad) > 0 {
		t.Errorf("the views are not the fold of the journal:\n%s", strings.Join(bad, "\n"))
	}
	h.checked = written
}

// words are those of a language, so that a test names what it looks for as the page does.
func (h *house) words(lang string) *i18n.Words { return h.site.Words.In(lang) }

func (h *house) programme() *programme.Programme { return h.app.Programmes[here] }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
