package web_test

import (
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/people"
)

// kept are the cookies that a device keeps, beside the session.
const (
	mine  = "me"
	visit = "visit"
)

// A newcomer keeps what they have learnt by a first name and a code, and comes back by the code alone.
func TestKeep(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		p := d.Get("/keep").Is(200)
		if !p.Has("input", "name", "pin", "inputmode", "numeric", "maxlength", "6", "type", "password", "required", "*") || len(p.All("details")) < 2 {
			t.Error("no code to choose, or no notice to read")
		}
		p = p.Submit("/keep", "first", " Amina ", "pin", "٤٨٢٩١٧", "again", "482917")
		if got := p.Is(303).Header.Get("Location"); got != "/me" || !d.Remembers(mine) || d.Cookies[web.SessionCookie].MaxAge != 90*24*3600 {
			t.Fatal(got, d.Cookies)
		}
		who := h.person(d)
		if who.First != "Amina" || who.Language != "en" || len(who.Grants) != 1 {
			t.Errorf("%+v", who)
		}
		d.Post("/sign-out").Is(303)
		again := d.Get("/sign-in").Is(200)
		if !strings.Contains(again.Text("h2"), "Amina") || again.Has("details", "open", "*") {
			t.Error("the phone has forgotten whose it is:", again.Text("main"))
		}
		again.Submit("/sign-in/pin", "pin", "482917").Goes("/me")
		if h.person(d).ID != who.ID {
			t.Error("somebody else")
		}
	})
}

// A learner chooses another code, so that nobody knows the one that they use.
func TestChangeMyCode(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		d.Get("/keep").Submit("/keep", "first", "Amina", "pin", "482917", "again", "482917").Is(303)
		for name, c := range map[string]struct{ old, pin, again, key string }{
			"another's":   {"482918", "739264", "739264", "identity.pin.wrong"},
			"first tried": {"482917", "123456", "123456", "identity.pin.weak"},
			"two codes":   {"482917", "739264", "739265", "identity.pin.again"},
		} {
			p := d.Get("/account").Submit("/account/pin", "old", c.old, "pin", c.pin, "again", c.again).Is(422)
			if !strings.Contains(p.Text("main"), h.says(c.key)) {
				t.Errorf("%s: %s", name, p.Text("main"))
			}
		}
		d.Get("/account").Submit("/account/pin", "old", "482917", "pin", "739264", "again", "739264").Goes("/account")
		d.Post("/sign-out").Is(303)
		d.Get("/sign-in").Submit("/sign-in/pin", "pin", "482917").Is(422)
		d.Get("/sign-in").Submit("/sign-in/pin", "pin", "739264").Goes("/me")
	})
}

func (h *house) person(d *webtest.Device) people.Person {
	h.t.Helper()
	a, err := h.Identify(h.t.Context(), d.Cookies[web.SessionCookie].Value, h.c.Now)
	h.must(err)
	p, err := h.People.Person(h.t.Context(), a.Programme, a.Person)
	h.must(err)
	return p
}

// A form that is not accepted comes back with what was typed, but for the code, and says why by the field.
func TestKeepAgain(t *testing.T) {
	each(t, func(h *house) {
		for name, c := range map[string]struct {
			fields []string
			key    string
		}{
			"no name":        {[]string{"first", "", "pin", "482917", "again", "482917"}, "people.first.missing"},
			"spaces":         {[]string{"first", " \u00a0 ", "pin", "482917", "again", "482917"}, "people.first.missing"},
			"long":           {[]string{"first", strings.Repeat("م", 81), "pin", "482917", "again", "482917"}, "people.name.long"},
			"five digits":    {[]string{"first", "أمينة", "pin", "48291", "again", "48291"}, "identity.pin.six"},
			"first tried":    {[]string{"first", "أمينة", "pin", "123456", "again", "123456"}, "identity.pin.weak"},
			"two codes":      {[]string{"first", "أمينة", "pin", "482917", "again", "482918"}, "identity.pin.again"},
			"on shared ones": {[]string{"first", "أمينة", "pin", "", "again", "", "device", "shared"}, "identity.pin.six"},
		} {
			d := h.device()
			p := d.Get("/keep").Submit("/keep", c.fields...).Is(422)
			if !strings.Contains(p.Text("main"), h.says(c.key, "Max", 80)) || p.Value("first") != strings.TrimSpace(c.fields[1]) || p.Value("pin")+p.Value("again") != "" {
				t.Errorf("%s: %s", name, p.Text("main"))
			}
			if name == "on shared ones" && p.Value("device") != "shared" {
				t.Errorf("%s: whose phone it is was forgotten", name)
			}
			if d.Remembers(web.SessionCookie) || d.Remembers(mine) {
				t.Errorf("%s: somebody is signed in", name)
			}
		}
		if h.count("pin") != 0 {
			t.Error("a code without a person")
		}
	})
}

// Sent twice at once, as an impatient thumb does, the form makes one person.
func TestKeepTwiceIsOnce(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		cid := d.Get("/keep").Value("cid")
		send := func() *webtest.Device {
			d := h.device()
			d.Post("/keep", "cid", cid, "first", "Amina", "pin", "482917", "again", "482917").Is(303)
			return d
		}
		if a, b := h.person(send()), h.person(send()); a.ID != b.ID || h.count("people_person") != 1 || h.count("pin") != 1 {
			t.Error("two people")
		}
		h.device().Post("/keep", "cid", cid, "first", "Oksana", "pin", "482917", "again", "482917").Is(409)
	})
}

