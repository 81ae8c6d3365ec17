// Package page draws the questions of a form: one at a time for participants, all on one page for
// professionals. It knows no request, no store and no person: who uses it says what was answered so far, and
// puts the questions into a form element of its own.
package page

import (
	"slices"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/form"
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
