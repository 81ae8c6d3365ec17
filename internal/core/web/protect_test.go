package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
)

// Every answer is protected, also those that are no page.
func TestHeadersOfEveryAnswer(t *testing.T) {
	logged(t)
	d := visit(t, route("GET /here", saying(shown)), route("GET /bad", func(*web.Ctx) error { panic("poison") }), route("GET /go", func(c *web.Ctx) error { return c.Go("/") }))
	for _, path := range []string{"/here", "/bad", "/go", "/nowhere", "/icon.svg", "/assets/none"} {
		h := d.Get(path).Header
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy": "camera=(), microphone=(), geolocation=()",
		} {
			if h.Get(name) != want {
				t.Errorf("%s: %s: %q", path, name, h.Get(name))
			}
		}
		policy := policyOf(h)
		for directive, want := range map[string]string{
			"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'", "media-src": "'self'",
			"form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
		} {
			if policy[directive] != want {
				t.Errorf("%s: %s %q", path, directive, policy[directive])
			}
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: %s", path, h.Get("Content-Security-Policy"))
		}
	}
}

func policyOf(h http.Header) map[string]string {
	out := map[string]string{}
	for d := range strings.SplitSeq(h.Get("Content-Security-Policy"), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), " ")
		out[name] = value
	}
	return out
}

// A form that leads to another site says so, and only on its own page.
func TestFormsTo(t *testing.T) {
	d := visit(t, route("GET /nudge", func(c *web.Ctx) error { c.FormsTo("https://wa.me", "sms:"); return saying(shown)(c) }), route("GET /here", saying(shown)))
	if got := policyOf(d.Get("/nudge").Header)["form-action"]; got != "'self' https://wa.me sms:" {
		t.Error(got)
	}
	if got := policyOf(d.Get("/here").Header)["form-action"]; got != "'self'" {
		t.Error(got)
	}
}

// What people read is theirs: no cache on the way keeps it.
func TestPagesAreNotStored(t *testing.T) {
	d := visit(t, route("GET /here", saying(shown)), route("GET /file", func(c *web.Ctx) error { return c.Bytes("text/csv", "Größe.csv", []byte("a")) }))
	for _, path := range []string{"/here", "/file", "/nowhere"} {
		if got := d.Get(path).Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := d.Get("/file").Header.Get("Content-Disposition"); got != "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.csv" {
		t.Error(got)
	}
}

// A form on another site cannot act here in the name of whoever is signed in; a link can be followed.
func TestOtherSitesCannotAct(t *testing.T) {
	acted := 0
	d := visit(t, route("POST /here", func(c *web.Ctx) error { acted++; return c.Go("/") }), route("GET /here", saying(shown)))
	for _, h := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}, {"Origin": {"null"}}} {
		if p := d.Send("POST", "/here", "", h).Is(403); !p.Has("main") || acted > 0 {
			t.Errorf("%v: acted %d times", h, acted)
		}
		d.Send("GET", "/here", "", h).Is(200)
	}
	for i, h := range []http.Header{{"Sec-Fetch-Site": {"same-origin"}}, {"Origin": {webtest.Host}}, {}} {
		if d.Send("POST", "/here", "", h).Is(303); acted != i+1 {
			t.Errorf("%v: a page of our own cannot act", h)
		}
	}
}

// What is too large is refused before it is read whole, however it is sent.
func TestLargeForms(t *testing.T) {
	d := visit(t, route("POST /small", func(c *web.Ctx) error { return saying(shown)(c) }), web.Route{Pattern: "POST /large", Max: 1 << 20, Do: saying(shown)})
	large := "text=" + strings.Repeat("a", 70<<10)
	d.Send("POST", "/small", large, nil).Is(413)
	d.Send("POST", "/large", large, nil).Is(200)
	body, kind := parts(t, strings.Repeat("a", 70<<10))
	d.Send("POST", "/small", body, http.Header{"Content-Type": {kind}}).Is(413)
	d.Send("POST", "/large", body, http.Header{"Content-Type": {kind}}).Is(200)
}

