package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	core "tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/people"
	"tremplin/internal/records"
	"tremplin/internal/records/web"
)

// readers are a programme whose learning records people read.
type readers struct {
	*store
	site http.Handler
}

// read runs f with an empty programme on every engine; nobody is connected yet.
func read(t *testing.T, f func(r *readers)) {
	p := &programme.Programme{Slug: "records", Name: programme.Text{"en": "Records"}}
	journaltest.Each(t, []*journal.View{people.View, records.View}, []id.ID{p.ID()}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		s := &store{T: t, Clock: c, Service: &records.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}}, programme: p.ID(), version: "1.0.3"}
		s.api = &web.API{
			Records: s.Service, Now: func() time.Time { return c.Now }, Home: func(*http.Request) string { return webtest.Host },
			Programmes: func(context.Context) ([]id.ID, error) { return []id.ID{p.ID()}, nil },
		}
		who := map[string]access.Actor{}
		for _, role := range access.Roles {
			who[string(role)] = access.Actor{Programme: p.ID(), Person: id.Named(string(role)), Name: "N", Grants: []access.Grant{{Role: role, Of: p.ID()}}}
		}
		routes := (&web.Pages{Records: s.Service}).Routes()
		f(&readers{s, webtest.Site(t, core.Site{Programmes: webtest.Running(p), Routes: routes, Now: func() time.Time { return c.Now }}, who, web.Locale)})
	})
}

// device is where somebody of a role reads, in a language.
func (r *readers) device(role access.Role, lang string) *webtest.Device {
	d := webtest.New(r.T, r.site)
	d.Cookies[core.SessionCookie] = &http.Cookie{Name: core.SessionCookie, Value: string(role)}
	d.Header.Set("Accept-Language", lang)
	return d
}

// says holds a page to words; a word after "!" must not be there.
func (r *readers) says(p *webtest.Page, words ...string) {
	r.Helper()
	for _, w := range words {
		w, not := strings.CutPrefix(w, "!")
		if strings.Contains(string(p.Body), w) == not {
			r.Errorf("%s: %q (unwanted: %v)\n%s", p.Path, w, not, p.Text("main"))
		}
	}
	if key := regexp.MustCompile(`records\.[a-z]`).FindString(p.Text("main")); key != "" {
		r.Errorf("%s says a key: %s", p.Path, p.Text("main"))
	}
}

func TestWhoReadsRecords(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		which := r.post(statement("amina", "a"))[0]
		for _, role := range access.Roles {
			list, clients := 403, 403
			switch role {
			case access.Coordinator:
				list = 200
			case access.Administrator:
				list, clients = 200, 200
			}
			page := r.device(role, "en").Get("/records").Is(list)
			if role == access.Administrator { // reads what comes, and of nobody
				r.says(page, "1 record", "!/records/"+which, "!does not know yet")
				list = 403
			}
			r.device(role, "en").Get("/records/" + which).Is(list)
			r.device(role, "en").Get("/admin/clients").Is(clients)
		}
	})
}

func TestNothingYetSaysWhatComesNext(t *testing.T) {
	read(t, func(r *readers) {
		coordinator, admin := r.device(access.Coordinator, "en"), r.device(access.Administrator, "en")
		r.says(coordinator.Get("/records").Is(200), "Ask whoever administers", "!/admin/clients")
		r.says(admin.Get("/records").Is(200), "Connect a platform: ", `href="/admin/clients"`)
		r.says(admin.Get("/admin/clients").Is(200), "No platform is connected yet")
		r.as(records.All)
		r.says(coordinator.Get("/records").Is(200), "Its first records show here", "!Ask whoever")
	})
}

// From the totals one comes to what they count, page by page, back to the first record.
func TestAllRecordsCanBeReached(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		var all []string
		for i := range 120 {
			all = append(all, statement("amina", fmt.Sprint(i)))
		}
		ids := r.post(all...)
		first := r.key
		r.as(records.All)
		other := r.post(statement("bilal", "b", `{"verb":{"id":"https://example.org/saw"},"object":{"objectType":"StatementRef","id":"`+ids[0]+`"}}`))[0]
		en := r.device(access.Coordinator, "en")
		home := en.Get("/records").Is(200)
		r.says(home, `href="/records/list?after=`, other, "!"+ids[0], `href="/records/list?client=`+first, `href="/records/list?verb=https%3A%2F%2Fexample.org%2Fsaw"`)
		r.says(en.Get("/records/list?verb=https%3A%2F%2Fexample.org%2Fsaw").Is(200), "<bdi>saw</bdi>", other, "!"+ids[119], "!Show more")
		at, seen := "/records/list?client="+first, map[string]bool{}
		for range 3 {
			page := en.Get(at).Is(200)
			r.says(page, "Plateforme", "!"+other)
			for _, a := range page.All("a") {
				seen[strings.TrimPrefix(webtest.Attr(a, "href"), "/records/")] = true
			}
			at = ""
			if more := page.All("a", "rel", "next"); len(more) > 0 {
				at = webtest.Attr(more[0], "href")
			}
		}
		if at != "" || slices.ContainsFunc(ids, func(w string) bool { return !seen[w] }) {
			t.Errorf("%q is left, %d were seen", at, len(seen))
		}
		en.Get("/records/list?client=x").Is(404)
		r.says(en.Get("/records/list?verb=nothing&after=x").Is(200), "No record has come yet.")
		r.says(r.device(access.Administrator, "en").Get("/records/list").Is(200), `href="/records/list?after=`, "!/records/"+other)
		r.thrifty("/records/list", 8)
	})
}

