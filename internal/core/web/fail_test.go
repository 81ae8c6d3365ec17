package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
)

var errDisk = errors.New("the disk of Amina Haddad is full")

// Each kind of error has its status and says what to do next, in the reader's language, inside the frame.
func TestErrorBecomesAPage(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		key    string
	}{
		"invalid":     {fault.New(fault.Invalid, ""), 422, "fault.invalid"},
		"fields":      {fault.Fields(fault.Field{Name: "first", Key: "ui.skip"}), 422, "fault.invalid"},
		"not found":   {fault.New(fault.NotFound, ""), 404, "fault.not-found"},
		"forbidden":   {fault.New(fault.Forbidden, ""), 403, "fault.forbidden"},
		"conflict":    {fault.New(fault.Conflict, ""), 409, "fault.conflict"},
		"too many":    {fault.New(fault.TooMany, ""), 429, "fault.too-many"},
		"too large":   {fault.New(fault.TooLarge, ""), 413, "fault.too-large"},
		"own message": {fault.New(fault.NotFound, "fault.cross-site"), 404, "fault.cross-site"},
		"wrapped":     {fmt.Errorf("while reading: %w", fault.New(fault.Forbidden, "")), 403, "fault.forbidden"},
		"said before": {fmt.Errorf("x: %w", journal.ErrConflict), 409, "fault.conflict"},
		"erased":      {fmt.Errorf("x: %w", journal.ErrErased), 404, "fault.not-found"},
		"anything":    {errDisk, 500, "fault.internal"},
	} {
		log := logged(t)
		s := house(t, route("GET /here", func(*web.Ctx) error { return c.err }))
		d := webtest.New(t, s.Handler())
		d.Header.Set("Accept-Language", "fr")
		p := d.Get("/here").Is(c.status)
		if got, want := p.Text("h1"), s.Words.In("fr").T(c.key); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if !p.Has("a", "href", "/") || !p.Has("html", "lang", "fr") || p.Text("main", "id", "main") == p.Text("h1") {
			t.Errorf("%s: no way on: %s", name, p.Text("main"))
		}
		if strings.Contains(string(p.Body), "Amina") || (c.status == 500) != (log.Len() > 0) {
			t.Errorf("%s: said to the reader, or not to the log: %s", name, log)
		}
	}
}

func TestFieldsAreListed(t *testing.T) {
	d := visit(t, route("GET /here", func(*web.Ctx) error {
		return fault.Fields(fault.Field{Name: "a", Key: "ui.skip"}, fault.Field{Name: "b", Key: "fault.home"})
	}))
	if p := d.Get("/here").Is(422); len(p.All("li")) != 2 {
		t.Error(p.Text("main"))
	}
}

// The log names the route, never the address, which may name a person.
func TestLogNamesNoAddress(t *testing.T) {
	log := logged(t)
	visit(t, route("GET /people/{person}", func(*web.Ctx) error { return errors.New("out of paper") })).Get("/people/amina?q=haddad").Is(500)
	if s := log.String(); !strings.Contains(s, "/people/{person}") || !strings.Contains(s, "out of paper") || strings.Contains(s, "amina") || strings.Contains(s, "haddad") {
		t.Error(s)
	}
}

func TestPanicIsAPageAndTheNextRequestIsServed(t *testing.T) {
	log := logged(t)
	d := visit(t, route("GET /here", func(*web.Ctx) error { panic("poison") }), route("GET /there", saying(shown)))
	d.Get("/here").Is(500)
	if d.Get("/there").Is(200).Text("main") != "shown" || !strings.Contains(log.String(), "poison") || !strings.Contains(log.String(), "fail_test.go") {
		t.Error("the log does not say where:", log)
	}
}

// Who left does not wait for a page, and is no error of ours.
func TestWhoLeftGetsNothing(t *testing.T) {
	log := logged(t)
	p := visit(t, route("GET /here", func(*web.Ctx) error { return fmt.Errorf("query: %w", context.Canceled) })).Get("/here")
	if len(p.Body) > 0 || log.Len() > 0 {
		t.Errorf("%s%s", p.Body, log)
	}
}

func TestUnknownAddress(t *testing.T) {
	d := visit(t, route("GET /here", saying(shown)))
	for _, path := range []string{"/nowhere", "/here/", "/here/x", "/assets/none.css", "/../etc/passwd"} {
		if p := d.Get(path); p.Status != 404 && p.Status != 307 && p.Status != 301 {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
}

// Who is not signed in is asked to, and comes back; a form says it in place, since it cannot be sent again.
func TestNobodyIsAskedToSignIn(t *testing.T) {
	people := web.Route{Pattern: "GET /people", Verb: access.Read, Section: access.People, Do: saying(shown)}
	write := web.Route{Pattern: "POST /people", Verb: access.Write, Section: access.People, Do: saying(shown)}
	d := visit(t, people, write)
	if got := d.Get("/people?q=a%26b").Is(http.StatusSeeOther).Header.Get("Location"); got != "/sign-in?to=%2Fpeople%3Fq%3Da%2526b" {
		t.Error(got)
	}
	d.Post("/people").Is(401)
	as(d, access.Learner).Get("/people").Is(403)
	as(d, access.Learner).Post("/people").Is(403)
	if as(d, access.Coordinator).Get("/people").Is(200).Text("main") != "shown" {
		t.Error("who may is turned away")
	}
}

// A session that cannot be looked up is no reason to let somebody in.
func TestIdentifyFails(t *testing.T) {
	logged(t)
	s := house(t, route("GET /here", saying(shown)))
	s.Identify = func(context.Context, string, time.Time) (access.Actor, error) { return access.Actor{}, errDisk }
	as(webtest.New(t, s.Handler()), access.Coordinator).Get("/here").Is(500)
	webtest.New(t, s.Handler()).Get("/here").Is(200)
}