func parts(t *testing.T, text string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	must(t, w.WriteField("text", text))
	must(t, w.Close())
	return b.String(), w.FormDataContentType()
}

func TestFormsThatCannotBeRead(t *testing.T) {
	d := visit(t, route("POST /here", saying(shown)))
	for kind, body := range map[string]string{
		"application/x-www-form-urlencoded":  "a=%zz",
		"multipart/form-data":                "a",
		"multipart/form-data; boundary=x":    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf",
		"multipart/form-data; boundary=x;;;": "",
	} {
		if p := d.Send("POST", "/here", body, http.Header{"Content-Type": {kind}}).Is(422); p.Text("h1") != "Nous n’avons pas pu lire ce qui a été envoyé." {
			t.Errorf("%s: %s", kind, p.Text("h1"))
		}
	}
}

func TestCookiesAreKeptFromScriptsAndOtherSites(t *testing.T) {
	d := visit(t, route("GET /here", func(c *web.Ctx) error { c.SetCookie("a", "1", 60); return c.Go("/") }))
	d.Get("/here")
	if k := d.Cookies["a"]; !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.MaxAge != 60 {
		t.Errorf("%+v", k)
	}
}

// A redirect stays on this site, whatever the form asked for.
func TestRedirectsStayHere(t *testing.T) {
	d := visit(t, route("POST /go", func(c *web.Ctx) error { return c.Go(c.Form("to")) }))
	for to, want := range map[string]string{
		"/group?a=b": "/group?a=b", "": "/", "https://evil.example/": "/", "//evil.example/": "/", "/\\evil.example": "/", "/\t/evil.example": "/", "javascript:alert(1)": "/",
		"/a\r\nSet-Cookie: s=1": "/", "group": "/",
	} {
		if got := d.Post("/go", "to", to).Is(303).Header.Get("Location"); got != want {
			t.Errorf("%q: %q", to, got)
		}
	}
}

// The first visit sets the house up: pages lead there, but for those that say so.
func TestUnreadyHouse(t *testing.T) {
	s := house(t, web.Route{Pattern: "GET /", Verb: "read", Section: "library", Do: saying(shown)}, web.Route{Pattern: "GET /healthz", Early: true, Do: saying(shown)})
	s.Unready = unready
	d := webtest.New(t, s.Handler())
	if got := d.Get("/").Is(303).Header.Get("Location"); got != "/setup" {
		t.Error(got)
	}
	d.Get("/healthz").Is(200)
}

func TestFormIsTidied(t *testing.T) {
	var got, typed string
	d := visit(t, route("POST /here", func(c *web.Ctx) error {
		got, typed = c.Form("a"), c.Query("a")
		if c.Act().ID.IsZero() {
			return fault.New(fault.Internal, "")
		}
		return c.Go("/")
	}))
	d.Send("POST", "/here?a=%20q%00", "a=%20%D8%A3%09%0D%0A%00%FFb%E2%80%8F%20&cid=none", nil).Is(303)
	if got != "أ\t\nb\u200f" || typed != "q" {
		t.Errorf("%q %q", got, typed)
	}
}

// What was done is said to whoever reads, not to a script that keeps the page meanwhile.
func TestSaidToTheReader(t *testing.T) {
	say := func(c *web.Ctx) error { return c.Bytes("text/plain", "", []byte(c.Frame("").Said)) }
	h := site(t, "", web.Route{Pattern: "GET /said", Do: say})
	for keeps, want := range map[string]bool{"": true, "1": false} {
		w := ask(t, h, http.MethodGet, "http://here.test/said", "Cookie: said=ui.skip", "X-Keeps: "+keeps)
		if said, gone := w.Body.Len() > 0, strings.Contains(w.Header().Get("Set-Cookie"), "said=;"); said != want || gone != want {
			t.Errorf("%q: %q, %s", keeps, w.Body, w.Header().Get("Set-Cookie"))
		}
	}
}
