package e2e_test

import (
	"os"
	"path/filepath"

	"tremplin/internal/core/i18n"
)

// scenes are pages that no address opens: what a form says when it was not accepted, an answer judged.
var scenes = []struct {
	name, as string
	play     func(*tab, *i18n.Words)
}{
	{"a wrong answer", "", func(p *tab, w *i18n.Words) { judged(p, w, false) }},
	{"a right answer", "", func(p *tab, w *i18n.Words) { judged(p, w, true) }},
	{"keep, not accepted", "", func(p *tab, w *i18n.Words) {
		p.open("/keep")
		p.fill(w.T("identity.first"), "A")
		p.fill(w.T("identity.pin.new"), "123456")
		p.fill(w.T("identity.pin.repeat"), "123456")
		p.follow("button", w.T("identity.keep.go"))
		p.sees(w.T("identity.pin.weak"))
	}},
	{"sign in, not accepted", "", func(p *tab, w *i18n.Words) {
		p.open("/sign-in")
		p.fill(w.T("identity.email"), "nobody@example.org")
		p.fill(w.T("identity.password"), "not the password")
		p.follow("button", w.T("identity.enter"))
		p.sees(w.T("identity.password.wrong"))
	}},
	{"an import with faults", "nadia", func(p *tab, w *i18n.Words) {
		file := filepath.Join(p.t.TempDir(), "personnes.csv")
		must(p.t, os.WriteFile(file, []byte(table), 0o600))
		p.open("/import")
		p.hand(file)
		p.follow("button", w.T("people.import.look"))
		p.sees(w.T("people.import.mend"))
	}},
}

// judged answers the first choice of a module.
func judged(p *tab, w *i18n.Words, right bool) {
	p.t.Helper()
	l := p.lesson("speaking-at-work", w.Code)
	for i, s := range l.text.Screens {
		if s.Activity == nil || boxes[s.Activity.Kind] != "radio" {
			continue
		}
		p.open("/learn/" + l.slug + "/" + number(i+1))
		if right {
			l.answer(s.Activity)
		} else {
			p.press("radio", mistake(s.Activity).Text)
		}
		p.follow("button", w.T("learning.check"))
		return
	}
}
