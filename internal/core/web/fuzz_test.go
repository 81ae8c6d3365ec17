package web

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzLocal: wherever a form asks to go on to, a browser stays on this site.
func FuzzLocal(f *testing.F) {
	for _, s := range []string{"/a?b=c#d", "//x", "/\\x", "/\t/x", "///", "https:/x", "/%2f/x", "/a:b@c", "\x00/", "/\u00a0/x"} {
		f.Add(s)
	}
	site, err := url.Parse("https://tremplin.test/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, to string) {
		got := local(to)
		if got != to && got != "/" || got != local(got) {
			t.Fatalf("%q: %q", to, got)
		}
		asRead := strings.NewReplacer("\t", "", "\r", "", "\n", "", `\`, "/").Replace(strings.TrimSpace(got)) // as browsers do
		if u, err := site.Parse(asRead); err == nil && (u.Host != site.Host || u.Scheme != site.Scheme) {
			t.Fatalf("%q leads to %s", to, u)
		}
		if !strings.HasPrefix(asRead, "/") || strings.HasPrefix(asRead, "//") {
			t.Fatalf("%q is read as %q", to, asRead)
		}
	})
}

// FuzzClean: whatever is typed becomes text that every engine keeps, no longer than it may be; tidied again it
// is the same.
func FuzzClean(f *testing.F) {
	for _, s := range []string{" a\x00b\xff ", "\u202eabc", "\u200f1\r\n", strings.Repeat("é", maxField/2+1), strings.Repeat("a", maxField-1) + "أ", "\ufffd", "e\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
		if !utf8.ValidString(got) || len(got) > maxField || strings.ContainsFunc(got, bad) || clean(got) != got {
			t.Fatalf("%q: %q", s, got)
		}
	})
}
