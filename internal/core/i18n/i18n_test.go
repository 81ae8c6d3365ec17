package i18n_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
)

// locale is a folder of words; the key of each file is its language.
func locale(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for lang, text := range files {
		out["locale/"+lang+".toml"] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func load(t testing.TB, files map[string]string) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(locale(files))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var days = map[string]string{
	"en": "[\"days\"]\none = \"{{.N}} day\"\nother = \"{{.N}} days\"",
	"fr": "[\"days\"]\none = \"{{.N}} jour\"\nmany = \"{{.N}} de jours\"\nother = \"{{.N}} jours\"",
	"pt": "[\"days\"]\none = \"{{.N}} dia\"\nmany = \"{{.N}} de dias\"\nother = \"{{.N}} dias\"",
	"tr": "[\"days\"]\none = \"{{.N}} gün\"\nother = \"{{.N}} gün\"",
	"ar": "[\"days\"]\nzero = \"لا أيام\"\none = \"يوم واحد\"\ntwo = \"يومان\"\nfew = \"{{.N}} أيام\"\nmany = \"{{.N}} يومًا\"\nother = \"{{.N}} يوم\"",
	"uk": "[\"days\"]\none = \"{{.N}} день\"\nfew = \"{{.N}} дні\"\nmany = \"{{.N}} днів\"\nother = \"{{.N}} дня\"",
}

// Each language counts in its own way; Arabic in six.
func TestPluralForms(t *testing.T) {
	c := load(t, days)
	for lang, want := range map[string]map[int]string{
		"en": {0: "0 days", 1: "1 day", 2: "2 days"},
		"fr": {0: "0 jour", 1: "1 jour", 2: "2 jours"},
		"pt": {0: "0 dias", 1: "1 dia", 2: "2 dias"},
		"tr": {1: "1 gün", 2: "2 gün"},
		"ar": {0: "لا أيام", 1: "يوم واحد", 2: "يومان", 3: "3 أيام", 10: "10 أيام", 11: "11 يومًا", 99: "99 يومًا", 100: "100 يوم", 101: "101 يوم", 103: "103 أيام", 111: "111 يومًا"},
		"uk": {0: "0 днів", 1: "1 день", 2: "2 дні", 4: "4 дні", 5: "5 днів", 11: "11 днів", 14: "14 днів", 21: "21 день", 22: "22 дні", 25: "25 днів", 111: "111 днів", 121: "121 день"},
	} {
		for n, says := range want {
			for _, v := range []any{n, int64(n)} {
				if got := c.In(lang).T("days", "N", v); got != says {
					t.Errorf("%s: %d (%T): %q, want %q", lang, n, v, got, says)
				}
			}
		}
	}
}

// A number is written as the language writes it, by itself and in a message; four digits stand together.
func TestNumbers(t *testing.T) {
	c := load(t, days)
	for lang, want := range map[string][3]string{
		"en": {"12,345", "2.5", "12,345 days"}, "fr": {"12\u00a0345", "2,5", "12\u00a0345 jours"}, "pt": {"12\u00a0345", "2,5", "12\u00a0345 dias"},
		"tr": {"12.345", "2,5", "12.345 gün"}, "ar": {"12,345", "2.5", "12,345 يومًا"}, "uk": {"12\u00a0345", "2,5", "12\u00a0345 днів"},
	} {
		w := c.In(lang)
		if got := [3]string{w.Number(12345), w.Decimal(2.5), w.T("days", "N", 12345)}; got != want {
			t.Errorf("%s: %q", lang, got)
		}
		if w.Number(9999) != "9999" || w.Decimal(3) != "3" || w.Decimal(1234) != "1234" || w.Number(-12345) == "-12345" {
			t.Errorf("%s: %q %q %q", lang, w.Number(9999), w.Decimal(1234), w.Number(-12345))
		}
	}
	if got := c.In("fr").T("days", "N", int64(1_000_000)); got != "1\u00a0000\u00a0000 de jours" {
		t.Errorf("%q", got)
	}
}

// A message of two forms alone is still one of forms.
func TestFewForms(t *testing.T) {
	w := load(t, map[string]string{"en": "[\"seen\"]\nother = \"Seen\"", "ar": "[\"seen\"]\ntwo = \"مرتان\"\nother = \"مرات\""}).In("ar")
	if got := w.T("seen", "N", 2) + w.T("seen", "N", 100); got != "مرتانمرات" {
		t.Error(got)
	}
}

// What a language does not say is said in the source; what nobody says, by its key.
func TestFallbacks(t *testing.T) {
	c := load(t, map[string]string{"en": "\"a\" = \"A {{.Name}}\"\n\"b\" = \"B\"", "fr": "\"a\" = \"À {{.Name}}\""})
	for _, x := range []struct{ lang, key, want string }{
		{"fr", "a", "À Léa"}, {"fr", "b", "B"}, {"pt", "a", "A Léa"}, {"xx", "b", "B"}, {"fr", "none", "none"}, {"en", "", ""},
	} {
		if got := c.In(x.lang).T(x.key, "Name", "Léa"); got != x.want {
			t.Errorf("%+v: %q", x, got)
		}
	}
	if c.In("xx").Code != i18n.Source {
		t.Error("an unknown language is spoken")
	}
}

// Words say what they are given as it is: pages escape it, and nothing in it is run.
func TestValuesAreNotRead(t *testing.T) {
	c := load(t, map[string]string{"en": "\"a\" = \"Hello {{.Name}}\"\n\"b\" = \"Plain\""})
	if got := c.In("en").T("a", "Name", "{{.Name}}<b>"); got != "Hello {{.Name}}<b>" {
		t.Error(got)
	}
	if got := c.In("en").T("b", "N", 3, "odd"); got != "Plain" {
		t.Error(got)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"locale/en.toml": {"en": "\"a\" = "}, "locale/xx.toml": {"xx": "\"a\" = \"A\""}, "locale/fr.toml": {"fr": "\"a\" = \"A\"\n\"a\" = \"B\""},
	} {
		if _, err := i18n.Load(locale(files)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPick(t *testing.T) {
	spoken := []string{"fr", "en", "pt", "tr", "ar", "uk"}
	for header, want := range map[string]string{
		"": "fr", "*": "fr", "uk": "uk", "UK-ua": "uk", "pt-BR,en;q=0.5": "pt", "ar-MA": "ar", "de,en;q=0.3": "en", "ja": "fr", "en;q=0,tr": "tr",
		"fr-BE;q=0.2,ar;q=0.9": "ar", "x;y;z": "fr", strings.Repeat("en,", 2000): "en",
	} {
		if got := i18n.Pick(header, spoken); got != want {
			t.Errorf("%.40q: %s, want %s", header, got, want)
		}
	}
	if got := i18n.Pick("fr", nil); got != i18n.Source {
		t.Error(got)
	}
}

func FuzzPick(f *testing.F) {
	for _, s := range []string{"fr-FR,fr;q=0.9", "*", "en-u-ca-buddhist", "zh-Hant-TW;q=1.1", ";;,", "\xff", "i-klingon,art-lojban", "aaaaaaaaa-b"} {
		f.Add(s)
	}
	offered := []string{"uk", "ar"}
	f.Fuzz(func(t *testing.T, header string) {
		if got := i18n.Pick(header, offered); !slices.Contains(offered, got) {
			t.Fatalf("%q: %s", header, got)
		}
	})
}

// FuzzLoad: a folder of words is refused by name, or every one of its words is said.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{days["ar"], "\"a.b\" = \"{{.N}}\"", "a = 1", "[a]\n[a.b]\nother = \"x\"", "\"a\" = \"{{.Name | printf \"%d\"}}\"", "\"\" = \"\"", "[[a]]\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := i18n.Load(locale(map[string]string{"ar": text}))
		if err != nil {
			if !strings.Contains(err.Error(), "locale/ar.toml") {
				t.Fatal(err)
			}
			return
		}
		for _, n := range []any{0, 2, 7.5, "many", nil} {
			c.In("ar").T("a", "N", n, "Name", "x")
		}
	})
}

func TestDirection(t *testing.T) {
	for code, want := range map[string]string{"ar": "rtl", "fa": "rtl", "he": "rtl", "ps": "rtl", "ku-Arab": "rtl", "dv": "rtl", "uk": "ltr", "tr": "ltr", "": "ltr", "xx": "ltr"} {
		if got := i18n.Dir(code); got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
}

// A day is said in every language of the interface, with the month's own name.
func TestDates(t *testing.T) {
	c, err := i18n.Load(ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 3, 23, 59, 0, 0, time.UTC)
	said := map[string]bool{}
	for _, l := range i18n.Languages {
		ctx := i18n.With(context.Background(), c.In(l.Code))
		s := i18n.Date(ctx, day)
		if said[s] = true; !strings.Contains(s, "2026") || strings.Contains(s, "date.") || i18n.Micro(ctx, day.UnixMicro()) != s {
			t.Errorf("%s: %s", l.Code, s)
		}
		if i18n.Micro(ctx, 0) != "—" || i18n.Date(ctx, time.Time{}) != "—" {
			t.Errorf("%s: a day that nobody knows", l.Code)
		}
	}
	if len(said) != len(i18n.Languages) || !said["3 novembre 2026"] {
		t.Error(slices.Collect(maps.Keys(said)))
	}
}

func TestWordsOfAContext(t *testing.T) {
	c := load(t, map[string]string{"en": "\"a\" = \"A\""})
	if got := i18n.T(i18n.With(context.Background(), c.In("en")), "a"); got != "A" {
		t.Error(got)
	}
	if got := i18n.T(context.Background(), "a"); got != "a" {
		t.Error(got)
	}
}
