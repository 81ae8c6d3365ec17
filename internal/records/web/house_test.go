package web_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/people"
	"tremplin/internal/records"
	"tremplin/internal/records/web"
)

// store is a programme whose learning records a client sends and reads.
type store struct {
	*testing.T
	*journaltest.Clock
	*records.Service
	programme   id.ID
	api         http.Handler
	key, secret string
	version     string
}

// each runs f with an empty store on every engine, and holds the views against the journal after it.
func each(t *testing.T, f func(s *store)) {
	programme := id.Named("records")
	journaltest.Each(t, []*journal.View{people.View, records.View}, []id.ID{programme}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		f(newStore(t, j, c, programme))
	})
}

func newStore(t *testing.T, j *journal.Journal, c *journaltest.Clock, programme id.ID) *store {
	s := &store{T: t, Clock: c, Service: &records.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}}, programme: programme, version: "1.0.3"}
	s.api = web.NewAPI(s.Service, func(context.Context) ([]id.ID, error) { return []id.ID{programme}, nil },
		func(*http.Request) string { return "https://tremplin.example.org" }, func() time.Time { return c.Now })
	s.as(records.All)
	return s
}

// as goes on as another client, with some scopes.
func (s *store) as(scopes ...string) {
	s.Helper()
	var err error
	if s.key, s.secret, err = s.AddClient(s.Context(), journaltest.Act(s.programme, id.ID{}), records.Client{Name: "Plateforme", Scopes: scopes}); err != nil {
		s.Fatal(err)
	}
}

// said is an answer.
type said struct {
	*store
	status int
	header http.Header
	body   string
}

// ask sends a request; headers are name, value, name, value.
func (s *store) ask(method, path, body string, headers ...string) said {
	s.Helper()
	r := httptest.NewRequest(method, "/xapi"+path, strings.NewReader(body))
	r.Header.Set("X-Experience-API-Version", s.version)
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(s.key+":"+s.secret)))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if r.Header.Del(headers[i]); headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	return said{s, w.Code, w.Header(), w.Body.String()}
}

// is holds an answer to its status.
func (a said) is(status int) said {
	a.Helper()
	if a.status != status {
		a.Fatalf("%d instead of %d: %s", a.status, status, a.body)
	}
	return a
}

// says holds a refusal to some words.
func (a said) says(words string) said {
	a.Helper()
	if !strings.Contains(a.body, words) {
		a.Errorf("%q is not said: %s", words, a.body)
	}
	return a
}

func (a said) json(into any) {
	a.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		a.Fatalf("%v: %s", err, a.body)
	}
}

// object is the answer as a JSON object.
func (a said) object() (o map[string]any) {
	a.Helper()
	a.json(&o)
	return o
}

// statement is a statement of somebody about something, with what else it says.
func statement(who, what string, more ...string) string {
	o := map[string]json.RawMessage{}
	base := `{"actor":{"mbox":"mailto:` + who + `@example.org","name":"` + who + `"},"verb":{"id":"https://example.org/did"},"object":{"id":"https://example.org/` + what + `"}}`
	for _, text := range append([]string{base}, more...) {
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			panic(err)
		}
	}
	b, _ := json.Marshal(o)
	return string(b)
}

// post sends statements and gives their ids.
func (s *store) post(all ...string) (ids []string) {
	s.Helper()
	s.Now = s.Now.Add(time.Second)
	s.ask("POST", "/statements", "["+strings.Join(all, ",")+"]").is(200).json(&ids)
	return ids
}

// found asks for statements by parameters, name and value, and gives their ids.
func (s *store) found(params ...string) (ids []string) {
	s.Helper()
	ids, _ = s.page("/statements?" + query(params...))
	return ids
}

func query(params ...string) string {
	q := url.Values{}
	for i := 0; i < len(params); i += 2 {
		q.Set(params[i], params[i+1])
	}
	return q.Encode()
}

// page reads one page of statements: their ids, and where the next is.
func (s *store) page(path string) (ids []string, more string) {
	s.Helper()
	var out struct {
		Statements []struct{ ID string }
		More       string
	}
	s.ask("GET", path, "").is(200).json(&out)
	for _, w := range out.Statements {
		ids = append(ids, w.ID)
	}
	return ids, strings.TrimPrefix(out.More, "/xapi")
}
