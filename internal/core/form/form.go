// Package form is the one engine for every questionnaire: first meetings, diagnoses, call applications,
// self-assessments, feedback. A form is written as an XLSForm (https://xlsform.org), in a workbook or as text.
//
// What it may not do: read a clock (today is passed in), keep answers, or say a sentence of its own: problems are
// codes, and the web layer has the words.
package form

import (
	"slices"
	"strings"

	"tremplin/internal/core/sheet"
)

// Bounds of a form and of what is answered to it.
const (
	MaxQuestions   = 500
	MaxChoices     = 5_000
	MaxText        = 10_000    // characters of an answer, and of any text that an expression makes
	MaxExpression  = 2_000     // characters
	MaxExpressions = 60_000    // characters of all expressions of a form together
	MaxFilter      = 2_000_000 // characters of each choice_filter times the choices of its list, together
	MaxDepth       = 40        // of an expression
	MaxGroups      = 10        // one inside the other
	MaxName        = 64        // characters of a name
)

// Type is a type of question, spelled as XLSForm does.
type Type string

// Types that are understood. Groups are no questions, see Group.
const (
	TextType       Type = "text"
	Integer        Type = "integer"
	Decimal        Type = "decimal"
	Date           Type = "date"
	SelectOne      Type = "select_one"
	SelectMultiple Type = "select_multiple"
	Note           Type = "note"
	Calculate      Type = "calculate"
)

// Text is what a person reads, by language: BCP 47 codes, "" where the column names no language and the form no
// default one.
type Text map[string]string

// In returns the text in the first of these languages that it has, pt for pt-BR, else in any.
func (t Text) In(languages ...string) string {
	for _, l := range append(slices.Clone(languages), "") {
		base, _, _ := strings.Cut(l, "-")
		for _, code := range []string{l, base} {
			if s := t[code]; s != "" {
				return s
			}
		}
	}
	if codes := sorted(t); len(codes) > 0 {
		return t[codes[0]]
	}
	return ""
}

// Form is a questionnaire. It is never changed after Parse, and may be used by many at once.
type Form struct {
	ID, Title, Version string
	Language           string      // the default one, "" if the settings name none
	Languages          []string    // those that every label has; sorted
	Questions          []*Question // in the order of the form, calculations among them
	Warnings           sheet.Problems

	lists map[string][]*Choice
	order []*Question // each after all that its relevance, calculation and choices depend on
}

// Question is a row of the survey that is asked, shown or calculated.
type Question struct {
	Name              string
	Type              Type
	List              string // of choices, for the two selects
	Label, Hint       Text   // may hold ${name}: see Values.Fill
	ConstraintMessage Text
	RequiredMessage   Text
	Appearance        string // kept as written; the pages decide what it means
	Group             *Group // nil outside groups
	Row               int    // of the survey, as its author sees it

	relevant, required, constraint, calculation, filter, preset *program
	fixed                                                       string // a default that is no expression
}

// Group holds questions together. Where it is not relevant, nothing in it is.
type Group struct {
	Name       string
	Label      Text // may be empty
	Appearance string
	Parent     *Group
	Row        int

	relevant *program
}

// Choice is one answer that a select offers.
type Choice struct {
	Name    string
	Label   Text
	Columns map[string]string // the further columns, for choice_filter; and its name
	Row     int
}

// Question returns the question of that name, nil if there is none.
func (f *Form) Question(name string) *Question {
	for _, q := range f.Questions {
		if q.Name == name {
			return q
		}
	}
	return nil
}

// asked says whether a person can answer it.
func (q *Question) asked() bool { return q.Type != Note && q.Type != Calculate }

func (q *Question) selects() bool { return q.Type == SelectOne || q.Type == SelectMultiple }
