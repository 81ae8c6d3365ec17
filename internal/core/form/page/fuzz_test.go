package page_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"tremplin/internal/core/form"
	"tremplin/internal/core/form/page"
)

// FuzzRead: whatever a browser sends, the form takes what it shows or says what is wrong, and what it took it
// takes again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"a-who=Amina&a-years=%D9%A3&a-many=yes&a-many=no", "a-years=1e9&a-hours=-,5&a-born=31.12.2026", "a-town=a&a-town=b&a-sure=no&a-why=%00%FF",
		"a-score=9&a-hello=x&b=c", "a-who=" + strings.Repeat("é", 3000), "a-born=0000-00-00&a-hours=.", "%zz&;",
	} {
		f.Add(s)
	}
	known, err := form.Parse("sample.csv", []byte(sample))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		sent, _ := url.ParseQuery(body) // what can be read of it
		given := page.Read(known, sent)
		for name, all := range given {
			if known.Question(name) == nil || !utf8.ValidString(strings.Join(all, "")) || strings.ContainsFunc(strings.Join(all, ""), hidden) {
				t.Fatalf("%s: %q", name, all)
			}
		}
		values, wrong := known.Check(given, today)
		again, still := known.Check(values.Answers(), today)
		if len(wrong) == 0 && len(still) > 0 || len(again) != len(values) {
			t.Fatalf("%v: %v, then %v: %v", given, values, again, still)
		}
	})
}

func hidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
