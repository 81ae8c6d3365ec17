package e2e_test

import (
	"slices"
	"strconv"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning/content"
)

// lesson is a module in one language, as the one who walks through it reads it.
type lesson struct {
	p    *tab
	slug string
	text *content.Text
	w    *i18n.Words
}

func (p *tab) lesson(slug, lang string) lesson {
	p.t.Helper()
	m, err := p.h.app.Learning.Module(p.ctx, p.h.programme().ID(), slug)
	must(p.t, err)
	return lesson{p, slug, m.Text(lang), p.h.words(lang)}
}

// screen is the nth, from 1.
func (l lesson) screen(n int) content.Screen { return l.text.Screens[n-1] }

// pass does one screen: reads it, answers well if something is asked, and goes on.
func (l lesson) pass(n int) {
	l.p.t.Helper()
	s := l.screen(n)
	l.p.sees(s.Title)
	if s.Activity == nil {
		l.p.follow("button", l.w.T("learning.next"))
		return
	}
	l.answer(s.Activity)
	l.check(s.Activity)
	l.p.follow("link", l.w.T("learning.next"))
}

// check sends the answer and reads that it is right.
func (l lesson) check(a *content.Activity) {
	l.p.t.Helper()
	l.p.follow("button", l.done(a))
	if a.Kind == content.Reflection {
		l.p.sees(l.w.T("learning.thanks"))
		return
	}
	l.p.sees(l.w.T("learning.right"))
}

// done is what the button says when one has answered.
func (l lesson) done(a *content.Activity) string {
	if a.Kind == content.Reflection {
		return l.w.T("learning.thought")
	}
	return l.w.T("learning.check")
}

// answer fills in what is right.
func (l lesson) answer(a *content.Activity) {
	l.p.t.Helper()
	for i, item := range a.Items {
		switch a.Kind {
		case content.Choice, content.Choices:
			if item.Right {
				l.p.press(boxes[a.Kind], item.Text)
			}
		case content.Order:
			l.p.pick(item.Text, strconv.Itoa(i+1))
		case content.Match:
			l.p.pick(item.Text, item.Match)
		case content.Fill:
			l.p.fill(l.w.T("learning.gap", "N", i+1), item.Accept[0])
		case content.Short:
			l.p.fill(content.Plain(a.Question), item.Accept[0])
		}
	}
	if a.Kind == content.Reflection {
		l.p.fill(content.Plain(a.Question), "Une idée pour moi")
	}
}

// boxes are the roles of what one ticks.
var boxes = map[content.Kind]string{content.Choice: "radio", content.Choices: "checkbox"}

// mistake is a wrong answer to a choice, with the reason that the author gave.
func mistake(a *content.Activity) content.Item {
	i := slices.IndexFunc(a.Items, func(i content.Item) bool { return !i.Right && i.Reason != "" })
	return a.Items[i]
}
