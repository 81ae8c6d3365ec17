package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/web"
)

func TestStaffSignIn(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		d := h.device()
		p := d.Get("/sign-in?to=/people%3Fq%3Da").Is(200)
		if !p.Has("details", "open", "*") || !p.Has("input", "type", "password", "autocomplete", "current-password") {
			t.Error("a visitor's page hides the form, or tells no password manager")
		}
		wrong := p.Submit("/sign-in", "email", "nadia@example.org", "password", "not this one").Is(422)
		if wrong.Value("email") != "nadia@example.org" || wrong.Value("to") != "/people?q=a" || wrong.Value("password") != "" {
			t.Error("what was typed is lost, or the password is shown again")
		}
		if !strings.Contains(wrong.Text("main"), h.says("identity.password.wrong")) || d.Remembers(web.SessionCookie) {
			t.Error(wrong.Text("main"))
		}
		in := wrong.Submit("/sign-in", "email", " Nadia@Example.ORG ", "password", phrase)
		if got := in.Is(303).Header.Get("Location"); got != "/people?q=a" {
			t.Errorf("leads to %s", got)
		}
		if k := d.Cookies[web.SessionCookie]; k == nil || k.MaxAge != 12*3600 || !k.HttpOnly {
			t.Errorf("%+v", k)
		}
		d.Get("/sign-in").Is(303)
	})
}

// A form that was made up elsewhere leads nowhere but to a page of this site.
func TestSignInLeadsNowhereElse(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		for to, want := range map[string]string{"": "/programme", "https://evil.example/": "/", "//evil.example": "/", "/group": "/group"} {
			p := h.device().Post("/sign-in", "email", "nadia@example.org", "password", phrase, "to", to)
			if got := p.Is(303).Header.Get("Location"); got != want {
				t.Errorf("%q leads to %q", to, got)
			}
		}
	})
}

// Whoever guesses has to wait, and is told how long; so has whoever knows it, for somebody guesses.
func TestSignInIsThrottled(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		d := h.device()
		for range 5 {
			d.Post("/sign-in", "email", "nadia@example.org", "password", "a guess").Is(422)
		}
		p := d.Post("/sign-in", "email", "nadia@example.org", "password", phrase).Is(422)
		if !strings.Contains(p.Text("main"), h.says("identity.wait", "N", 1)) || d.Remembers(web.SessionCookie) {
			t.Error(p.Text("main"))
		}
		h.c.Now = h.c.Now.Add(61 * time.Second)
		d.Post("/sign-in", "email", "nadia@example.org", "password", phrase).Goes("/programme")
	})
}

// An unknown address is answered as a wrong password is.
func TestUnknownAccountIsNotTold(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		known := h.device().Post("/sign-in", "email", "nadia@example.org", "password", "a guess").Is(422)
		unknown := h.device().Post("/sign-in", "email", "nobody@example.org", "password", "a guess").Is(422)
		if known.Text("main") != unknown.Text("main") {
			t.Errorf("%s\n%s", known.Text("main"), unknown.Text("main"))
		}
	})
}

func TestAccountWithoutRole(t *testing.T) {
	each(t, func(h *house) {
		_, err := h.Account(t.Context(), "old@example.org", "Old", phrase)
		h.must(err)
		h.device().Post("/sign-in", "email", "old@example.org", "password", phrase).Is(403)
	})
}

func TestSignOutEndsTheSession(t *testing.T) {
	each(t, func(h *house) {
		h.staff("nadia@example.org", access.Coordinator)
		d := h.signedIn("nadia@example.org")
		stolen := *d.Cookies[web.SessionCookie]
		d.Get("/account").Is(200).Submit("/sign-out").Is(303)
		if d.Remembers(web.SessionCookie) || h.count("session") != 0 {
			t.Error("a session is left")
		}
		d.Cookies[web.SessionCookie] = &stolen
		if got := d.Get("/account").Is(303).Header.Get("Location"); got != "/sign-in?to=%2Faccount" {
			t.Error(got)
		}
	})
}

// The language stays with the device; the page comes again without what chose it.
func TestLanguage(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		for to, want := range map[string]string{"/sign-in?lang=fr&to=%2Fa": "/sign-in?to=%2Fa", "/sign-in": "/sign-in", "https://evil.example/x?lang=fr": "/x", "": "/", "%zz": "/", "//evil.example": "/"} {
			if got := d.Post("/language", "lang", "ar", "to", to).Is(303).Header.Get("Location"); got != want {
				t.Errorf("%q: %q", to, got)
			}
		}
		if !d.Get("/sign-in").Has("html", "lang", "ar", "dir", "rtl") {
			t.Error("the device has forgotten its language")
		}
		d.Post("/language", "lang", "xx", "to", "/sign-in").Is(303)
		if !d.Get("/sign-in").Has("html", "lang", "ar") {
			t.Error("a language that nobody speaks")
		}
	})
}

// Invented people have no secret; outside the demonstration there is no such door, and never one for others.
func TestDemonstration(t *testing.T) {
	each(t, func(h *house) {
		h.learner("482917")
		h.device().Get("/demo").Is(404)
		h.device().Get("/demo/amina").Is(404)
		h.pages.Demo = true
		d := h.device()
		if p := d.Get("/demo").Is(200); len(p.All("a", "href", "/demo/nadia")) != 1 {
			t.Error(p.Text("main"))
		}
		if got := d.Get("/demo/amina").Is(http.StatusSeeOther).Header.Get("Location"); got != "/me" {
			t.Error(got)
		}
		h.device().Get("/demo/nobody").Is(404)
	})
}
