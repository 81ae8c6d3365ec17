package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/i18n"
)

// TestFirstVisit is an administrator's first quarter of an hour with an empty house: from the first account to
// the cards of people who were imported, each page by what the one before says.
func TestFirstVisit(t *testing.T) {
	browser := start(t)
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		for i, lang := range bare(browser, t, fresh).languages() {
			t.Run(lang, func(t *testing.T) {
				h := bare(browser, t, fresh)
				h.serve(t, false)
				p := h.visit(t, []device{laptop, phone}[i%2], lang)
				first := &firstVisit{p, h.words(lang), ways[lang]}
				first.setsUp()
				first.letsIn("leila@example.org", "role.tutor")
				first.imports()
				first.groups()
				first.printsCards()
				h.check(t)
			})
		}
	})
}

type firstVisit struct {
	*tab
	w   *i18n.Words
	way way
}

// setsUp makes the first account; a password that is too short is said before anything has begun.
func (v *firstVisit) setsUp() {
	v.t.Helper()
	v.open("/learn/speaking-at-work")
	v.lands("/setup")
	v.press("radio", "MIGRANTECH")
	v.fill(v.w.T("people.field.first"), "Alex")
	v.fill(v.w.T("identity.email"), "alex@example.org")
	v.fill(v.w.T("identity.password"), "court")
	v.follow("button", v.w.T("identity.setup.go"))
	v.sees(v.w.T("identity.password.short", "Min", 12))
	v.examineIn(v.way)
	v.fill(v.w.T("identity.password"), "une phrase assez longue")
	v.follow("button", v.w.T("identity.setup.go"))
	v.lands("/programme")
	v.sees(v.w.T("people.steps"))
	v.examineIn(v.way)
}

// letsIn makes an account for somebody of the team.
func (v *firstVisit) letsIn(email, role string) {
	v.t.Helper()
	v.follow("link", v.w.T("people.steps.team"))
	v.fill(v.w.T("people.field.first"), "Leïla")
	v.fill(v.w.T("identity.email"), email)
	v.fill(v.w.T("identity.password"), "une autre phrase longue")
	v.pick(v.w.T("identity.admin.role"), v.w.T(role))
	v.follow("button", v.w.T("identity.admin.let"))
	v.sees(v.w.T("identity.admin.let.done"))
	v.follow("link", v.w.T("nav.programme"))
	v.sees(v.w.T("people.steps.done"))
}

// imports brings the good rows of a table in; what to do with the people is said there.
func (v *firstVisit) imports() {
	v.t.Helper()
	file := filepath.Join(v.t.TempDir(), "personnes.csv")
	must(v.t, os.WriteFile(file, []byte(table), 0o600))
	v.follow("link", v.w.T("people.steps.learners"))
	v.hand(file)
	v.follow("button", v.w.T("people.import.look"))
	v.follow("button", v.w.T("people.import.take", "N", 2))
	v.sees(v.w.T("people.import.done"))
	v.examineIn(v.way)
	v.follow("link", v.w.T("people.import.next"))
}

// groups opens a group with its tutor, and brings everybody in who is in none.
func (v *firstVisit) groups() {
	v.t.Helper()
	v.follow("link", v.w.T("tutoring.group.new"))
	v.fill(v.w.T("tutoring.group.name"), "Lundi")
	v.pick(v.w.T("tutoring.tutor"), "Leïla")
	v.follow("button", v.w.T("tutoring.group.open"))
	v.follow("link", v.w.T("tutoring.bring"))
	v.sees(v.w.T("tutoring.bring.unplaced"))
	v.follow("link", v.w.T("tutoring.cards.tick.all"))
	v.examineIn(v.way)
	v.follow("button", v.w.T("tutoring.bring.go"))
	v.sees("Aïcha")
	v.sees("ريم")
}

// printsCards makes the cards of both: a document, of which the browser is not asked to show more.
func (v *firstVisit) printsCards() {
	v.t.Helper()
	v.follow("link", v.w.T("tutoring.cards"))
	v.sees(v.w.T("tutoring.card.never"))
	v.sees(v.w.T("tutoring.cards.nowhere", "Address", v.h.base))
	const send = `(async () => {
		const form = document.querySelector('form[action="/group/cards"]');
		const r = await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
		return r.headers.get('Content-Type') + ' ' + (await r.text()).slice(0, 5);
	})()`
	if got := ask[string](v.tab, send); got != "application/pdf %PDF-" {
		v.fail("the cards are %s", got)
	}
	v.open("/people")
	v.sees("Aïcha Diallo")
}
