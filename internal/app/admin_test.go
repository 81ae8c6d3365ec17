package app_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tremplin/internal/app"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/programme"
)

// administrator is a browser in which the first account is signed in.
type administrator struct {
	t      *testing.T
	base   string
	client *http.Client
}

func (h *house) administrator() administrator {
	h.t.Helper()
	site, err := h.Site(false)
	must(h.t, err)
	srv := httptest.NewServer(site.Handler())
	h.t.Cleanup(srv.Close)
	jar, err := cookiejar.New(nil)
	must(h.t, err)
	a := administrator{h.t, srv.URL, &http.Client{Jar: jar}}
	a.post("/setup", url.Values{"first": {"Alex"}, "email": {"alex@example.org"}, "password": {"a long enough secret"}, "programme": {"migrantech"}})
	return a
}

func (a administrator) post(path string, form url.Values) string {
	a.t.Helper()
	res, err := a.client.PostForm(a.base+path, form)
	return a.read(res, err)
}

func (a administrator) get(path string) string {
	a.t.Helper()
	res, err := a.client.Get(a.base + path + "?lang=en")
	return a.read(res, err)
}

func (a administrator) read(res *http.Response, err error) string {
	a.t.Helper()
	must(a.t, err)
	defer res.Body.Close() //nolint:errcheck // it was read
	b, err := io.ReadAll(res.Body)
	must(a.t, err)
	if res.StatusCode != http.StatusOK {
		a.t.Errorf("%s: %s", res.Request.URL.Path, res.Status)
	}
	return string(b)
}

// A first visit that is refused has begun nothing: another programme may be chosen after it.
func TestRefusedFirstVisitBeginsNothing(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	site, err := a.Site(false)
	must(t, err)
	form := url.Values{"first": {""}, "email": {"alex"}, "password": {"short"}, "programme": {"migrantech"}}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/setup", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "en")
	w := httptest.NewRecorder()
	site.Handler().ServeHTTP(w, r)
	for _, says := range []string{"too short", "e-mail address", "first name"} {
		if !strings.Contains(w.Body.String(), says) {
			t.Errorf("the page does not say what is wrong with the %s", says)
		}
	}
	if running, err := a.Running(t.Context()); w.Code != http.StatusUnprocessableEntity || err != nil || len(running) > 0 {
		t.Errorf("%d, and %d programmes run: %v", w.Code, len(running), err)
	}
}

// Jobs that failed are seen with the reason, the programme's and the house's own, and can be tried at once.
func TestAdministratorSeesFailedJobs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.administrator()
		if page := a.get("/admin"); !strings.Contains(page, "Nothing is waiting.") {
			t.Error("something is waiting in an empty house")
		}
		failed := map[string]id.ID{}
		for kind, of := range map[string]id.ID{"journal.erase": programme.IDOf("migrantech"), "house.tidy": {}} {
			failed[kind] = id.New()
			h.Jobs.Do[kind] = func(context.Context, job.Job) error { return errors.New("no room for " + kind) }
			must(t, h.DB.Update(t.Context(), func(tx *db.Tx) error {
				return job.Put(t.Context(), tx, of, failed[kind], job.Job{Kind: kind, Payload: []byte("{}")}, h.now)
			}))
		}
		if page := a.get("/admin"); !strings.Contains(page, "Nothing is waiting.") {
			t.Error("what is due this moment is shown as if it were late")
		}
		h.now = h.now.Add(10 * time.Second)
		if page := a.get("/admin"); strings.Count(page, "Waiting for its turn.") != 2 {
			t.Error("jobs that wait are not shown")
		}
		h.Jobs.Drain(t.Context())
		page := a.get("/admin")
		for _, says := range []string{"no room for journal.erase", "no room for house.tidy", "information for ever", "begun and left", "It failed 1 time "} {
			if !strings.Contains(page, says) {
				t.Errorf("the page does not say %q", says)
			}
		}
		for kind, v := range failed {
			h.Jobs.Do[kind] = func(context.Context, job.Job) error { return nil }
			a.post("/admin/job", url.Values{"job": {v.String()}})
		}
		h.Jobs.Drain(t.Context())
		if page := a.get("/admin"); !strings.Contains(page, "Nothing is waiting.") {
			t.Error("what was tried again still waits")
		}
	})
}
