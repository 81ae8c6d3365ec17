package e2e_test

import (
	"strconv"
	"strings"
	"testing"
)

// figures is a report frozen by the coordinator and one figure of it held against the evidence by the
// auditor: one line is refused, the live figure falls by one, the frozen report stays as it was.
func figures(t *testing.T, h *house) {
	w := h.words("fr")
	nadia := h.visit(t, laptop, "fr").as("nadia")
	nadia.open("/indicators")
	nadia.follow("button", w.T("impact.freeze"))
	nadia.sees(w.T("impact.said.frozen"))
	report := nadia.at()
	frozen := nadia.table(report)

	paula := h.visit(t, laptop, "fr").as("paula")
	paula.lands("/indicators")
	before := paula.counted("tutors-trained")
	sample := draws(paula)
	judge(paula, sample, w.T("impact.line.move.asked"), "La seconde signature manque.")
	paula.sees(w.T("impact.line.state.asked"))

	nadia.open(sample)
	nadia.follow("link", w.T("impact.line.move.explained"))
	nadia.fill(w.T("impact.line.move.explained"), "L'original est retrouvé : il était resté chez le partenaire.")
	nadia.follow("button", w.T("impact.explain.send"))
	nadia.sees(w.T("impact.line.state.explained"))

	judge(paula, sample, w.T("impact.line.move.refused"), "La date ne convient pas.")
	paula.sees(w.T("impact.line.state.refused"))
	if after := paula.counted("tutors-trained"); after != before-1 {
		paula.fail("%d after one of %d was refused", after, before)
	}
	if again := nadia.table(report); again != frozen {
		nadia.fail("the frozen report has changed:\n%s\n%s", frozen, again)
	}
	const minutes = "fetch(%q).then((r) => r.text()).then((s) => s.slice(0, 5))"
	if head := ask[string](paula, strings.Replace(minutes, "%q", strconv.Quote(sample+"/minutes.pdf"), 1)); head != "%PDF-" {
		paula.fail("the minutes begin with %q", head)
	}
}

// draws takes ten of what the figure counts; each name that is then read is written down.
func draws(p *tab) (sample string) {
	p.t.Helper()
	w := p.h.words("fr")
	p.fill(w.T("impact.seed"), "2 5 6 1")
	before := p.h.entries(p.t)
	p.follow("button", w.T("impact.draw"))
	p.sees(w.T("impact.said.drawn"))
	p.sees("2 5 6 1")
	if lines := ask[int](p, "document.querySelectorAll('main ol > li.card').length"); lines != 10 {
		p.fail("%d lines are drawn", lines)
	}
	if written := p.h.entries(p.t) - before; written != 11 {
		p.fail("drawing ten and reading their names wrote %d entries, not 11", written)
	}
	return p.at()
}

// judge says a word about the first line.
func judge(p *tab, sample, word, why string) {
	p.t.Helper()
	w := p.h.words("fr")
	p.open(sample)
	p.follow("link", w.T("impact.judge"))
	p.press("radio", word)
	p.follow("button", w.T("impact.judge.save")) // asking and refusing need a reason
	p.sees(w.T("impact.line.why.missing"))
	p.fill(w.T("impact.why"), why)
	p.follow("button", w.T("impact.judge.save"))
	p.sees(why)
}

// counted opens a figure and reads it.
func (p *tab) counted(indicator string) int {
	p.t.Helper()
	p.open("/indicators/" + indicator)
	n, err := strconv.Atoi(ask[string](p, "document.querySelector('.meter b').innerText"))
	must(p.t, err)
	return n
}

// table is what a frozen report says.
func (p *tab) table(report string) string {
	p.t.Helper()
	p.open(report)
	return ask[string](p, "document.querySelector('main table').innerText")
}
