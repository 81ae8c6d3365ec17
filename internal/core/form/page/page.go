// Package page draws the questions of a form: one at a time for participants, all on one page for
// professionals. It knows no request, no store and no person: who uses it says what was answered so far, and
// puts the questions into a form element of its own.
package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/form"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
)

// Sheet is a form as one reader sees it, with what was answered so far.
type Sheet struct {
	Form     *form.Form
	Given    form.Answers // as it was typed: nothing is lost
	Values   form.Values  // as it was understood
	Problems []form.AnswerProblem
	Steps    []form.Shown // to go through: up to the last question
	Closing  []form.Shown // notes after the last question: to be read once it is sent
	Lang     string       // in which the form is shown
	Reader   string       // the reader's language, which may be another

	faults []fault.Field
}

// New looks at a form with these answers.
func New(f *form.Form, given form.Answers, today sheet.Civil, reader string) Sheet {
	s := Sheet{Form: f, Given: given, Reader: reader, Lang: Language(f, reader)}
	s.Values, s.Problems = f.Check(given, today)
	s.Steps = f.Show(given, today)
	last := len(s.Steps) - 1
	for last >= 0 && s.Steps[last].Type == form.Note {
		last--
	}
	if last >= 0 {
		s.Steps, s.Closing = s.Steps[:last+1], s.Steps[last+1:]
	}
	return s
}

// Language is the one in which a reader sees a form: theirs if the form speaks it, else the form's own.
func Language(f *form.Form, reader string) string {
	base, _, _ := strings.Cut(reader, "-")
	for _, l := range []string{reader, base, f.Language} {
		if slices.Contains(f.Languages, l) {
			return l
		}
	}
	if len(f.Languages) > 0 {
		return f.Languages[0]
	}
	return f.Language
}

// Telling is the sheet that says what is wrong with these answers.
func (s Sheet) Telling(problems ...form.AnswerProblem) Sheet {
	s.faults = Faults(problems, s.Reader, s.Lang)
	return s
}

// Faults are what the sheet says is wrong, by the names of the fields.
func (s Sheet) Faults() []fault.Field { return s.faults }

// At finds a step by its question's name, -1 where there is none.
func (s Sheet) At(name string) int {
	return slices.IndexFunc(s.Steps, func(q form.Shown) bool { return q.Name == name })
}

// Asked counts the questions that are shown, and those that have an answer.
func (s Sheet) Asked() (asked, answered int) {
	for _, q := range s.Steps {
		if q.Type == form.Note {
			continue
		}
		asked++
		if s.Values[q.Name].Text != "" {
			answered++
		}
	}
	return asked, answered
}

// Problem is what is wrong with one answer, nil if nothing is.
func (s Sheet) Problem(name string) *form.AnswerProblem {
	i := slices.IndexFunc(s.Problems, func(p form.AnswerProblem) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &s.Problems[i]
}

// Faults turns problems into messages: the form's own words where it has some, else the house's.
func Faults(problems []form.AnswerProblem, languages ...string) (out []fault.Field) {
	for _, p := range problems {
		f := fault.Field{Name: Field(p.Name), Key: "form." + p.Code, Args: []any{"Max", form.MaxText}}
		if own := p.Message.In(languages...); own != "" {
			f.Key, f.Args = "form.said", []any{"Message", own}
		}
		out = append(out, f)
	}
	return out
}

// Field is the name under which the answer to a question is sent: apart from what else a page sends.
func Field(question string) string { return "a-" + question }

// Read takes the answers out of what a browser sent: those of this form's questions, without control
// characters. Their length is left for Check to refuse, so that nothing is cut unseen.
func Read(f *form.Form, sent url.Values) form.Answers {
	out := form.Answers{}
	for _, q := range f.Questions {
		if q.Type == form.Note || q.Type == form.Calculate {
			continue
		}
		for _, v := range sent[Field(q.Name)] {
			if v = clean(v); v != "" {
				out[q.Name] = append(out[q.Name], v)
			}
		}
	}
	return out
}

func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

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
