package web_test

import (
	"net/http"
	"testing"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
)

func lang(c *web.Ctx) string { return c.Lang() }

// What somebody chose on this device comes before what their browser wishes; the address of a poster
// chooses too.
func TestLanguageOfAReader(t *testing.T) {
	for _, c := range []struct{ path, cookie, wish, want, dir string }{
		{"/here", "", "", "fr", "ltr"}, // the first that the interface speaks
		{"/here", "", "ar-SY,ar;q=0.9,en;q=0.5", "ar", "rtl"},
		{"/here", "", "ja,de;q=0.8", "fr", "ltr"},
		{"/here", "", "\xff;;q=x", "fr", "ltr"},
		{"/here", "uk", "ar", "uk", "ltr"},
		{"/here", "xx", "ar", "ar", "rtl"},
		{"/here?lang=tr", "uk", "ar", "tr", "ltr"},
		{"/here?lang=xx", "uk", "ar", "uk", "ltr"},
	} {
		d := visit(t, route("GET /here", saying(lang)))
		d.Header.Set("Accept-Language", c.wish)
		if c.cookie != "" {
			d.Header.Set("Cookie", web.LangCookie+"="+c.cookie)
		}
		p := d.Get(c.path).Is(200)
		if p.Text("main") != c.want || !p.Has("html", "lang", c.want, "dir", c.dir) || p.Header.Get("Content-Language") != c.want {
			t.Errorf("%+v: %s", c, p.Text("main"))
		}
	}
}

// A poster's language stays with the device.
func TestLanguageOfAnAddressIsKept(t *testing.T) {
	d := visit(t, route("GET /here", saying(lang)))
	d.Get("/here?lang=ar")
	if got := d.Get("/here").Text("main"); got != "ar" {
		t.Error(got)
	}
}

func TestCountryIsOneOfTheProgramme(t *testing.T) {
	for cookie, want := range map[string]string{"FR": "FR", "other": "other", "US": "", "<b>": "", "": ""} {
		d := visit(t, route("GET /here", saying(func(c *web.Ctx) string { return "[" + c.Country + "]" })))
		d.Header.Set("Cookie", web.CountryCookie+"="+cookie)
		if got := d.Get("/here").Text("main"); got != "["+want+"]" {
			t.Errorf("%s: %s", cookie, got)
		}
	}
}

// Every page can be changed to every language, in that language's own words.
func TestSwitchOffersEveryLanguage(t *testing.T) {
	p := visit(t, route("GET /here", saying(shown))).Get("/here?q=1").Is(200)
	for _, l := range i18n.Languages {
		if got := p.Text("button", "name", "lang", "value", l.Code, "lang", l.Code); got != l.Name {
			t.Errorf("%s: %q", l.Code, got)
		}
	}
	if !p.Has("button", "value", "fr", "aria-current", "true") || !p.Has("input", "name", "to", "value", "/here?q=1") {
		t.Error("the switch does not know where one is")
	}
}

// The switch on a page that answers a form leads to the page of the form.
func TestSwitchAfterAForm(t *testing.T) {
	again := func(c *web.Ctx) error { return c.Again(c.Frame("a"), oneColumn()) }
	d := visit(t, route("GET /who/{id}", again), route("POST /who/{id}/say", again), route("POST /who/{id}", again))
	for _, w := range []struct{ action, from, to string }{
		{"/who/1/say", webtest.Host + "/who/1?q=a", "/who/1?q=a"},
		{"/who/1", "", "/who/1"},
		{"/who/1", "https://evil.example/who/2", "/who/1"},
		{"/who/1", webtest.Host + "/who/1/say", "/who/1"}, // no page
		{"/who/1/say", "", "/"},
		{"/who/1/say", webtest.Host + "//evil.example", "/"},
	} {
		p := d.Send(http.MethodPost, w.action, "", http.Header{"Referer": {w.from}})
		if !p.Has("input", "name", "to", "value", w.to) {
			t.Errorf("%+v: %s", w, p.Body)
		}
	}
}

// The actor's programme is the page's; a visitor sees the first.
func TestProgrammeOfAReader(t *testing.T) {
	d := visit(t, route("GET /here", saying(func(c *web.Ctx) string { return c.Programme.Slug })))
	if got := d.Get("/here").Text("main"); got != "near" {
		t.Error(got)
	}
	if got := as(d, "learner").Get("/here").Text("main"); got != "far" {
		t.Error(got)
	}
}

// Words that the page before left are said once, to whoever looks, not to a form.
func TestSaidOnce(t *testing.T) {
	d := visit(t, route("GET /here", func(c *web.Ctx) error { return c.Page(c.Frame("a"), oneColumn()) }),
		route("POST /here", func(c *web.Ctx) error { return c.GoSaying("/here", "fault.home") }))
	p := d.Post("/here").Goes("/here")
	if p.Text("p", "role", "status") != "Aller à l’accueil" || d.Get("/here").Has("p", "role", "status") {
		t.Error("not said, or said twice")
	}
	webtest.New(t, d.Site).Get("/here").Is(200)
}
