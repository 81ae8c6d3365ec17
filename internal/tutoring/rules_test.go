package tutoring

import (
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/identity"
)

func TestStand(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	ago := func(days int) int64 { return now.AddDate(0, 0, -days).UnixMicro() }
	for _, c := range []struct {
		name string
		f    Facts
		want Standing
	}{
		{"has not agreed", Facts{Begun: 1, Stuck: true, Active: ago(1)}, Private},
		{"stuck yesterday", Facts{Shared: true, Begun: 1, Stuck: true, Active: ago(1)}, Stuck},
		{"stuck long ago is still stuck", Facts{Shared: true, Begun: 1, Stuck: true, Active: ago(90)}, Stuck},
		{"stuck in one module, another finished", Facts{Shared: true, Begun: 2, Done: 1, Stuck: true, Active: ago(1)}, Stuck},
		{"all that was begun is finished", Facts{Shared: true, Begun: 2, Done: 2, Active: ago(90)}, Finished},
		{"two of three", Facts{Shared: true, Begun: 3, Done: 2, Active: ago(3)}, Moving},
		{"nothing for 14 days to the minute", Facts{Shared: true, Begun: 3, Done: 2, Active: ago(14)}, Moving},
		{"nothing for 15 days", Facts{Shared: true, Begun: 3, Done: 2, Active: ago(15)}, Silent},
		{"joined today", Facts{Shared: true, Active: ago(0)}, Moving},
		{"joined long ago, never began", Facts{Shared: true, Active: ago(40)}, Silent},
	} {
		if got := Stand(c.f, now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestStandingNames(t *testing.T) {
	for s := Stuck; s <= Private; s++ {
		if got, ok := StandingOf(s.String()); !ok || got != s {
			t.Errorf("%s is read as %s", s, got)
		}
	}
	if _, ok := StandingOf("'; drop table"); ok {
		t.Error("an unknown name is a standing")
	}
}

func TestConfuses(t *testing.T) {
	for _, c := range []struct {
		seen, erring int64
		want         bool
	}{{9, 4, true}, {9, 3, true}, {10, 3, false}, {2, 2, false}, {3, 3, true}, {0, 0, false}} {
		if got := Confuses(c.seen, c.erring); got != c.want {
			t.Errorf("%d of %d: %v", c.erring, c.seen, got)
		}
	}
}

func TestHeldIsChecked(t *testing.T) {
	good := Held{Kind: "trial", Day: "2026-11-23", Title: "Essai", Hours: 3.5}
	for _, c := range []struct {
		field  string
		change func(*Held)
	}{
		{"", func(*Held) {}},
		{"kind", func(h *Held) { h.Kind = "party" }},
		{"day", func(h *Held) { h.Day = "2026-02-30" }},
		{"day", func(h *Held) { h.Day = "23/11/2026" }},
		{"title", func(h *Held) { h.Title = "" }},
		{"title", func(h *Held) { h.Title = strings.Repeat("é", 161) }},
		{"hours", func(h *Held) { h.Hours = 0 }},
		{"hours", func(h *Held) { h.Hours = -1 }},
		{"mode", func(h *Held) { h.Mode = "moon" }},
		{"participants", func(h *Held) { h.Participants, h.Outside = 2, 3 }},
	} {
		h := good
		c.change(&h)
		fs := h.check()
		if c.field == "" && len(fs) > 0 || c.field != "" && (len(fs) != 1 || fs[0].Name != c.field) {
			t.Errorf("%+v: %v, want %q", h, fs, c.field)
		}
	}
}

func TestOpenedIsChecked(t *testing.T) {
	for _, c := range []struct {
		o    Opened
		want int
	}{
		{Opened{Name: "Lundi matin"}, 0},
		{Opened{}, 1},
		{Opened{Name: strings.Repeat("ع", 80)}, 0},
		{Opened{Name: strings.Repeat("ع", 81), Place: strings.Repeat("x", 81)}, 2},
	} {
		if got := c.o.check(); len(got) != c.want {
			t.Errorf("%+v: %v", c.o, got)
		}
	}
}

func TestNewPINIsNeverWeak(t *testing.T) {
	seen := map[string]bool{}
	for range 500 {
		pin, err := newPIN()
		if err != nil {
			t.Fatal(err)
		}
		if fs := identity.CheckPIN(pin, pin); len(fs) > 0 {
			t.Fatalf("%s: %v", pin, fs)
		}
		seen[pin] = true
	}
	if len(seen) < 490 {
		t.Errorf("%d different ones of 500", len(seen))
	}
}

func TestCertificateNumber(t *testing.T) {
	command, person := id.New(), id.New()
	n := certificateNumber(command, person, "tutor")
	if n != certificateNumber(command, person, "tutor") || n == certificateNumber(id.New(), person, "tutor") {
		t.Error("a number follows from its command, and from nothing else")
	}
	if len(n) != 11 || strings.ContainsAny(n, "ILOU") {
		t.Errorf("%q", n)
	}
	for _, typed := range []string{n, strings.ToLower(n), strings.ReplaceAll(n, "-", ""), n[:3] + " " + n[3:], strings.ReplaceAll(n, "0", "o"), strings.ReplaceAll(n, "1", "l")} {
		if got := readNumber(typed); got != n {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
	for _, wrong := range []string{"", "7Q4K", strings.Repeat("A", 200)} {
		if got := readNumber(wrong); got != "" {
			t.Errorf("%q is read as %q", wrong, got)
		}
	}
}
