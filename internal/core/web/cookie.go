package web

import (
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cookies. All are strictly necessary: the session, the language, the country, the anonymous visit.
const (
	SessionCookie = "s"
	LangCookie    = "lang"
	CountryCookie = "country"
)

// Year is the life of what a device remembers, in seconds.
const Year = 365 * 24 * 3600

// SetCookie keeps a value on the device for some seconds; a negative number forgets it.
func (c *Ctx) SetCookie(name, value string, seconds int) { c.setCookie(name, value, seconds) }

func (c *Ctx) setCookie(name, value string, seconds int) {
	http.SetCookie(c.W, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: c.Site.secure(c.R),
	})
}

// secure tells whether the reader's connection is encrypted: here, or at the proxy that the site was told
// of. What a request says of itself is not believed: anybody may write X-Forwarded-Proto.
func (s *Site) secure(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(s.URL, "https://")
}

// Cookie reads a value that the device keeps.
func (c *Ctx) Cookie(name string) string {
	k, err := c.R.Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}

// Keeps tells whether the script that keeps the page which is open asks for it, for where there is no network: nobody
// reads that answer now.
func (c *Ctx) Keeps() bool { return c.R.Header.Get("X-Keeps") != "" }

// said takes what the page before left to say, once.
func (c *Ctx) said() string {
	k := c.Cookie("said")
	if k == "" || c.R.Method != http.MethodGet || c.Keeps() {
		return "" // a script that keeps the page must not take the word from whoever reads
	}
	c.setCookie("said", "", -1)
	return c.T(k)
}

// local keeps a redirect on this site: a path, never another host. Browsers leave out tabs and line ends
// and take a backslash for a slash, so that either could hide two slashes.
func local(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsRune(to, '\\') || strings.ContainsFunc(to, unicode.IsControl) {
		return "/"
	}
	return to
}

// maxField bounds any one field; slices ask for less.
const maxField = 20000

// clean makes typed text safe to keep: valid UTF-8, no control characters but line breaks and tabs.
// Marks of direction stay: people write in mixed scripts, and pages isolate what they wrote.
func clean(s string) string {
	if len(s) > maxField {
		s = s[:maxField]
		for !utf8.ValidString(s) && len(s) > maxField-4 {
			s = s[:len(s)-1]
		}
	}
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(s)
}

func disposition(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
