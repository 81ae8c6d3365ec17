package form

import (
	"maps"
	"slices"

	"tremplin/internal/core/sheet"
)

// Codes of the problems of a form, beside those of package sheet. Detail holds what is said beside.
const (
	ColumnUnknown    = "column.unknown"     // a warning: the column is not used
	LanguageUnknown  = "language.unknown"   // label::X, and X is no language; write label::Name (code)
	TypeMissing      = "type.missing"       //
	TypeUnknown      = "type.unknown"       //
	TypeIgnored      = "type.ignored"       // a warning: start, end, deviceid … say something about a device
	NameMissing      = "name.missing"       //
	NameBad          = "name.bad"           // letters, digits, _ - . and a letter or _ first; at most MaxName
	NameDuplicate    = "name.duplicate"     // Detail: the other row
	ListUnknown      = "list.unknown"       //
	ChoiceDuplicate  = "choice.duplicate"   // Detail: the other row
	LabelMissing     = "label.missing"      // Detail: the language
	TextMissing      = "text.missing"       // a hint or message is in one language and not in this; Detail: the language
	GroupOpen        = "group.open"         // begin_group without end_group
	GroupEnd         = "group.end"          // end_group without begin_group
	GroupDeep        = "group.too-deep"     // Detail: MaxGroups
	QuestionsNone    = "questions.none"     //
	QuestionsTooMany = "questions.too-many" // Detail: MaxQuestions
	ChoicesTooMany   = "choices.too-many"   // Detail: MaxChoices
	CalculationNone  = "calculation.none"   // a calculate without calculation
	RefUnknown       = "ref.unknown"        // Detail: the name in ${ }
	Cycle            = "cycle"              // Detail: the names on it, as in "a > b > a"
	DefaultBad       = "default.bad"        // not an answer that the question takes; Detail: the code of the answer's problem
	ExprSyntax       = "expr.syntax"        // Detail: what was not expected, "" at the end
	ExprFunction     = "expr.function"      // Detail: the function that is not known
	ExprArguments    = "expr.arguments"     // Detail: the function that takes fewer or more
	ExprName         = "expr.name"          // Detail: a name without ${ } that is no column of the choices
	ExprSelf         = "expr.self"          // a dot where there is no answer yet
	ExprRegex        = "expr.regex"         // Detail: the pattern; it must be a literal, in RE2 syntax
	ExprTooLong      = "expr.too-long"      // Detail: MaxExpression
	ExprTooMuch      = "expr.too-much"      // Detail: MaxExpressions; said once
	FilterTooMuch    = "filter.too-much"    // Detail: MaxFilter; said once
	ExprTooDeep      = "expr.too-deep"      // Detail: MaxDepth
)

// Codes of the problems of an answer.
const (
	AnswerRequired   = "answer.required"
	AnswerConstraint = "answer.constraint"
	AnswerInteger    = "answer.integer"
	AnswerDecimal    = "answer.decimal"
	AnswerDate       = "answer.date"
	AnswerChoice     = "answer.choice" // not, or no longer, among the choices
	AnswerTooLong    = "answer.too-long"
)

// AnswerProblem is one answer that cannot be taken.
type AnswerProblem struct {
	Name    string // of the question
	Code    string
	Message Text   // the form's own words, for AnswerRequired and AnswerConstraint; may be empty
	Value   string // what was answered, at most 80 characters
}

// fail adds a problem of one cell.
func (p *parsing) fail(t *table, row int, column, value, code, detail string) {
	p.problems = append(p.problems, sheet.Problem{
		Sheet: t.name, Row: row, Column: t.header(column), Value: sheet.Excerpt(value), Code: code, Detail: detail,
	})
}

func (p *parsing) warn(t *table, row int, column, value, code string) {
	p.fail(t, row, column, value, code, "")
	p.problems[len(p.problems)-1].Warning = true
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
