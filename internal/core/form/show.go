package form

import "tremplin/internal/core/sheet"

// Shown is a visible question or note as it is drawn: what it offers and whether it needs an answer, given the others.
type Shown struct {
	*Question
	Choices  []*Choice // of the two selects
	Required bool
}

// Show is Visible with all that a page draws, for the price of one evaluation.
func (f *Form) Show(given Answers, today sheet.Civil) (shown []Shown) {
	r := f.run(given, today)
	for _, q := range f.Questions {
		if q.Type == Calculate || !r.shown[q.Name] {
			continue
		}
		s := Shown{Question: q, Required: q.asked() && q.required.holds(r.scope(r.texts[q.Name]), false)}
		if q.selects() {
			s.Choices = r.choices(q)
		}
		shown = append(shown, s)
	}
	return shown
}
