package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Whoever lost their password is let back in, while the site is being served.
func TestLostPassword(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := begin(t, "serve", "--data", dir)
	if a := post(t, visitor(t), p.base+"/setup", first()); a.status != http.StatusSeeOther {
		t.Fatalf("the first visit: %d", a.status)
	}
	code, said := run(t, "password", "Alex@example.org", "--data", dir)
	password := regexp.MustCompile(`[a-z2-7]{4}(-[a-z2-7]{4}){3}`).FindString(said)
	if code != 0 || password == "" {
		t.Fatalf("%d %s", code, said)
	}
	form := url.Values{"email": {"alex@example.org"}, "password": {password}}
	if a := post(t, visitor(t), p.base+"/sign-in", form); a.status != http.StatusSeeOther || a.goes != "/programme" {
		t.Errorf("signing in: %d %s", a.status, a.goes)
	}
	if code, said := run(t, "password", "nobody@example.org", "--data", dir); code != 1 || !strings.Contains(said, "nobody has an account") {
		t.Errorf("%d %s", code, said)
	}
}
