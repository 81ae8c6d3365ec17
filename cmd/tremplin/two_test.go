package main

import (
	"net/http"
	"net/url"
	"os"
	"sync"
	"testing"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
)

// two are processes that serve one PostgreSQL database, with the documents in a folder that both see.
type two struct {
	a, b   *process
	source string
	stores []string // the flags that name it
}

// serveTwice starts both at once on an empty database: each begins the programme, and it begins once.
func serveTwice(t *testing.T) two {
	t.Helper()
	if os.Getenv(dbtest.Env) == "" {
		t.Skip("no PostgreSQL: `make test` starts one")
	}
	w := two{source: dbtest.PostgreSQL(t)}
	w.stores = []string{"--data", t.TempDir(), "--database", w.source, "--keys", dbtest.PostgreSQL(t)}
	flags := append([]string{"serve", "--programme", "migrantech", "--addr", "127.0.0.1:0"}, w.stores...)
	var both sync.WaitGroup
	for _, p := range []**process{&w.a, &w.b} {
		both.Go(func() {
			var err error
			if *p, err = start(t.Context(), nil, flags...); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	t.Cleanup(w.end)
	if t.Failed() {
		t.FailNow()
	}
	return w
}

// end waits for the processes before their schema is dropped.
func (w two) end() {
	for _, p := range []*process{w.a, w.b} {
		if p != nil {
			p.stop()
		}
	}
}

func TestTwoProcessesAreOne(t *testing.T) {
	t.Parallel()
	w := serveTwice(t)
	alex := visitor(t)
	if a := post(t, alex, w.a.base+"/setup", first()); a.status != http.StatusSeeOther {
		t.Fatalf("the first visit: %d %s", a.status, a.body)
	}
	if a := get(t, alex, w.b.base+"/programme"); a.status != http.StatusOK { // cookies know no port
		t.Fatalf("signed in at one, the other says %d %s", a.status, a.goes)
	}
	w.learn(t, alex)
	w.give(t, alex)
	w.inOrder(t)
}

// learn sends one answer to both at the same time: it counts once, and both show it.
func (w two) learn(t *testing.T, c *http.Client) {
	t.Helper()
	const screen = "/learn/speaking-at-work/1"
	cid := id.New()
	var both sync.WaitGroup
	for _, p := range []*process{w.a, w.b, w.a, w.b} {
		both.Go(func() {
			res, err := c.PostForm(p.base+screen, url.Values{"cid": {cid.String()}, "a": {"0"}})
			if err != nil {
				t.Error(err)
				return
			}
			_ = res.Body.Close()
			if res.StatusCode >= http.StatusBadRequest {
				t.Errorf("an answer sent again: %d", res.StatusCode)
			}
		})
	}
	both.Wait()
	if n := one[int](t, w.source, "select count(*) from entry where kind='learning.screen.answered'"); n != 1 {
		t.Errorf("%d entries of one answer", n)
	}
	if n := one[int](t, w.source, "select count(*) from learning_try"); n != 1 {
		t.Errorf("%d screens were tried, not one", n)
	}
	if n := one[int](t, w.source, "select sum(n) from total where name='learning_try/seen'"); n != 1 {
		t.Errorf("the screen was seen %d times, not once", n)
	}
}

// give lets somebody in at one; a second role, given at the one, opens a page at the other before long.
func (w two) give(t *testing.T, alex *http.Client) {
	t.Helper()
	form := url.Values{"first": {"Claire"}, "email": {"claire@example.org"}, "password": {"another long secret"}, "role": {"author"}}
	let := func() {
		if a := post(t, alex, w.a.base+"/admin/staff", form); a.status != http.StatusSeeOther {
			t.Fatalf("a role given: %d %s", a.status, a.body)
		}
	}
	let()
	claire := visitor(t)
	if a := post(t, claire, w.b.base+"/sign-in", url.Values{"email": form["email"], "password": form["password"]}); a.status != http.StatusSeeOther {
		t.Fatalf("let in at one, sign-in at the other: %d %s", a.status, a.body)
	}
	people := func() int { return get(t, claire, w.b.base+"/people").status }
	if status := people(); status != http.StatusForbidden {
		t.Fatalf("an author sees the people: %d", status)
	}
	form.Set("role", "coordinator")
	let()
	eventually(t, "the role shows at the other process", func() bool { return people() == http.StatusOK })
}

// inOrder ends both and holds what they wrote together against the log.
func (w two) inOrder(t *testing.T) {
	t.Helper()
	for _, p := range []*process{w.a, w.b} {
		if code := p.stop(); code != 0 {
			t.Errorf("exit code %d: %s", code, p.words())
		}
	}
	for _, command := range [][]string{{"verify"}, {"rebuild", "--check"}} {
		if code, said := run(t, append(command, w.stores...)...); code != 0 {
			t.Errorf("%v: %d %s", command, code, said)
		}
	}
}
