package workshop

import (
	"context"
	"fmt"
	"strings"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// part is a piece of a screen: what its source says, what it said before, and its translation.
type part struct {
	name, label          string
	source, before, mine string
	rows                 int
	line                 int  // of an activity; -1: a field of its own
	right                bool // which lines are right is not the translator's to change
}

// id is where a fault leads; a field of its own carries its name itself.
func (p part) id() string {
	if p.line < 0 {
		return "about-" + p.name
	}
	return p.name
}

// same tells whether nothing is to be done: its source says what it said, and nothing is wrong with it.
func (p part) same(w turning) bool {
	wrong := false
	for _, f := range w.faults {
		wrong = wrong || f.Name == p.name
	}
	return w.before != nil && p.before == p.source && !wrong
}

// parts lists the pieces of a screen in their order; those that the source does not have are left out.
func (w turning) parts(ctx context.Context) (out []part) {
	var was learning.Typed
	if w.before != nil {
		was = *w.before
	}
	add := func(name, label, source, before, mine string, rows int) {
		if source != "" || mine != "" {
			out = append(out, part{name: name, label: i18n.T(ctx, "author.field."+label), source: source, before: before, mine: mine, rows: rows, line: -1})
		}
	}
	add("title", "title", w.source.Title, was.Title, w.Title, 1)
	if w.source.Picture != "" {
		add("alt", "alt", w.source.Alt, was.Alt, w.Alt, 2)
	}
	text := "text"
	if w.name == "_" {
		text = "summary"
	}
	add("text", text, w.source.Text, was.Text, w.Text, min(24, 3+len(w.source.Text)/50+strings.Count(w.source.Text, "\n")))
	if w.source.Kind == "" {
		return out
	}
	add("question", "question", w.source.Question, was.Question, w.Question, 2)
	if w.source.Kind == content.Fill || w.source.Kind == content.Short {
		add("body", map[content.Kind]string{content.Fill: "gaps", content.Short: "accepted"}[w.source.Kind], w.source.Body, was.Body, w.Body, 3)
	}
	out = append(out, w.lines(ctx, was)...)
	praise := "praise"
	if w.source.Kind == content.Reflection {
		praise = "example"
	}
	add("praise", praise, w.source.Praise, was.Praise, w.Praise, 2)
	return out
}

func (w turning) lines(ctx context.Context, was learning.Typed) (out []part) {
	for i, item := range w.source.Items {
		p := part{name: fmt.Sprintf("item-%d", i), label: i18n.T(ctx, "author.line", "Number", i+1), source: itemText(item), line: i, right: item.Right}
		if i < len(was.Items) {
			p.before = itemText(was.Items[i])
		}
		out = append(out, p)
	}
	return out
}

// itemText is a line of an activity as it is read: the answer or pair, and below it why.
func itemText(i learning.TypedItem) string {
	s := i.Text
	if i.Match != "" {
		s += " = " + i.Match
	}
	if i.Reason != "" {
		s += "\n" + i.Reason
	}
	return s
}
