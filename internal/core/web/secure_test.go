package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
)

// site is a small one: a page that leaves a cookie and says its own address.
func site(t *testing.T, address string, more ...web.Route) http.Handler {
	t.Helper()
	words, err := i18n.Load(ui.Locale)
	must(t, err)
	p, err := programme.Read(os.DirFS("../../../programmes/migrantech"))
	must(t, err)
	leave := func(c *web.Ctx) error {
		c.SetCookie("k", "v", 60)
		return c.Bytes("text/plain", "", []byte(c.Origin()))
	}
	return (&web.Site{
		URL: address, Words: words, Programmes: func() []*programme.Programme { return []*programme.Programme{p} }, Now: time.Now,
		Assets: &web.Assets{}, Routes: append(more, web.Route{Pattern: "GET /{$}", Do: leave}, web.Route{Pattern: "POST /form", Do: leave}),
	}).Handler()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, h http.Handler, method, to string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, to, nil)
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Cookies are Secure, and browsers are told to stay with HTTPS, where the connection is: by itself or as the
// site was told, never because a request says so.
func TestSecureWhereTheConnectionIs(t *testing.T) {
	for name, c := range map[string]struct {
		address, asked string
		secure         bool
		origin         string
	}{
		"plain":          {"", "http://here.test/", false, "http://here.test"},
		"HTTPS":          {"", "https://here.test/", true, "https://here.test"},
		"behind a proxy": {"https://tremplin.test", "http://10.0.0.1:8080/", true, "https://tremplin.test"},
		"behind a plain": {"http://tremplin.test", "http://10.0.0.1:8080/", false, "http://tremplin.test"},
	} {
		w := ask(t, site(t, c.address), http.MethodGet, c.asked, "X-Forwarded-Proto: https")
		if got := w.Header().Get("Strict-Transport-Security") != ""; got != c.secure {
			t.Errorf("%s: Strict-Transport-Security is %q", name, w.Header().Get("Strict-Transport-Security"))
		}
		if got := strings.Contains(w.Header().Get("Set-Cookie"), "; Secure"); got != c.secure {
			t.Errorf("%s: the cookie is %q", name, w.Header().Get("Set-Cookie"))
		}
		if w.Body.String() != c.origin {
			t.Errorf("%s: the site's address is %q", name, w.Body)
		}
	}
}

// A proxy may ask under a name of its own: forms of the address that people type are ours all the same.
func TestFormsBehindAProxy(t *testing.T) {
	h := site(t, "https://tremplin.test")
	for origin, want := range map[string]int{"https://tremplin.test": http.StatusOK, "https://elsewhere.test": http.StatusForbidden} {
		if w := ask(t, h, http.MethodPost, "http://10.0.0.1:8080/form", "Origin: "+origin); w.Code != want {
			t.Errorf("a form from %s: %d", origin, w.Code)
		}
	}
}

// What is printed must lead somewhere: an address that only this machine opens does not.
func TestReached(t *testing.T) {
	for _, c := range []struct {
		address, asked string
		reached        bool
	}{
		{"", "http://127.0.0.1:8080/", false},
		{"", "http://[::1]:8080/", false},
		{"", "http://localhost:8080/", false},
		{"", "http://192.168.1.20:8080/", true},
		{"", "http://tremplin.test/", true},
		{"https://tremplin.test", "http://127.0.0.1:8080/", true},
	} {
		var reached bool
		ask(t, site(t, c.address, web.Route{Pattern: "GET /reached", Do: func(x *web.Ctx) error { reached = x.Reached(); return nil }}), http.MethodGet, c.asked+"reached")
		if reached != c.reached {
			t.Errorf("%s, asked as %s: %v", c.address, c.asked, reached)
		}
	}
}
