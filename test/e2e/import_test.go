package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// table is what an association sends: two good rows, one in Arabic, and four that cannot be taken as they are.
const table = `N°;Prénom;Nom;Langue;Pays;Date de naissance;Téléphone;Structure
E2E-1;Aïcha;Diallo;français;France;03/04/1990;06 39 98 12 34;AMSED
E2E-2;ريم;حداد;ar;FR;1988;;
E2E-3;;Sans prénom;fr;FR;;;
E2E-4;Ivan;Petrenko;klingon;FR;;;
E2E-5;Ana;Sousa;pt;PT;31/02/1990;;
E2E-6;Deniz;Yılmaz;tr;TR;;;Nobody & Sons
`

// importing brings a table in through the browser; the bad rows say why, and a second time changes nothing.
func importing(t *testing.T, h *house) {
	w := h.words("fr")
	file := filepath.Join(t.TempDir(), "personnes.csv")
	must(t, os.WriteFile(file, []byte(table), 0o600))
	p := h.visit(t, laptop, "fr").as("nadia")
	upload(p, file)
	p.sees(w.T("people.import.new", "N", 2))
	p.sees(w.T("people.import.bad", "N", 4))
	for _, why := range []string{"people.first.missing", "people.import.language", "people.import.birth", "people.import.organisation"} {
		p.sees(w.T(why))
	}
	p.follow("button", w.T("people.import.take", "N", 2))
	p.sees(w.T("people.import.done"))
	p.open("/people?q=" + "diallo")
	p.follow("link", "Aïcha Diallo")
	p.sees("Aïcha Diallo")
	if phone := ask[string](p, "document.getElementById('phone').value"); phone != "+33639981234" {
		p.fail("the number became %s", phone)
	}
	before := h.entries(t)
	upload(p, file)
	p.sees(w.T("people.import.new", "N", 0))
	p.sees(w.T("people.import.same", "N", 2))
	p.follow("button", w.T("people.import.take", "N", 0))
	p.sees(w.T("people.import.same", "N", 2))
	if after := h.entries(t); after != before {
		p.fail("the same table again wrote %d entries", after-before)
	}
}

func upload(p *tab, file string) {
	p.t.Helper()
	w := p.h.words("fr")
	p.open("/import")
	p.hand(file)
	p.follow("button", w.T("people.import.look"))
}

// entries counts what the journal holds of the programme.
func (h *house) entries(t *testing.T) (n int) {
	t.Helper()
	const q = "select count(*) from entry where programme=$1"
	must(t, h.app.DB.QueryRow(t.Context(), q, h.programme().ID()).Scan(&n))
	return n
}

// twice sends what people send twice: a button struck two times, and a form found again by Back.
func twice(t *testing.T, h *house) {
	w := h.words("fr")
	p := h.visit(t, laptop, "fr")
	p.withoutScript() // the script would hold the second
	first := p.lesson("knowing-society", "fr")
	p.open("/learn/" + first.slug + "/1")
	first.pass(1)
	p.open("/keep")
	p.fill(w.T("identity.first"), "Doublée")
	p.fill(w.T("identity.pin.new"), "604183")
	p.fill(w.T("identity.pin.repeat"), "604183")
	again := ask[string](p, "new URLSearchParams({cid: document.querySelector('[name=cid]').value, first: 'Doublée', pin: '604183', again: '604183'}).toString()")
	p.leads(func() { p.double("button", w.T("identity.keep.go")) })
	p.until("one person", func() error { return h.called(t, "Doublée", 1) })
	p.until("home", func() error { return p.stands("/me") })
	later := fmt.Sprintf(`fetch('/keep', {method: 'POST', body: new URLSearchParams(%q)}).then((r) => r.status + new URL(r.url).pathname)`, again)
	if got := ask[string](p, later); got != "200/me" { // a page kept by the browser sends its form once more
		p.fail("the same form again, signed in: %s", got)
	}
	p.lands("/me")
	must(t, h.called(t, "Doublée", 1))

	p.open("/learn/" + first.slug + "/2")
	p.press("DisclosureTriangle", w.T("learning.remark.open"))
	p.fill(w.T("learning.remark.label"), strings.Repeat("deux fois ", 3))
	before := h.entries(t)
	p.leads(func() { p.double("button", w.T("learning.remark.send")) })
	p.until("one remark", func() error { return h.wrote(t, before, 1) })
}
