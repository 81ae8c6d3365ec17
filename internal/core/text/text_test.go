package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"tremplin/internal/core/text"
)

// What people write in many ways is found in one.
func TestFold(t *testing.T) {
	for folded, ways := range map[string][]string{
		"emilie cote":  {"Émilie Côté", "EMILIE  COTE", "e\u0301milie co\u0302te\u0301", " Émilie\tCôté\n", "Émi\u00adlie Côté"},
		"احمد":         {"أحمد", "احمد", "أَحْمَد", "اٰحمد", "أحـــمد", "\u200fأحمد\u200e"},
		"فاطمه الزهرا": {"فاطمة الزهرا", "فاطمه  الزهرا", "فاطِمَة ٱلزهرا"},
		"مصطفي":        {"مصطفى", "مصطفي"},
		"un emploi":    {"un  emploi", "un\u00a0emploi", "Un\temploi"},
		"isik":         {"IŞIK", "ışık", "İşik"},
		"п'ять":        {"п’ять", "П'ЯТЬ", "пʼять"},
		"112":          {"١١٢", "۱۱۲", "\u200f112"},
		"istanbul":     {"İstanbul", "Istanbul", "ISTANBUL", "ıstanbul"},
		"sisli":        {"Şişli", "SISLI"},
		"o'brien":      {"O’Brien", "OʼBrien", "o`brien", "O‘Brien"},
		"lodz":         {"Łódź", "łódź"},
		"strasse":      {"Straße", "STRASSE"},
		"soeur":        {"sœur", "SŒUR", "soeur"},
		"νικοσ":        {"Νίκος", "ΝΙΚΟΣ"},
		"2026":         {"٢٠٢٦", "۲۰۲۶", "２０２６"},
		"ім'я":         {"Ім’я", "ІМ'Я"},
		"":             {"", " ", "\u200b\u0301"},
	} {
		for _, s := range ways {
			if got := text.Fold(s); got != folded {
				t.Errorf("%q: %q, want %q", s, got, folded)
			}
		}
	}
}

func TestFoldKeepsApart(t *testing.T) {
	seen := map[string]string{}
	for _, s := range []string{"Anna", "Ana", "Иван", "Іван", "محمد", "محمود", "un", "une"} {
		if was, ok := seen[text.Fold(s)]; ok {
			t.Errorf("%s is taken for %s", s, was)
		}
		seen[text.Fold(s)] = s
	}
}

func TestDigits(t *testing.T) {
	if got := text.Digits("٠٦ ۱۲ ab 3"); got != "06 12 ab 3" {
		t.Error(got)
	}
}

// FuzzFold: what was folded is folded: nothing is found under two forms.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Émilie", "أحمد ـ", "İıßøł", "ﷺ", "Ⅷ ½ ﬁ", "\xff\x00", "ͅ", "ϓ", "Å", "ǅ", "　", "ᾳ", "Ⓐ", "\xf6ǹ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Fold(s)
		again := text.Fold(got)
		if again != got {
			t.Fatalf("%q: %q, then %q", s, got, again)
		}
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) }) {
			t.Fatalf("%q: %q", s, got)
		}
	})
}
