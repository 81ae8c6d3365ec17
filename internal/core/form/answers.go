package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/sheet"
	"tremplin/internal/core/text"
)

// Answers are what a web form sends, by the name of the question. Those that no question has are not looked at.
type Answers map[string][]string

// Value is one answer that was understood. It is never empty.
type Value struct {
	Text    string      // canonical: 7 for "007", 12.5 for "12,5", 2026-12-31 for "31/12/2026", choices parted by spaces
	Number  float64     // of Integer, Decimal, and a Calculate that is a number
	Date    sheet.Civil // of Date, and a Calculate that is one
	Choices []string    // of SelectOne and SelectMultiple, in the order of the list
}

// Values are answers that were understood, and what was calculated, by name.
type Values map[string]Value

// Answers are the canonical form: what is stored, and what Check takes again and finds unchanged.
func (v Values) Answers() Answers {
	a := Answers{}
	for name, value := range v {
		a[name] = []string{value.Text}
		if value.Choices != nil {
			a[name] = slices.Clone(value.Choices)
		}
	}
	return a
}

// Fill puts answers into a label that holds ${name}; a choice shows its name, as in ODK.
func (v Values) Fill(label string) string {
	return reference.ReplaceAllStringFunc(label, func(m string) string {
		return v[reference.FindStringSubmatch(m)[1]].Text
	})
}

var (
	integerRule = regexp.MustCompile(`^[+-]?[0-9]{1,15}$`)
	decimalRule = regexp.MustCompile(`^[+-]?([0-9]{1,15}([.,][0-9]{0,15})?|[.,][0-9]{1,15})$`)
)

// digitSpaces are what people write between thousands.
var digitSpaces = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "٫", ".", "٬", "")

// read understands what was answered to a question that offers these choices. No answer is no code.
func read(q *Question, given []string, choices []*Choice) (v Value, code string) {
	if q.selects() {
		return readChoices(q, given, choices)
	}
	s := first(given)
	switch {
	case s == "":
		return Value{}, ""
	case utf8.RuneCountInString(s) > MaxText:
		return Value{}, AnswerTooLong
	case q.Type == TextType:
		return Value{Text: s}, ""
	case q.Type == Date:
		return readDate(s)
	case q.Type == Integer:
		return readNumber(s, integerRule, AnswerInteger)
	default:
		return readNumber(s, decimalRule, AnswerDecimal)
	}
}

// first returns the first answer that is not blank, trimmed, with \n line ends and valid UTF-8.
func first(given []string) string {
	for _, s := range given {
		s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n")
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

func readDate(s string) (Value, string) {
	c, err := sheet.Date(s, sheet.DayFirst)
	if err != nil {
		return Value{}, AnswerDate
	}
	return Value{Text: c.String(), Date: c}, ""
}

func readNumber(s string, rule *regexp.Regexp, code string) (Value, string) {
	s = digitSpaces.Replace(text.Digits(s))
	if !rule.MatchString(s) {
		return Value{}, code
	}
	v := calculated(num(strings.TrimPrefix(strings.ReplaceAll(s, ",", "."), "+")))
	if !rule.MatchString(v.Text) { // rounded up to more digits than are taken
		return Value{}, code
	}
	return v, ""
}

func readChoices(q *Question, given []string, choices []*Choice) (Value, string) {
	var wanted []string
	for _, g := range given {
		wanted = append(wanted, strings.Fields(g)...)
	}
	var v Value
	for _, c := range choices {
		if slices.Contains(wanted, c.Name) {
			v.Choices = append(v.Choices, c.Name)
		}
	}
	unknown := slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(v.Choices, w) })
	if unknown || q.Type == SelectOne && len(v.Choices) > 1 {
		return Value{}, AnswerChoice
	}
	v.Text = strings.Join(v.Choices, " ")
	return v, ""
}

// calculated makes a value of what an expression gave.
func calculated(result any) Value {
	v := Value{Text: str(result)}
	if utf8.RuneCountInString(v.Text) > MaxText {
		return Value{}
	}
	if c, ok := isoDay(v.Text); ok {
		v.Date = c
	} else if n := num(v.Text); n == n {
		v.Number = n
	}
	return v
}
