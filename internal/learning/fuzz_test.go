package learning

import (
	"reflect"
	"strings"
	"testing"

	"tremplin/internal/learning/content"
)

// FuzzTyped: a screen that an author types has a trouble, or reads back as it was typed, whatever the fields hold.
func FuzzTyped(f *testing.F) {
	f.Add("Où ?", "Un.\n\n::: FR\nDeux.\n:::", "choice", "Que faites-vous ?", "Rien|Je demande", "Non.|Oui.", "Bien.", "")
	f.Add("a {#b}", "# a {#b}\n---", "order", "1. a", "1. a|2. b", ">|>", "> x", "")
	f.Add("a", "``` choice", "match", "x", "a = b| = ", "c", "```", "")
	f.Add("a", "![a](pictures/a.svg)", "fill", "x", "", "", "", "Je {cherche|recherche} un {travail}.")
	f.Add("a", "<b>", "short", "x", "", "", "", "112 | cent\n= douze")
	f.Add("\u202e", "a\r\nb\tc", "reflection", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, title, text, kind, question, items, reasons, praise, body string) {
		s := Typed{Title: title, Text: text, Kind: content.Kind(kind), Question: question, Praise: praise, Body: body}
		why := strings.Split(reasons, "|")
		for i, item := range strings.Split(items, "|") {
			s.Items = append(s.Items, TypedItem{Right: i == 1, Text: item, Match: why[i%len(why)], Reason: why[(i+1)%len(why)]})
		}
		screen, wrong := s.Screen("a")
		if len(wrong) > 0 {
			return
		}
		back := TypedOf(screen)
		again, wrong := back.Screen("a")
		if len(wrong) > 0 || !reflect.DeepEqual(again, screen) {
			t.Fatalf("typed %+v\nread back %+v\n%v", s, back, wrong)
		}
		if screen.ID != "a" || back.Kind != s.Kind || back.Title != oneLine(title) {
			t.Fatalf("typed %+v\nread back %+v", s, back)
		}
	})
}

// FuzzMarks: what a translation was made from is read as it was written.
func FuzzMarks(f *testing.F) {
	f.Add("start", "abc", "")
	f.Add("_", "a=b", " x y ")
	f.Fuzz(func(t *testing.T, screen, hash, column string) {
		unmark(column)
		if idForm := strings.Trim(screen, "abcdefghijklmnopqrstuvwxyz0123456789-"); idForm != "" || strings.ContainsAny(hash, " \t\n\v\f\r\u0085\u00a0") || hash == "" {
			return
		}
		from := map[string]string{screen: hash}
		if got := unmark(marks(from)); !reflect.DeepEqual(got, from) {
			t.Fatalf("%q: %q", from, got)
		}
	})
}
