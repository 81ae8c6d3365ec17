package e2e_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tremplin/internal/people"
)

// hostile names: what a page, a table or a script could take for something else.
var hostile = []string{
	`<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`,
	`"><svg onload=window.hacked=1>'`,
	"\u202eabc\u202c سارة <b>Sarah</b> \u2067שרה",
	strings.Repeat("W", 80),
	"{{.Name}} %s ${7*7} =cmd|' /C calc'!A0",
}

// names shows hostile names wherever a name is shown: as they were written, harmless, inside the window.
func hostileNames(t *testing.T, h *house) {
	var csv strings.Builder
	csv.WriteString("N°\tPrénom\tLangue\n")
	for i, n := range hostile {
		fmt.Fprintf(&csv, "HOST-%d\t\"%s\"\tfr\n", i, strings.ReplaceAll(n, `"`, `""`))
	}
	file := filepath.Join(t.TempDir(), "<b>noms.csv")
	must(t, os.WriteFile(file, []byte(csv.String()), 0o600))
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("nadia")
	upload(p, file)
	p.follow("button", w.T("people.import.take", "N", len(hostile)))
	for _, d := range []device{laptop, phone} {
		p.hold(d)
		for _, n := range hostile {
			p.open("/people?q=" + url.QueryEscape(string([]rune(n)[:min(5, len([]rune(n)))])))
			p.harmless(n)
			p.follow("link", n)
			p.harmless(n)
		}
	}
}

// harmless makes sure that a name stands on the page as it was written and did nothing.
func (p *tab) harmless(name string) {
	p.t.Helper()
	p.sees(name)
	if ask[bool](p, "'hacked' in window") {
		p.fail("a name ran as a script")
	}
	if wide := ask[int](p, "document.scrollingElement.scrollWidth - innerWidth"); wide > 0 {
		p.fail("the name makes the page %d px too wide", wide)
	}
}

// tooLong types ten thousand characters where a first name is asked, around the form's own bound.
func tooLong(t *testing.T, h *house) {
	w := h.words("ar")
	p := h.visit(t, phone, "ar")
	p.open("/keep")
	long := strings.Repeat("نور ", 2500)
	ask[any](p, "document.getElementById('first').removeAttribute('maxlength')")
	p.fill(w.T("identity.first"), long)
	p.fill(w.T("identity.pin.new"), "604183")
	p.fill(w.T("identity.pin.repeat"), "604183")
	p.follow("button", w.T("identity.keep.go"))
	p.sees(w.T("people.name.long", "Max", 80))
	if kept := ask[string](p, "document.getElementById('first').value"); strings.TrimSpace(kept) != strings.TrimSpace(long) {
		p.fail("what was typed is lost: %d characters stay", len([]rune(kept)))
	}
	if focus := ask[bool](p, "document.activeElement.matches('.notice.bad')"); !focus {
		p.fail("the sum of the faults has not the focus")
	}
	p.press("link", w.T("people.name.long", "Max", 80))
	p.until("the field", func() error {
		if on, err := look[string](p, "document.activeElement.id"); err != nil || on != "first" {
			return fmt.Errorf("the focus is on %q: %w", on, err)
		}
		return nil
	})
	must(t, h.called(t, strings.TrimSpace(long), 0))
}

// called makes sure how many people have a name.
func (h *house) called(t *testing.T, first string, want int) error {
	t.Helper()
	rows, err := people.Persons.Select(t.Context(), h.app.DB, h.programme().ID(), "and first=$2", first)
	if err == nil && len(rows) != want {
		err = fmt.Errorf("%d people are called %q, not %d", len(rows), short(first), want)
	}
	return err
}

// wrote makes sure how many entries were written since.
func (h *house) wrote(t *testing.T, before, want int) error {
	t.Helper()
	if n := h.entries(t) - before; n != want {
		return fmt.Errorf("%d entries were written, not %d", n, want)
	}
	return nil
}
