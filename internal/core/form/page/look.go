package page

import (
	"slices"
	"strings"

	"tremplin/internal/core/form"
	"tremplin/internal/core/i18n"
)

// said is a text of the form in the language in which it is shown, with answers put in.
func (s Sheet) said(t form.Text) string { return s.Values.Fill(t.In(s.Lang)) }

// Dir is the direction of the language in which the form is shown.
func (s Sheet) Dir() string { return i18n.Dir(s.Lang) }

// typed is what stands in a field.
func (s Sheet) typed(q form.Shown) string {
	if a := s.Given[q.Name]; len(a) > 0 {
		return a[0]
	}
	return ""
}

// chosen tells whether a choice was made; several may come as one text.
func (s Sheet) chosen(q form.Shown, c *form.Choice) bool {
	return slices.ContainsFunc(s.Given[q.Name], func(v string) bool { return slices.Contains(strings.Fields(v), c.Name) })
}

// Aloud is what the ear reads of a question.
func (s Sheet) Aloud(q form.Shown) string {
	parts := []string{s.said(q.Label), s.said(q.Hint)}
	for _, c := range q.Choices {
		parts = append(parts, s.said(c.Label))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "\n")
}

// looks tells whether a question's appearance has a word.
func looks(q form.Shown, word string) bool {
	return slices.Contains(strings.Fields(q.Appearance), word)
}

// declines tells whether a choice says that one prefers not to answer.
func declines(c *form.Choice) bool {
	return slices.Contains([]string{"not-said", "not_said", "prefer-not-to-say", "prefer_not_to_say"}, c.Name)
}

// Declinable tells whether a question offers not to be answered among its choices.
func Declinable(q form.Shown) bool { return slices.ContainsFunc(q.Choices, declines) }

// mode is the keyboard that a question wants.
func mode(t form.Type) string {
	switch t {
	case form.Integer:
		return "numeric"
	case form.Decimal:
		return "decimal"
	}
	return ""
}

// Groups are the groups around a question that have a name, the outermost first.
func (s Sheet) Groups(q form.Shown) (out []string) {
	for g := q.Group; g != nil; g = g.Parent {
		if label := s.said(g.Label); label != "" {
			out = append([]string{label}, out...)
		}
	}
	return out
}

// section is a run of questions of one group.
type section struct {
	title     string
	questions []form.Shown
}

func (s Sheet) sections() (out []section) {
	var group *form.Group
	for i, q := range s.Steps {
		if i == 0 || q.Group != group {
			group = q.Group
			out = append(out, section{title: strings.Join(s.Groups(q), " · ")})
		}
		out[len(out)-1].questions = append(out[len(out)-1].questions, q)
	}
	return out
}
