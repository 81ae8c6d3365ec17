package e2e_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"tremplin/internal/learning/content"
)

// keyboard is the newcomer's way with no mouse and no finger: Tab, Enter, Space and arrows; what has the
// focus is always seen.
func keyboard(t *testing.T, h *house) {
	p := h.visit(t, laptop, "fr")
	w := h.words("fr")
	p.open("/")
	p.tabTo("link", w.T("ui.skip"))
	p.key(kb.Enter)
	language(p, "Português", "Français")
	p.byKey("link", needText(h, "speak", "fr"), kb.Enter)
	l := p.lesson("speaking-at-work", "fr")
	p.byKey("link", l.text.Title, kb.Enter)
	p.byKey("link", w.T("learning.start"), kb.Enter)
	for n := 1; n <= 3; n++ {
		l.passByKey(n)
	}
	p.byKey("link", w.T("learning.keep.yes"), kb.Enter)
	p.tabTo("textbox", w.T("identity.first"))
	p.key("Nour")
	p.tabTo("textbox", w.T("identity.pin.new"))
	p.key("593017")
	p.tabTo("textbox", w.T("identity.pin.repeat"))
	p.key("593017")
	p.tabTo("radio", "")
	p.key(kb.ArrowDown)
	p.leads(func() { p.key(kb.Enter) })
	p.lands("/account/card") // a shared phone: the way back
	p.byKey("button", w.T("identity.my-card.show"), kb.Enter)
	p.sees(w.T("identity.my-card.keep"))
	p.byKey("link", w.T("identity.my-card.done"), kb.Enter)
	p.lands("/me")
	p.sees(w.T("learning.hello", "Name", "Nour"))
	p.byKey("link", w.T("learning.go-on"), kb.Enter)
	p.sees(l.screen(4).Title)
}

// byKey walks to something and opens it.
func (p *tab) byKey(role, name, key string) {
	p.t.Helper()
	p.leads(func() {
		p.tabTo(role, name)
		p.key(key)
	})
}

// language opens the switch, closes it with Escape, and chooses another language and the first again.
func language(p *tab, other, own string) {
	p.t.Helper()
	for _, name := range []string{other, own} {
		p.tabToSwitch()
		p.key(kb.Enter)
		p.key(kb.Escape)
		if open := ask[bool](p, "!!document.querySelector('details.switch[open]')"); open {
			p.fail("Escape leaves the menu open")
		}
		p.key(kb.Enter)
		p.byKey("button", name, " ")
	}
}

// tabToSwitch walks to the button that changes the language, whatever it is called just now.
func (p *tab) tabToSwitch() {
	p.t.Helper()
	for range mostTabs {
		p.key(kb.Tab)
		if _, _, err := p.focus(); err != nil {
			p.fail("%v", err)
		}
		if ask[bool](p, "document.activeElement.matches('.switch > summary')") {
			return
		}
	}
	p.fail("Tab never comes to the switch of languages")
}

// passByKey does one screen.
func (l lesson) passByKey(n int) {
	l.p.t.Helper()
	a := l.screen(n).Activity
	if a == nil {
		l.p.byKey("button", l.w.T("learning.next"), kb.Enter)
		return
	}
	l.answerByKey(a)
	l.p.byKey("button", l.done(a), " ")
	if a.Kind != content.Reflection {
		l.p.sees(l.w.T("learning.right"))
	}
	l.p.byKey("link", l.w.T("learning.next"), kb.Enter)
}

func (l lesson) answerByKey(a *content.Activity) {
	l.p.t.Helper()
	switch a.Kind {
	case content.Choice:
		l.radioByKey(a)
	case content.Reflection:
		return // may stay empty
	default:
		for i, item := range a.Items {
			l.itemByKey(a, i, item)
		}
	}
}

// radioByKey enters the group, then moves with arrows to what is right.
func (l lesson) radioByKey(a *content.Activity) {
	l.p.t.Helper()
	l.p.tabTo("radio", a.Items[0].Text)
	l.p.key(" ")
	for _, item := range a.Items {
		if item.Right {
			return
		}
		l.p.key(kb.ArrowDown)
	}
}

func (l lesson) itemByKey(a *content.Activity, i int, item content.Item) {
	l.p.t.Helper()
	switch a.Kind {
	case content.Choices:
		if item.Right {
			l.p.tabTo("checkbox", item.Text)
			l.p.key(" ")
		}
	case content.Order:
		l.p.tabTo("combobox", item.Text)
		l.p.key(strconv.Itoa(i + 1))
	case content.Match:
		l.p.tabTo("combobox", item.Text)
		for range len(a.Items) + 1 {
			if ask[string](l.p, "document.activeElement.selectedOptions[0].text") == item.Match {
				break
			}
			l.p.key(kb.ArrowDown)
		}
	case content.Fill:
		l.p.tabTo("textbox", l.w.T("learning.gap", "N", i+1))
		l.p.key(item.Accept[0])
	}
}
