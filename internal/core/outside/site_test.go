package outside_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/outside"
)

func ask(t *testing.T, s outside.Site, address string) (outside.Answer, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.Ask(r)
}

// A site is heard out up to a bound, and never followed elsewhere.
func TestAsking(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/leads":
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		case "/slow":
			<-r.Context().Done()
		default:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.Write([]byte(strings.Repeat("x", 5000)))
		}
	}))
	defer site.Close()
	s := outside.Site{Time: 10 * time.Second, Most: 100}
	if a, err := ask(t, s, site.URL); err != nil || a.Status != http.StatusTooManyRequests || a.Header.Get("Retry-After") != "7" || len(a.Body) != 100 {
		t.Error(a, err)
	}
	if a, err := ask(t, s, site.URL+"/leads"); err != nil || a.Status != http.StatusTemporaryRedirect || elsewhere != 0 {
		t.Error(a, err, elsewhere)
	}
	if _, err := ask(t, outside.Site{Time: 20 * time.Millisecond, Most: 1}, site.URL+"/slow"); !errors.Is(err, outside.ErrSlow) {
		t.Error(err)
	}
	site.Close()
	if _, err := ask(t, s, site.URL); err == nil || errors.Is(err, outside.ErrSlow) || strings.Contains(err.Error(), "127.0.0.1") {
		t.Error(err)
	}
}

func TestWhereSecretsMayGo(t *testing.T) {
	for address, want := range map[string]bool{
		"https://lrs.example.org/xapi": true, "https://10.0.0.7": true, "http://localhost:8080/xapi": true, "http://127.0.0.1/": true, "http://[::1]:80/x": true,
		"": false, "lrs.example.org": false, "http://lrs.example.org": false, "http://10.0.0.7": false, "ftp://localhost": false, "https://": false,
		"https://key:secret@lrs.example.org": false, "https://lrs.example.org?a=b": false, "https://lrs.example.org/#a": false, "http://localhost.example.org": false, "https:lrs": false,
	} {
		if got := outside.MayAsk(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}
