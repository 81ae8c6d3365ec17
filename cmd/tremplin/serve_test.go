package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tremplin/internal/app"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
)

// first is the form of the first visit.
func first() url.Values {
	return url.Values{
		"first": {"Alex"}, "last": {"Roux"}, "email": {"alex@example.org"}, "password": {"a long enough secret"},
		"programme": {"migrantech"}, "cid": {"0192f000-0000-7000-8000-000000000001"},
	}
}

func TestEmptyFolder(t *testing.T) {
	t.Parallel()
	p := begin(t, "serve", "--data", t.TempDir())
	healthy(t, p, "sqlite")
	c := visitor(t)
	allToSetup(t, c, p.base)
	if a := post(t, c, p.base+"/setup", first()); a.status != http.StatusSeeOther || a.goes != "/programme" {
		t.Fatalf("the first visit: %d %s\n%s", a.status, a.goes, a.body)
	}
	for page, want := range map[string]int{"/": http.StatusOK, "/programme": http.StatusOK, "/admin": http.StatusOK, "/setup": http.StatusNotFound} {
		if a := get(t, c, p.base+page); a.status != want {
			t.Errorf("%s: %d, want %d", page, a.status, want)
		}
	}
}

// allToSetup tries the doors before the first account exists: all lead to /setup, but what it is made of.
func allToSetup(t *testing.T, c *http.Client, base string) {
	t.Helper()
	pages := []string{
		"/", "/learn/speaking-at-work", "/me", "/group", "/people", "/programme", "/admin", "/account", "/sign-in", "/keep",
		"/who-sees", "/ui", "/card/x", "/certificate/x", "/results", "/no-such-page",
	}
	for _, page := range pages {
		if a := get(t, c, base+page); a.status != http.StatusSeeOther || a.goes != "/setup" {
			t.Errorf("%s: %d %s, want /setup", page, a.status, a.goes)
		}
	}
	for _, page := range []string{"/setup", "/healthz", "/icon.svg"} {
		if a := get(t, c, base+page); a.status != http.StatusOK {
			t.Errorf("%s: %d", page, a.status)
		}
	}
	if a := post(t, c, base+"/language", url.Values{"lang": {"ar"}, "to": {"/setup"}}); a.goes != "/setup" {
		t.Errorf("/language: %d %s", a.status, a.goes)
	}
	if a := get(t, c, base+"/setup"); !strings.Contains(a.body, `lang="ar"`) {
		t.Error("the first visit cannot choose its language")
	}
}

func healthy(t *testing.T, p *process, engine string) {
	t.Helper()
	var said struct{ Status, Version, Engine string }
	must(t, json.Unmarshal([]byte(get(t, visitor(t), p.base+"/healthz").body), &said))
	if said.Status != "ok" || said.Version == "" || said.Engine != engine {
		t.Errorf("/healthz says %+v", said)
	}
}

// half is the form of the first visit, half sent: its handler is reading it.
type half struct {
	t    *testing.T
	host string
	conn net.Conn
	in   *bufio.Reader
	rest string
}

func halfSent(t *testing.T, base string) *half {
	t.Helper()
	host := strings.TrimPrefix(base, "http://")
	conn, err := net.Dial("tcp", host)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	body := first().Encode()
	_, err = fmt.Fprintf(conn, "POST /setup HTTP/1.1\r\nHost: %s\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", host, len(body), body[:10])
	must(t, err)
	in := bufio.NewReader(conn)
	if said, err := in.ReadString('\n'); err != nil || !strings.Contains(said, "100 Continue") {
		t.Fatal(said, err)
	}
	_, err = in.ReadString('\n')
	must(t, err)
	return &half{t, host, conn, in, body[10:]}
}

// alone waits until no new request is taken, sends the rest and holds that it is taken and answered.
func (h *half) alone() {
	h.t.Helper()
	eventually(h.t, "no new request is taken", func() bool {
		other, err := net.Dial("tcp", h.host)
		if err == nil {
			_ = other.Close()
		}
		return err != nil
	})
	_, err := io.WriteString(h.conn, h.rest)
	must(h.t, err)
	res, err := http.ReadResponse(h.in, nil)
	if a := read(h.t, res, err); a.status != http.StatusSeeOther || a.goes != "/programme" {
		h.t.Errorf("%d %s\n%s", a.status, a.goes, a.body)
	}
}

