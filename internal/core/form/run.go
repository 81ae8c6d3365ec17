package form

import (
	"slices"

	"tremplin/internal/core/sheet"
)

// run is one evaluation of a form: each question once, in an order in which all that it needs is known.
type run struct {
	form   *Form
	given  Answers
	today  string
	values Values
	texts  map[string]string // the same, as expressions see them
	shown  map[string]bool
	faults map[string]string // codes of answers that were not understood
	groups map[*Group]bool
}

func (f *Form) run(given Answers, today sheet.Civil) *run {
	r := &run{
		form: f, given: given, today: today.String(), values: Values{}, texts: map[string]string{},
		shown: map[string]bool{}, faults: map[string]string{}, groups: map[*Group]bool{},
	}
	for _, q := range f.order {
		r.visit(q)
	}
	return r
}

// visit evaluates one question. What is hidden, or not understood, is an empty answer to all others.
func (r *run) visit(q *Question) {
	if !r.open(q.Group) || !q.relevant.holds(r.scope(""), true) {
		return
	}
	r.shown[q.Name] = true
	var v Value
	switch {
	case q.Type == Calculate:
		v = calculated(q.calculation.run(r.scope(r.earlier(q))))
	case q.asked():
		if given := r.given[q.Name]; len(given) > 0 {
			v, r.faults[q.Name] = read(q, given, r.choices(q))
		}
	}
	if v.Text != "" {
		r.values[q.Name], r.texts[q.Name] = v, v.Text
	}
}

// earlier is the stored value of a calculation, for once().
func (r *run) earlier(q *Question) string { return calculated(first(r.given[q.Name])).Text }

func (r *run) open(g *Group) bool {
	if g == nil {
		return true
	}
	known, ok := r.groups[g]
	if !ok {
		known = r.open(g.Parent) && g.relevant.holds(r.scope(""), true)
		r.groups[g] = known
	}
	return known
}

func (r *run) choices(q *Question) []*Choice {
	all := r.form.lists[q.List]
	if q.filter == nil {
		return all
	}
	var offered []*Choice
	s := r.scope("")
	for _, c := range all {
		if s.Row = c.Columns; q.filter.holds(s, true) {
			offered = append(offered, c)
		}
	}
	return offered
}

func (r *run) scope(self string) scope { return scope{V: r.texts, Self: self, Today: r.today} }

// Visible returns the questions and notes to show, in order. A question in a group that is not relevant is not.
func (f *Form) Visible(given Answers, today sheet.Civil) []*Question {
	r := f.run(given, today)
	var shown []*Question
	for _, q := range f.Questions {
		if q.Type != Calculate && r.shown[q.Name] {
			shown = append(shown, q)
		}
	}
	return shown
}

// Next returns the first visible question after the one of that name, in the order of the form; the first of all
// after "" or a name that the form does not have; nil at the end.
func (f *Form) Next(after string, given Answers, today sheet.Civil) *Question {
	place := slices.Index(f.Questions, f.Question(after))
	for _, q := range f.Visible(given, today) {
		if slices.Index(f.Questions, q) > place {
			return q
		}
	}
	return nil
}

// Choices returns what a question offers, given the other answers.
func (f *Form) Choices(q *Question, given Answers, today sheet.Civil) []*Choice {
	return f.run(given, today).choices(q)
}

// Required says whether a question needs an answer, given the others.
func (f *Form) Required(q *Question, given Answers, today sheet.Civil) bool {
	r := f.run(given, today)
	return q.required.holds(r.scope(r.texts[q.Name]), false)
}

// Start returns the defaults with which a new form begins.
func (f *Form) Start(today sheet.Civil) Answers {
	a := Answers{}
	s := scope{Today: today.String()}
	for _, q := range f.Questions {
		value := q.fixed
		if q.preset != nil {
			value = str(q.preset.run(s))
		}
		if value != "" && q.asked() {
			a[q.Name] = []string{value}
		}
	}
	return a
}

// Check understands what was answered, and calculates. Values hold what is visible and was understood, also where
// a constraint is not met; answers to hidden questions are left out. They may be taken if there is no problem, and
// checked again give the same. Problems are in the order of the form.
//
// A calculation is never taken from the answers, except inside once(), which keeps a stored value: a caller must
// not pass what a browser sent under the name of a calculation; see Posted.
func (f *Form) Check(given Answers, today sheet.Civil) (Values, []AnswerProblem) {
	r := f.run(given, today)
	var problems []AnswerProblem
	for _, q := range f.Questions {
		if !q.asked() || !r.shown[q.Name] {
			continue
		}
		if p := r.check(q); p != nil {
			p.Name, p.Value = q.Name, sheet.Excerpt(first(given[q.Name]))
			problems = append(problems, *p)
		}
	}
	return r.values, problems
}

// check applies the constraint to an answer only where there is one, as ODK does.
func (r *run) check(q *Question) *AnswerProblem {
	v, answered := r.values[q.Name]
	s := r.scope(v.Text)
	switch {
	case r.faults[q.Name] != "":
		return &AnswerProblem{Code: r.faults[q.Name]}
	case !answered && q.required.holds(s, false):
		return &AnswerProblem{Code: AnswerRequired, Message: q.RequiredMessage}
	case answered && !q.constraint.holds(s, true):
		return &AnswerProblem{Code: AnswerConstraint, Message: q.ConstraintMessage}
	}
	return nil
}

// Posted keeps what a person may answer of what a browser sent: no calculations, nothing unknown. Calculations
// are taken from what was stored before; nil if nothing was.
func (f *Form) Posted(sent, stored Answers) Answers {
	kept := Answers{}
	for _, q := range f.Questions {
		from := sent
		if q.Type == Calculate {
			from = stored
		}
		if a, ok := from[q.Name]; ok && q.Type != Note {
			kept[q.Name] = a
		}
	}
	return kept
}
