// Package load measures Tremplin as it runs: `make bench`. Speed is said as a ratio to something bare
// in the same run; figures of the machine alone stand beside the time of its fsync. It pins nothing.
package load

import (
	"context"
	"net"
	"net/http"
	"os"
	"runtime"
	"testing"
	"time"

	"tremplin/internal/app"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
)

// cores are those of the small machine that the budgets speak of.
const cores = 2

func TestMain(m *testing.M) {
	app.Sweep()
	runtime.GOMAXPROCS(min(cores, runtime.NumCPU()))
	os.Exit(m.Run())
}

const slug = "migrantech"

var here = programme.IDOf(slug)

// each runs f on every engine, with this machine's fsync time beside what f measures.
func each(b *testing.B, f func(b *testing.B, fresh dbtest.New)) {
	for _, e := range []struct {
		name  string
		fresh dbtest.New
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.PostgreSQL}} {
		b.Run(e.name, func(b *testing.B) {
			if e.name == "postgres" && os.Getenv(dbtest.Env) == "" {
				b.Skip("no PostgreSQL: `make bench` starts one, without fsync")
			}
			f(b, e.fresh)
		})
	}
}

// config is an empty house.
func config(b *testing.B, fresh dbtest.New) app.Config {
	c := app.Config{Data: b.TempDir()}
	if source := fresh(b); db.IsPostgreSQL(source) {
		c.Database, c.Keys = source, fresh(b)
	}
	return c
}

// house is Tremplin, served on a port of its own as the command serves it.
type house struct {
	*app.App
	host string
}

func open(b *testing.B, c app.Config) *house {
	a, err := app.Open(b.Context(), c)
	must(b, err)
	b.Cleanup(func() { must(b, a.Close()) })
	return &house{App: a}
}

// demo is a house with its demonstration, open to visits.
func demo(b *testing.B, fresh dbtest.New) *house {
	h := open(b, config(b, fresh))
	_, err := h.Demo(b.Context(), func(int, int) {})
	must(b, err)
	h.open(b)
	return h
}

// open serves the site.
func (h *house) open(b *testing.B) {
	site, err := h.Site(true)
	must(b, err)
	h.host = serve(b, site.Handler())
}

// serve serves a handler on a free port and gives its host.
func serve(b *testing.B, handler http.Handler) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go srv.Serve(l) //nolint:errcheck // it ends when it is closed
	b.Cleanup(func() { _ = srv.Close() })
	return l.Addr().String()
}

// cookie is what a browser says in which an invented person is signed in.
func (h *house) cookie(b *testing.B, name string) string {
	who, err := h.Identity.Invented(b.Context(), here, name)
	must(b, err)
	return h.session(b, who)
}

func (h *house) session(b *testing.B, who id.ID) string {
	said, _, err := h.Identity.Begin(context.WithoutCancel(b.Context()), here, who, id.ID{}, false, "load")
	must(b, err)
	return "s=" + said + "; lang=fr"
}

// fsync is how long this machine takes to be sure of 4 kB.
func fsync(b *testing.B) time.Duration {
	f, err := os.CreateTemp(b.TempDir(), "fsync")
	must(b, err)
	defer f.Close() //nolint:errcheck // a temporary file
	const n = 50
	began := time.Now()
	for range n {
		_, err := f.Write(make([]byte, 4096))
		must(b, err)
		must(b, f.Sync())
	}
	return time.Since(began) / n
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