// A form that is half sent when the process is told to end is taken, answered and on disk.
func TestEndsInOrder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := begin(t, "serve", "--data", dir)
	h := halfSent(t, p.base)
	must(t, p.cmd.Process.Signal(syscall.SIGTERM))
	h.alone()
	if code := p.wait(); code != 0 {
		t.Errorf("exit code %d: %s", code, p.words())
	}
	if a := get(t, visitor(t), begin(t, "serve", "--data", dir).base+"/"); a.status != http.StatusOK {
		t.Errorf("after a new start: %d %s", a.status, a.goes)
	}
}

// A job that is under way then is finished too, after the requests and before the database closes.
func TestEndsAfterTheJob(t *testing.T) {
	t.Parallel()
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir()})
	must(t, err)
	began, goOn := make(chan struct{}), make(chan struct{})
	a.Jobs.Do["long"] = func(ctx context.Context, _ job.Job) error { close(began); <-goOn; return ctx.Err() }
	must(t, a.DB.Update(t.Context(), func(tx *db.Tx) error {
		return job.Put(t.Context(), tx, id.ID{}, id.New(), job.Job{Kind: "long", Payload: []byte("{}")}, time.Now())
	}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serveOn(ctx, a, l, false) }()
	<-began
	h := halfSent(t, "http://"+l.Addr().String())
	end()
	h.alone()
	select {
	case err := <-ended:
		t.Errorf("it ends before the job: %v", err)
	default:
	}
	close(goOn)
	must(t, <-ended)
	var left int
	must(t, a.DB.QueryRow(t.Context(), "select count(*) from job where kind='long'").Scan(&left))
	if left > 0 {
		t.Error("the job was not finished")
	}
	must(t, a.Close())
}

func TestFlagsAreVariables(t *testing.T) {
	t.Parallel()
	dir, engine := t.TempDir(), "sqlite"
	env := []string{"TREMPLIN_DATA=" + dir, "TREMPLIN_ADDR=127.0.0.1:0", "TREMPLIN_PROGRAMME=migrantech"}
	if os.Getenv(dbtest.Env) != "" {
		engine = "postgres"
		env = append(env, "TREMPLIN_DATABASE="+dbtest.PostgreSQL(t), "TREMPLIN_KEYS="+dbtest.PostgreSQL(t))
	}
	p, err := start(t.Context(), env, "serve")
	must(t, err)
	healthy(t, p, engine)
	if code := p.stop(); code != 0 {
		t.Errorf("exit code %d: %s", code, p.words())
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "documents", "*", "*")); err != nil || len(kept) == 0 {
		t.Errorf("no module's package in TREMPLIN_DATA: %v", err)
	}
}

func TestTakenPort(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close() //nolint:errcheck // a test
	code, said := run(t, "serve", "--data", t.TempDir(), "--addr", l.Addr().String())
	if code != 1 || !strings.Contains(said, l.Addr().String()) || !strings.Contains(said, "--addr") {
		t.Errorf("%d: %s", code, said)
	}
}

// A site that is told its address by HTTPS keeps readers there; an address that leads nowhere is refused.
func TestAddressOfTheSite(t *testing.T) {
	t.Parallel()
	res, err := visitor(t).Get(begin(t, "serve", "--data", t.TempDir(), "--url", "https://tremplin.example.org/").base + "/setup")
	must(t, err)
	must(t, res.Body.Close())
	if res.Header.Get("Strict-Transport-Security") == "" {
		t.Error("nothing keeps readers with HTTPS")
	}
	for _, address := range []string{"tremplin.example.org", "https://example.org/tremplin", "ftp://example.org", "https://"} {
		code, said := run(t, "serve", "--data", t.TempDir(), "--addr", "127.0.0.1:0", "--url", address)
		if code != 1 || !strings.Contains(said, "--url") {
			t.Errorf("%s: %d %s", address, code, said)
		}
	}
}