const lesson = `{"verb":{"id":"http://adlnet.gov/expapi/verbs/passed","display":{"fr":"a réussi","en-US":"has passed"}},
	"object":{"id":"https://example.org/lesson","definition":{"name":{"fr":"La leçon","en":"The lesson"},"description":{"en":"Short."}}},
	"result":{"score":{"scaled":0.755,"raw":15,"max":20},"success":true,"completion":false,"duration":"PT1H5M3.5S","response":"<b>"},
	"context":{"contextActivities":{"parent":{"id":"https://example.org/course"}}},"timestamp":"2026-11-20T10:30:00+02:00"}`

// The list tells what happened, in the reader's language, and of nobody by name; a record of its own tells all.
func TestRecordsAreRead(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		ids := r.post(statement("amina", "", lesson), statement("bogdan", "", `{"object":{"id":"https://example.org/lesson"}}`), statement("carla", "", `{"object":{"objectType":"Agent","mbox":"mailto:dora@example.org","name":"Dora"}}`))
		fr, en := r.device(access.Coordinator, "fr"), r.device(access.Coordinator, "en")
		r.says(r.device(access.Coordinator, "tr").Get("/records"), "başardı", "!has passed") // which the platform does not say
		r.says(fr.Get("/records").Is(200), "3 traces", "La leçon", "a réussi", "https://example.org/did", "23 nov.", "Une personne",
			"!amina", "!bogdan", "!Dora", "!dora", `href="/records/`+ids[0]+`"`)
		r.says(en.Get("/records").Is(200), "3 records", "The lesson", "has passed", ">did<", "23 November 2026, 08:45 UTC", "Plateforme")
		r.says(en.Get("/records/"+ids[0]).Is(200), "amina@example.org", "The lesson", "Short.", "https://example.org/course", "15 out of 20 · 76%",
			"Yes", "No", "1:05:03", "&lt;b&gt;", "20 November 2026, 08:30 UTC", "23 November 2026, 08:45 UTC", "Plateforme", "&#34;scaled&#34;: 0.755", "!taken back")
		if n := strings.Count(string(en.Get("/records/"+ids[1]).Body), "The lesson"); n != 1 {
			t.Error("what is known of an activity is not said:", n)
		}
		r.says(r.device(access.Coordinator, "ar").Get("/records/"+ids[0]).Is(200), `dir="rtl"`, "The lesson")
		for _, at := range []string{id.New().String(), "x", r.key} {
			en.Get("/records/" + at).Is(404)
		}
	})
}

func TestARecordThatWasTakenBackSaysSo(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		ids := r.post(statement("amina", "a"))
		back := r.post(statement("boss", "", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+ids[0]+`"}}`))
		en := r.device(access.Coordinator, "en")
		r.says(en.Get("/records").Is(200), "1 record", "took back", "Another record", "!/records/"+ids[0])
		r.says(en.Get("/records/"+ids[0]).Is(200), "This record was taken back", "amina")
		r.says(en.Get("/records/"+back[0]).Is(200), ids[0], "!This record was taken back")
	})
}

// How long something took is said as clocks do; what is rare stays as it was written.
func TestDurations(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		for said, want := range map[string]string{
			"PT45S": "0:00:45", "PT90M": "1:30:00", "P2DT3H": "51:00:00", "P1Y2M": ">P1Y2M<", "P2W": ">P2W<", "PT0.5S": ">PT0.5S<",
		} {
			ids := r.post(statement("amina", "a", `{"result":{"duration":"`+said+`"}}`))
			r.says(r.device(access.Coordinator, "en").Get("/records/"+ids[0]).Is(200), want)
		}
	})
}

// thrifty holds a page to a number of queries, for a coordinator.
func (r *readers) thrifty(path string, most int) {
	r.Helper()
	n := 0
	q := httptest.NewRequestWithContext(db.Counted(r.Context(), &n), http.MethodGet, webtest.Host+path, nil)
	q.AddCookie(&http.Cookie{Name: core.SessionCookie, Value: string(access.Coordinator)})
	w := httptest.NewRecorder()
	r.site.ServeHTTP(w, q)
	if w.Code != 200 || n > most {
		r.Errorf("%s: %d, %d queries, more than %d", path, w.Code, n, most)
	}
}

// However many actors, activities and verbs: eight queries, and tables that end.
func TestManyRecordsAreEightQueries(t *testing.T) {
	read(t, func(r *readers) {
		r.as(records.All)
		var all []string
		for i := range 60 {
			all = append(all, statement(fmt.Sprint("someone", i), fmt.Sprint("thing", i), fmt.Sprintf(`{"verb":{"id":"https://example.org/did-%d"}}`, i)))
		}
		ids := r.post(all...)
		r.thrifty("/records", 8)
		r.thrifty("/records/"+ids[0], 7)
		page := r.device(access.Coordinator, "en").Get("/records")
		r.says(page, "60 records", "Others")
		if n := strings.Count(string(page.Body), `<a href="/records/0`); n != 20 { // ids begin with the time
			t.Errorf("%d records are listed, want 20", n)
		}
	})
}
