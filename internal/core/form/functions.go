package form

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr"

	"tremplin/internal/core/sheet"
)

// scope is what an expression sees while it runs. Answers are their text, as XForms keeps them; "" is no answer.
type scope struct {
	V     map[string]string
	Self  string
	Today string
	Row   map[string]string // of the choice that is being filtered
}

// function is one of XLSForm: how many arguments, and its translation, where $1 is the first. If each is set,
// every argument is turned by it and written in the place of *.
type function struct {
	least, most int
	code, each  string
}

const many = 100

var functions = map[string]function{
	"selected":       {2, 2, "selected(str($1), str($2))", ""},
	"count-selected": {1, 1, "countSelected(str($1))", ""},
	"string-length":  {1, 1, "size(str($1))", ""},
	"contains":       {2, 2, "(str($1) contains str($2))", ""},
	"starts-with":    {2, 2, "(str($1) startsWith str($2))", ""},
	"ends-with":      {2, 2, "(str($1) endsWith str($2))", ""},
	"regex":          {2, 2, "(str($1) matches $2)", ""},
	"if":             {3, 3, "(truth($1) ? ($2) : ($3))", ""},
	"coalesce":       {1, many, "firstOf(*)", "str"},
	"concat":         {1, many, "joined(*)", "str"},
	"min":            {1, many, "least(*)", "num"},
	"max":            {1, many, "most(*)", "num"},
	"once":           {1, 1, "firstOf(Self, str($1))", ""},
	"int":            {1, 1, "whole(num($1))", ""},
	"round":          {1, 2, "rounded(*)", "num"},
	"number":         {1, 1, "num($1)", ""},
	"string":         {1, 1, "str($1)", ""},
	"boolean":        {1, 1, "truth($1)", ""},
	"not":            {1, 1, "(!truth($1))", ""},
	"today":          {0, 0, "Today", ""},
	"true":           {0, 0, "true", ""},
	"false":          {0, 0, "false", ""},
}

// dialect is all that a translated expression can do.
var dialect = []expr.Option{
	expr.Env(scope{}), expr.DisableAllBuiltins(), expr.AsAny(),
	expr.Function("truth", func(a ...any) (any, error) { return truth(a[0]), nil }, new(func(any) bool)),
	expr.Function("num", func(a ...any) (any, error) { return num(a[0]), nil }, new(func(any) float64)),
	expr.Function("str", func(a ...any) (any, error) { return str(a[0]), nil }, new(func(any) string)),
	expr.Function("equal", func(a ...any) (any, error) { return equal(a[0], a[1]), nil }, new(func(any, any) bool)),
	expr.Function("modulo", func(a ...any) (any, error) { return math.Mod(num(a[0]), num(a[1])), nil }, new(func(float64, float64) float64)),
	expr.Function("whole", func(a ...any) (any, error) { return math.Trunc(num(a[0])), nil }, new(func(float64) float64)),
	expr.Function("rounded", func(a ...any) (any, error) { return rounded(numbers(a)), nil }, new(func(...float64) float64)),
	expr.Function("least", func(a ...any) (any, error) { return fold(math.Min, numbers(a)), nil }, new(func(...float64) float64)),
	expr.Function("most", func(a ...any) (any, error) { return fold(math.Max, numbers(a)), nil }, new(func(...float64) float64)),
	expr.Function("size", func(a ...any) (any, error) { return float64(utf8.RuneCountInString(str(a[0]))), nil }, new(func(string) float64)),
	expr.Function("joined", func(a ...any) (any, error) { return joined(a), nil }, new(func(...string) string)),
	expr.Function("firstOf", func(a ...any) (any, error) { return firstOf(a), nil }, new(func(...string) string)),
	expr.Function("selected", func(a ...any) (any, error) {
		return slices.Contains(strings.Fields(str(a[0])), str(a[1])), nil
	}, new(func(string, string) bool)),
	expr.Function("countSelected", func(a ...any) (any, error) { return float64(len(strings.Fields(str(a[0])))), nil }, new(func(string) float64)),
}

// run evaluates to a string, float64 or bool; to "" where there is no expression, or none can be made of it.
func (e *program) run(s scope) any {
	if e == nil {
		return ""
	}
	v, err := expr.Run(e.code, s)
	if err != nil {
		return ""
	}
	return v
}

// holds says whether a condition is met; a missing one is what it is without.
func (e *program) holds(s scope, without bool) bool {
	if e == nil {
		return without
	}
	return truth(e.run(s))
}

// truth is boolean() of XPath 1.0: numbers but 0 and NaN, and strings that are not empty.
func truth(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	}
	return v != ""
}

// num is number() of XPath 1.0, which for a date is its days since 1970 (ODK XForms); no number is NaN.
func num(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	}
	s := strings.TrimSpace(str(v))
	if c, ok := isoDay(s); ok {
		return float64(c.Time().Unix() / 86_400)
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.Trim(s, "-.0123456789") != "" { // no exponents, no hexadecimal, no Inf
		return math.NaN()
	}
	return n
}

// isoDay knows a date only as XForms writes it: the length is looked at first, because every number passes here.
func isoDay(s string) (sheet.Civil, bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' {
		return sheet.Civil{}, false
	}
	c, err := sheet.Date(s, sheet.DayFirst)
	return c, err == nil && c.String() == s
}

// str is string() of XPath 1.0, but what is not a number is empty, so that sums of empty answers are.
func str(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return ""
		}
		return strconv.FormatFloat(v+0, 'f', -1, 64) // -0 + 0 is 0
	}
	return ""
}

// equal compares as XPath 1.0 does (3.4): as booleans if one is, else as numbers if one is, else as strings.
func equal(a, b any) bool {
	_, truthA := a.(bool)
	_, truthB := b.(bool)
	_, numberA := a.(float64)
	_, numberB := b.(float64)
	switch {
	case truthA || truthB:
		return truth(a) == truth(b)
	case numberA || numberB:
		return num(a) == num(b)
	}
	return str(a) == str(b)
}

// rounded is round() with the decimals of the ODK specification: halves go up.
func rounded(a []float64) float64 {
	scale := 1.0
	if len(a) > 1 {
		scale = math.Pow(10, math.Trunc(min(max(a[1], -15), 15)))
	}
	return math.Floor(a[0]*scale+0.5) / scale
}

func fold(f func(a, b float64) float64, numbers []float64) float64 {
	result := numbers[0]
	for _, n := range numbers[1:] {
		result = f(result, n)
	}
	return result
}

func numbers(a []any) []float64 {
	n := make([]float64, len(a))
	for i, v := range a {
		n[i] = num(v)
	}
	return n
}

// joined makes one text; one that is longer than an answer may be is empty, or calculations could double it
// without end.
func joined(a []any) string {
	var b strings.Builder
	for _, v := range a {
		b.WriteString(str(v))
	}
	if utf8.RuneCountInString(b.String()) > MaxText {
		return ""
	}
	return b.String()
}

func firstOf(a []any) string {
	for _, v := range a {
		if s := str(v); s != "" {
			return s
		}
	}
	return ""
}
