package e2e_test

import "testing"

// What the author adds to the screen that confuses, and the translator after her.
const (
	confusing = "looking-for-work"
	hard      = "gaps"
	clearer   = "Un exemple suffit. Prenez votre temps."
	turned    = "Bir örnek yeter. Acele etmeyin."
)

// author mends a screen on which many err; a colleague publishes it, a translator brings it up to date,
// and the author sees that it helped.
func author(t *testing.T, h *house) {
	at := h.place(t, confusing, hard)
	writes(t, h, at)
	publishes(t, h)
	translates(t, h)
	for _, c := range []struct{ lang, words string }{{"fr", clearer}, {"tr", turned}} {
		learns(t, h, c.lang, at, c.words)
	}
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("claire")
	p.open("/modules/" + confusing)
	study, err := h.app.Learning.Study(t.Context(), h.programme().ID(), confusing)
	must(t, err)
	was := study.Number - 1
	for study.Effects[was] == nil || len(study.Effects[was].Screens) == 0 { // a version that nobody has read says nothing
		was--
	}
	before, after := study.Effects[was].Screens[hard], study.Effects[study.Number].Screens[hard]
	if after.Seen != 2 || after.Erring != 0 || before.Erring == 0 {
		p.fail("before %+v, after %+v", before, after)
	}
	p.sees(w.T("author.better", "Percent", 0, "Now", 0, "OfNow", 2, "Was", before.Percent(), "Before", before.Erring, "OfBefore", before.Seen, "Number", study.Number))
}

// place is where a screen stands in its module, from 1.
func (h *house) place(t *testing.T, slug, screen string) int {
	t.Helper()
	for i, s := range h.lesson(t, slug).Screens {
		if s.ID == screen {
			return i + 1
		}
	}
	t.Fatalf("%s has no screen %s", slug, screen)
	return 0
}

func writes(t *testing.T, h *house, at int) {
	t.Helper()
	w, text := h.words("fr"), h.lesson(t, confusing)
	p := h.visit(t, laptop, "fr").as("claire")
	p.lands("/modules")
	p.follow("link", text.Title)
	p.follow("link", number(at)+". "+text.Screens[at-1].Title)
	p.add(w.T("author.field.text"), clearer)
	p.follow("button", w.T("author.save"))
	p.sees(w.T("author.saved"))
	p.sees(clearer)
	p.follow("link", w.T("author.back.screens"))
	p.fill(w.T("author.submit.note"), "Un écran plus clair")
	p.follow("button", w.T("author.submit"))
	p.sees(w.T("author.submitted"))
}

func publishes(t *testing.T, h *house) {
	t.Helper()
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("nadia")
	p.open("/modules/" + confusing + "/edit")
	p.sees(w.T("author.review.read"))
	p.fill(w.T("author.publish.note"), "Un écran plus clair")
	p.follow("button", w.T("author.publish"))
	p.sees(w.T("author.published"))
}

func translates(t *testing.T, h *house) {
	t.Helper()
	w := h.words("tr")
	m, err := h.app.Learning.Module(t.Context(), h.programme().ID(), confusing)
	must(t, err)
	p := h.visit(t, laptop, "tr").as("selim")
	p.lands("/translations")
	p.open("/translations?to=tr")
	p.follow("link", m.Text("tr").Title)
	p.follow("link", h.lesson(t, confusing).Screens[h.place(t, confusing, hard)-1].Title)
	p.sees(w.T("translate.state.stale"))
	if ins := ask[string](p, "[...document.querySelectorAll('.diff ins')].map((e) => e.innerText).join(' ')"); folded(ins) != clearer {
		p.fail("what is new is shown as %q", ins)
	}
	p.add(w.T("translate.words", "Language", "Türkçe", "What", w.T("author.field.text")), turned)
	p.follow("button", w.T("translate.done"))
	p.open("/modules/" + confusing + "/translate/tr")
	p.follow("button", w.T("translate.publish"))
	p.sees(w.T("translate.published"))
}

// learns does the mended screen without a mistake.
func learns(t *testing.T, h *house, lang string, at int, words string) {
	t.Helper()
	p := h.visit(t, phone, lang)
	l := p.lesson(confusing, lang)
	p.open("/learn/" + confusing + "/" + number(at))
	p.sees(words)
	l.pass(at)
}

// add writes below what stands in a field.
func (p *tab) add(label, words string) {
	p.t.Helper()
	o, err := p.field(label)
	if err != nil {
		p.fail("%v", err)
	}
	before, err := of[string](p, o, "function() { return this.value; }")
	if err != nil {
		p.fail("%v", err)
	}
	p.fill(label, before+"\n\n"+words)
}
