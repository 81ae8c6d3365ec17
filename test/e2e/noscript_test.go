package e2e_test

import (
	"testing"

	"tremplin/internal/learning/content"
)

// noscript learns a whole module with JavaScript turned off: every kind of activity, a remark, the end.
func noscript(t *testing.T, h *house) {
	p := h.visit(t, phone, "fr")
	p.withoutScript()
	l := p.lesson("speaking-at-work", "fr")
	seen := map[content.Kind]bool{}
	p.open("/learn/" + l.slug)
	p.follow("link", l.w.T("learning.start"))
	for n := range l.text.Screens {
		if a := l.screen(n + 1).Activity; a != nil {
			seen[a.Kind] = true
		}
		if n == 1 {
			remark(p, l, "Le mot « consigne » est difficile")
		}
		l.pass(n + 1)
	}
	for _, k := range []content.Kind{content.Choice, content.Choices, content.Order, content.Match, content.Fill, content.Short, content.Reflection} {
		if !seen[k] {
			t.Errorf("%s has no activity of the kind %s: choose another module", l.slug, k)
		}
	}
	p.lands("/learn/" + l.slug + "/end")
	p.sees(l.w.T("learning.end.title"))
	p.follow("button", l.w.T("learning.face.3"))
	p.sees(l.w.T("learning.remark.thanks"))
	p.follow("link", l.w.T("learning.library"))
	p.follow("link", folded(needText(h, "speak", "fr")))
	p.sees(l.w.T("learning.done"))
}

// remark says from a screen that something is not clear.
func remark(p *tab, l lesson, words string) {
	p.t.Helper()
	p.press("DisclosureTriangle", l.w.T("learning.remark.open"))
	p.fill(l.w.T("learning.remark.label"), words)
	p.follow("button", l.w.T("learning.remark.send"))
	p.sees(l.w.T("learning.remark.thanks"))
}

func needText(h *house, need, lang string) string {
	for _, n := range h.programme().Needs {
		if n.ID == need {
			return n.Text[lang]
		}
	}
	return ""
}
