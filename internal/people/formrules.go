package people

import (
	"maps"
	"slices"
	"strings"

	"tremplin/internal/core/form"
	"tremplin/internal/core/sheet"
)

// body checks the answers and calculates, with the stored calculations that once() keeps.
func (f Filled) body(stored form.Answers, today sheet.Civil) (FormAnswered, []form.AnswerProblem) {
	q := f.Questionnaire
	values, problems := q.Check(q.Posted(f.Given, stored), today)
	said := FormAnswered{
		Form: q.ID, Version: q.Version, Language: f.Language, Held: f.Held, Answers: values.Answers(), Numbers: numbersOf(q.Form, values),
		Room: f.Room,
	}
	if !slices.Contains(Holders, said.Held) {
		said.Held = Holders[0]
	}
	for _, shown := range q.Visible(said.Answers, today) {
		if shown.Type != form.Note {
			said.Asked++
			if values[shown.Name].Text != "" {
				said.Answered++
			}
		}
	}
	return said, problems
}

func (b FormAnswered) sameAs(c FormAnswered) bool {
	return b.Version == c.Version && b.Room == c.Room && maps.EqualFunc(b.Answers, c.Answers, slices.Equal[[]string])
}

// numbersOf are the calculations that came out as a number.
func numbersOf(f *form.Form, values form.Values) map[string]float64 {
	out := map[string]float64{}
	for _, q := range f.Questions {
		v := values[q.Name]
		if q.Type == form.Calculate && v.Text != "" && (v.Number != 0 || strings.Trim(v.Text, "-0.") == "") {
			out[q.Name] = v.Number
		}
	}
	return out
}
