package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/people"
	"tremplin/internal/records"
)

// pair are two stores: what is kept here is passed on there.
type pair struct {
	here, there *store
	url         string
	forward     id.ID
	login       records.Login

	mu    sync.Mutex
	asked []string                                          // the bodies of statements that were sent there
	stand func(w http.ResponseWriter, r *http.Request) bool // in the way of what is sent; true: it was answered
	after func()                                            // when there has answered, and here does not know yet
}

// between runs f with two stores, each with a database of its own: here on each engine.
func between(t *testing.T, f func(p *pair)) {
	each(t, func(here *store) {
		programme := id.Named("elsewhere")
		j, c := journaltest.New(here.T, dbtest.SQLite(here.T), []*journal.View{people.View, records.View}, programme)
		p := &pair{here: here, there: newStore(here.T, j, c, programme)}
		site := httptest.NewServer(p)
		defer site.Close()
		p.url, p.login = site.URL+"/xapi", records.Login{Key: p.there.key, Secret: p.there.secret}
		f(p)
	})
}

func (p *pair) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	if p.stand == nil || !p.stand(w, r) {
		p.answer(w, r)
	}
	after := p.after
	p.mu.Unlock()
	if after != nil {
		after()
	}
}

func (p *pair) answer(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	r.Body = tee{r.Body, &b}
	p.there.api.ServeHTTP(w, r)
	if r.URL.Path == "/xapi/statements" && b.String() != "[]" {
		p.asked = append(p.asked, b.String())
	}
}

// tee keeps what is read.
type tee struct {
	body interface {
		Read(b []byte) (int, error)
		Close() error
	}
	into *strings.Builder
}

func (t tee) Read(b []byte) (int, error) {
	n, err := t.body.Read(b)
	t.into.Write(b[:n])
	return n, err
}

func (t tee) Close() error { return t.body.Close() }

// set sets a forward from here to there.
func (p *pair) set(f records.Forward) {
	p.here.Helper()
	a := journaltest.Act(p.here.programme, id.Named("admin"))
	f.Name, f.URL, f.Purpose = "Région", p.url, "Convention du 3 mars"
	for range 2 { // a second click
		if err := p.here.SetForward(p.here.Context(), a, f, p.login); err != nil {
			p.here.Fatal(err)
		}
	}
	p.forward = a.ID
}

// runner does the jobs of here, as a process does.
func (p *pair) runner() *job.Runner {
	return &job.Runner{DB: p.here.J.DB(), Now: func() time.Time { return p.here.Now }, Do: map[string]func(context.Context, job.Job) error{records.ForwardJob: p.here.Forward}}
}

// job is the one that passes on.
func (p *pair) job() job.Job {
	return job.Job{Programme: p.here.programme, Payload: []byte(`"` + p.forward.String() + `"`)}
}

// pass lets some time go by, and passes on what is due.
func (p *pair) pass(wait time.Duration) {
	p.here.Helper()
	p.here.Now = p.here.Now.Add(wait)
	p.runner().Drain(p.here.Context())
}

// now is how the forward stands.
func (p *pair) now() *records.Passing {
	p.here.Helper()
	all, err := p.here.ForwardsOf(p.here.Context(), p.here.programme)
	if err != nil {
		p.here.Fatal(err)
	}
	for _, w := range all {
		if w.Owner == p.forward {
			return w
		}
	}
	p.here.Fatal("there is no such forward")
	return nil
}

// arrived holds what is kept there, in the order of arrival.
func (p *pair) arrived(want ...string) {
	p.here.Helper()
	var got []string
	for path := "/statements?ascending=true"; path != ""; {
		var ids []string
		ids, path = p.there.page(path)
		got = append(got, ids...)
	}
	if !slices.Equal(got, want) {
		p.here.Fatalf("there are %d, want %d, in this order", len(got), len(want))
	}
}

// trouble holds the forward to be in a trouble; empty: in none.
func (p *pair) trouble(kind string) {
	p.here.Helper()
	got := ""
	if t := p.now().Trouble; t != nil {
		got = t.Kind
	}
	if got != kind {
		p.here.Fatalf("the trouble is %q, want %q", got, kind)
	}
}

func (p *pair) hasten() {
	p.here.Helper()
	if err := p.here.Hasten(p.here.Context(), p.here.programme, p.forward); err != nil {
		p.here.Fatal(err)
	}
	p.pass(0)
}

// drafts counts the drafts of forwards that meet a condition.
func (p *pair) drafts(where string) (n int) {
	p.here.Helper()
	if p.here.J.DB().Engine == db.PostgreSQL {
		where = strings.ReplaceAll(where, "body", "convert_from(body,'UTF8')")
	} else {
		where = strings.ReplaceAll(where, "body", "cast(body as text)")
	}
	if err := p.here.J.DB().QueryRow(p.here.Context(), "select count(*) from draft where kind like 'xapi.forward.%' and "+where).Scan(&n); err != nil {
		p.here.Fatal(err)
	}
	return n
}

// erase erases an actor here, for ever.
func (p *pair) erase(who string) {
	p.here.Helper()
	ids := p.here.found("agent", `{"mbox":"mailto:`+who+`@example.org"}`)
	which, _ := id.Parse(ids[0])
	w, _, err := p.here.One(p.here.Context(), p.here.programme, which)
	if err == nil {
		a := journaltest.Act(p.here.programme, id.ID{})
		err = p.here.J.Do(p.here.Context(), a, journal.Same(who), journal.Known(journal.Erased.Draft(w.Owner, w.Owner, journal.Reason{})))
	}
	if err == nil {
		err = p.here.J.Erase(p.here.Context(), p.here.programme, w.Owner)
	}
	if err != nil {
		p.here.Fatal(err)
	}
}

// silent holds that what administrators read of a job does not say the secret.
func (p *pair) silent() {
	p.here.Helper()
	js, err := job.List(p.here.Context(), p.here.J.DB(), p.here.programme, p.here.Now, 9)
	if err != nil || len(js) != 1 || js[0].Error == "" || strings.Contains(js[0].Error, p.login.Secret) || strings.Contains(js[0].Error, p.login.Key) {
		p.here.Errorf("%v %+v", err, js)
	}
}
