package ui_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/a-h/templ"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
)

func gallery(t *testing.T, lang string) string {
	t.Helper()
	words, err := i18n.Load(ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(t.Context(), words.In(lang))
	f := ui.Frame{
		Title: "ui", Path: "/ui", Who: "Leïla Mansour", Languages: i18n.Languages, Emblem: "eu", Funder: "EU",
		Nav: []ui.Link{{Href: "/ui", Text: "ui", Here: true}},
	}
	var b bytes.Buffer
	if err := ui.Page(f).Render(templ.WithChildren(ctx, ui.Gallery()), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Strict CSP: nothing of style or script stands in a page. And every word has a translation.
func TestGalleryInEveryLanguage(t *testing.T) {
	inline := regexp.MustCompile(`\sstyle=|<style|<script>|\son[a-z]+=|javascript:`)
	key := regexp.MustCompile(`\b(ui|fault|date)\.[a-z]+[a-z0-9.-]*`)
	for _, l := range i18n.Languages {
		page := gallery(t, l.Code)
		if m := inline.FindString(page); m != "" {
			t.Errorf("%s: %q is inline", l.Code, m)
		}
		if m := key.FindString(page); m != "" {
			t.Errorf("%s: %q has no words", l.Code, m)
		}
		if !strings.Contains(page, `<html lang="`+l.Code+`" dir="`+l.Dir+`"`) {
			t.Errorf("%s: the page says another language or direction", l.Code)
		}
	}
}

// The numbers above the columns of a chart do not touch, however large they are.
func TestLargeNumbersOnAChart(t *testing.T) {
	words, err := i18n.Load(ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int64]int{999: 34, 1_234_567: 70} { // units: seven a sign, and one sign more between them
		var b bytes.Buffer
		if err := ui.Days("", []ui.Bar{{N: n}, {N: n}}).Render(i18n.With(t.Context(), words.In("fr")), &b); err != nil {
			t.Fatal(err)
		}
		var first, second int
		xs := regexp.MustCompile(`<text x="(\d+)"[^>]*>`+words.In("fr").Number(n)+`<`).FindAllStringSubmatch(b.String(), -1)
		if len(xs) != 2 {
			t.Fatal(b.String())
		}
		_, _ = fmt.Sscan(xs[0][1]+" "+xs[1][1], &first, &second)
		if second-first != want {
			t.Errorf("%d: columns are %d apart, want %d", n, second-first, want)
		}
	}
}

func TestEveryClassHasAStyle(t *testing.T) {
	css, err := os.ReadFile("../../../web/tremplin.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`class="([^"]+)"`).FindAllStringSubmatch(gallery(t, "en"), -1) {
		for c := range strings.FieldsSeq(m[1]) {
			if !regexp.MustCompile(`\.` + regexp.QuoteMeta(c) + `\b`).Match(css) {
				t.Errorf("the class %q has no style", c)
			}
		}
	}
}

func TestLanguagesSayTheSame(t *testing.T) {
	want := keys(t, i18n.Source)
	for _, l := range i18n.Languages {
		if got := keys(t, l.Code); !slices.Equal(got, want) {
			t.Errorf("%s has %d keys, the source %d", l.Code, len(got), len(want))
		}
	}
}

func keys(t *testing.T, lang string) []string {
	t.Helper()
	words := map[string]any{}
	if _, err := toml.DecodeFS(ui.Locale, "locale/"+lang+".toml", &words); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(words))
}

func TestDates(t *testing.T) {
	words, err := i18n.Load(ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{
		"en": "1 March 2026", "fr": "1er mars 2026", "pt": "1 de março de 2026", "tr": "1 Mart 2026", "ar": "1 مارس 2026", "uk": "1 березня 2026 р.",
	} {
		w := words.In(lang)
		if got := w.T("date.long", "Day", 1, "Month", w.T("date.month.3"), "Year", 2026); got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
}
