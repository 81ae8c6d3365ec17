package e2e_test

import (
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/app"
	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/programmes"
)

// house is Tremplin with its demonstration, served on a port of its own, and the browser that visits it.
type house struct {
	app     *app.App
	site    *web.Site
	base    string
	browser context.Context

	mu      sync.Mutex
	queries map[string]int // the most statements that a page needed, by route
}

// slugs: the demonstration's programme, and another in the same database whose ids must open nothing here.
const (
	here  = "migrantech"
	there = "migrantech-neighbour"
)

// open begins a house on a fresh database.
func open(t *testing.T, fresh dbtest.New, browser context.Context) *house {
	t.Helper()
	c := app.Config{Data: t.TempDir(), Programmes: folder(t)}
	if source := fresh(t); db.IsPostgreSQL(source) {
		c.Database, c.Keys = source, fresh(t)
	}
	a, err := app.Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	_, err = a.Demo(t.Context(), func(int, int) {})
	must(t, err)
	_, err = a.Begin(t.Context(), there, time.Time{})
	must(t, err)
	must(t, a.People.Enter(t.Context(), programme.IDOf(there), id.New(), id.ID{}, time.Time{},
		people.Newcomer{ID: neighbour, Role: access.Learner, Said: people.Described{First: "Vesna", Language: "fr"}}))
	h := &house{app: a, browser: browser, queries: map[string]int{}}
	h.site, err = a.Site(true)
	must(t, err)
	h.serve(t)
	return h
}

// neighbour is a person of the other programme.
var neighbour = id.Named("e2e", "neighbour")

// folder holds the programmes of the binary, and a small one beside them.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(dir, programmes.Files))
	mine := filepath.Join(dir, there)
	module, err := fs.Sub(programmes.Files, here+"/modules/speaking-at-work")
	must(t, err)
	must(t, os.CopyFS(filepath.Join(mine, "modules", foreignSlug), module))
	rewrite(t, filepath.Join(dir, here, "programme.yaml"), filepath.Join(mine, "programme.yaml"), "slug: "+here, "slug: "+there)
	yaml := filepath.Join(mine, "modules", foreignSlug, "module.yaml")
	rewrite(t, yaml, yaml, "slug: speaking-at-work", "slug: "+foreignSlug)
	return dir
}

// foreignSlug is a module that only the other programme has.
const foreignSlug = "speaking-next-door"

func rewrite(t *testing.T, from, to, old, word string) {
	t.Helper()
	b, err := os.ReadFile(from)
	must(t, err)
	if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("%s has no %q", from, old)
	}
	must(t, os.WriteFile(to, bytes.Replace(b, []byte(old), []byte(word), 1), 0o600))
}

func (h *house) serve(t *testing.T) {
	t.Helper()
	srv := httptest.NewServer(h.counting(h.site.Handler()))
	work, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() { defer close(done); h.app.Jobs.Run(work) }()
	t.Cleanup(func() { srv.Close(); stop(); <-done })
	h.base = srv.URL
}

// counting notes how many statements each page needs.
func (h *house) counting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		r = r.WithContext(db.Counted(r.Context(), &n))
		next.ServeHTTP(w, r)
		if r.Method != http.MethodGet {
			return
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.queries[r.Pattern] = max(h.queries[r.Pattern], n)
	})
}

// check holds the journal to its rule: the views are the fold of the log, and the log is whole.
func (h *house) check(t *testing.T) {
	t.Helper()
	x0 := time.Now()
	defer func() { t.Log("check took", time.Since(x0)) }()
	bad, err := h.app.Journal.Check(t.Context())
	must(t, err)
	t.Log("check1", time.Since(x0))
	if len(bad) > 0 {
		t.Errorf("the views are not the fold of the journal:\n%s", strings.Join(bad, "\n"))
	}
	_, err = h.app.Journal.Verify(t.Context())
	must(t, err)
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