// On a shared phone nothing stays: neither whose it is nor, once the window is closed, the session.
func TestKeepOnASharedPhone(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		d.Get("/keep").Submit("/keep", "first", "Amina", "pin", "482917", "again", "482917", "device", "shared").Is(303)
		if d.Remembers(mine) || d.Remembers(visit) || d.Cookies[web.SessionCookie].MaxAge != 0 {
			t.Error(d.Cookies)
		}
		h.c.Now = h.c.Now.Add(4*time.Hour + time.Minute)
		if got := d.Get("/account").Is(303).Header.Get("Location"); !strings.HasPrefix(got, "/sign-in") {
			t.Error(got)
		}
	})
}

func TestWrongCodeOnOnesOwnPhone(t *testing.T) {
	each(t, func(h *house) {
		who, _ := h.learner("482917")
		d := h.device()
		if got := d.Post("/sign-in/pin", "pin", "482917").Is(303).Header.Get("Location"); got != "/sign-in" {
			t.Error("whose phone is it?", got)
		}
		d.Header.Set("Cookie", mine+"="+who.String())
		p := d.Post("/sign-in/pin", "pin", "000001").Is(422)
		if !strings.Contains(p.Text("main"), h.says("identity.pin.wrong")) || p.Value("pin") != "" {
			t.Error(p.Text("main"))
		}
		for range 4 {
			d.Post("/sign-in/pin", "pin", "000001").Is(422)
		}
		if p := d.Post("/sign-in/pin", "pin", "482917").Is(422); !strings.Contains(p.Text("main"), h.says("identity.wait", "N", 1)) {
			t.Error(p.Text("main"))
		}
	})
}

// A card opens the page of its holder; the code opens the rest. The next card ends this one.
func TestCard(t *testing.T) {
	each(t, func(h *house) {
		who, card := h.learner("482917")
		d := h.device()
		p := d.Get("/card/" + card).Is(200)
		if !strings.Contains(p.Text("h1"), "Amina") || p.Value("device") != "shared" || !p.Has("input", "name", "to", "value", "/card/"+card) {
			t.Error(p.Text("main"))
		}
		if p := p.Submit("/card/"+card, "pin", "000001").Is(422); !strings.Contains(p.Text("main"), h.says("identity.pin.wrong")) {
			t.Error(p.Text("main"))
		}
		p.Submit("/card/"+card, "pin", "482917").Goes("/me")
		if d.Remembers(mine) || d.Cookies[web.SessionCookie].MaxAge != 0 || h.person(d).ID != who {
			t.Error("a shared device remembers", d.Cookies)
		}
		d = h.device()
		d.Get("/card/"+card).Submit("/card/"+card, "pin", "482917", "device", "mine").Goes("/me")
		if d.Cookies[mine].Value != who.String() || d.Cookies[web.SessionCookie].MaxAge == 0 {
			t.Error("one's own does not", d.Cookies)
		}
		_, err := h.Card(t.Context(), h.p.ID(), who)
		h.must(err)
		h.device().Get("/card/" + card).Is(404)
		h.device().Post("/card/"+card, "pin", "482917").Is(404)
		h.device().Get("/card/%00").Is(404)
	})
}

// Five wrong codes stop a card too: a lost one is worth nothing.
func TestLostCard(t *testing.T) {
	each(t, func(h *house) {
		_, card := h.learner("482917")
		for range 5 {
			h.device().Post("/card/"+card, "pin", "111112").Is(422)
		}
		h.device().Post("/card/"+card, "pin", "482917").Is(429)
	})
}

// "Not my phone" signs out and leaves nothing on the device, in the browser's own stores either.
func TestNotMyPhone(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		d.Get("/keep").Submit("/keep", "first", "Amina", "pin", "482917", "again", "482917").Is(303)
		for _, k := range []string{visit, web.CountryCookie, web.LangCookie, "later"} {
			d.Cookies[k] = cookie(k)
		}
		p := d.Post("/not-my-phone").Is(303)
		if len(d.Cookies) > 0 || h.count("session") != 0 || p.Header.Get("Clear-Site-Data") != `"cache", "storage"` {
			t.Error(d.Cookies, p.Header)
		}
		if d.Get("/sign-in").Has("form", "action", "/sign-in/pin") {
			t.Error("the phone still knows whose it was")
		}
	})
}

// Every text of these pages is there in every language.
func TestKeepInEveryLanguage(t *testing.T) {
	each(t, func(h *house) {
		for _, l := range i18n.Languages {
			d := h.device()
			p := d.Get("/keep?lang=" + l.Code).Is(200)
			if got := p.Text("h1"); got != h.words.In(l.Code).T("identity.keep.title") || strings.Contains(p.Text("form", "action", "/keep"), "identity.") || !p.Has("html", "dir", l.Dir) {
				t.Errorf("%s: %s", l.Code, p.Text("main"))
			}
		}
		d := h.device()
		d.Header.Set("Cookie", mine+"="+id.New().String()) // of somebody who was erased
		if d.Get("/sign-in").Is(200).Has("form", "action", "/sign-in/pin") {
			t.Error("nobody's phone")
		}
	})
}
