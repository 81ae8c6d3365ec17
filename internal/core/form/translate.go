package form

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// program is a compiled expression, and what it refers to.
type program struct {
	source  string
	code    *vm.Program
	refs    []string // names in ${ }
	columns []string // bare names: columns of choices
	self    bool     // has a dot
}

// names are those that it refers to; a missing expression refers to none.
func (e *program) names() []string {
	if e == nil {
		return nil
	}
	return e.refs
}

type expressionError struct{ code, detail string }

func (e *expressionError) Error() string { return "form: " + e.code + " " + e.detail }

// translate turns an expression of XLSForm, a subset of XPath 1.0 with the functions of the ODK XForms
// specification (https://getodk.github.io/xforms-spec/#xpath-functions), into one of expr-lang, and compiles it.
// The result has no loops, so its running time is bounded by its length. An error is an *expressionError.
func translate(source string) (*program, error) {
	if utf8.RuneCountInString(source) > MaxExpression {
		return nil, &expressionError{ExprTooLong, strconv.Itoa(MaxExpression)}
	}
	t := &translation{tokens: lex(strings.ToValidUTF8(source, "\ufffd")), out: &program{source: source}}
	n, err := t.expression(0)
	if err == nil && t.peek().kind != end {
		err = t.unexpected()
	}
	if err != nil {
		return nil, err
	}
	if t.out.code, err = expr.Compile(n.code, dialect...); err != nil {
		return nil, &expressionError{ExprSyntax, ""}
	}
	return t.out, nil
}

// translation is a parser by precedence; it writes expr-lang as it goes.
type translation struct {
	tokens []token
	at     int
	depth  int
	out    *program
}

// node is a part that was translated; if it was a literal, text holds it.
type node struct {
	code    string
	text    string
	literal bool
}

// binary operators of XPath 1.0 (3.4 and 3.5): how tightly they bind, and their translation. Those on numbers are
// those of expr-lang on float64, where an empty answer is not a number, and so is the result.
var binary = map[string]struct {
	binds             int
	left, mid, finish string
}{
	"or":  {1, "(truth(", ") || truth(", "))"},
	"and": {2, "(truth(", ") && truth(", "))"},
	"=":   {3, "equal(", ", ", ")"},
	"!=":  {3, "!equal(", ", ", ")"},
	"<":   {4, "(num(", ") < num(", "))"},
	"<=":  {4, "(num(", ") <= num(", "))"},
	">":   {4, "(num(", ") > num(", "))"},
	">=":  {4, "(num(", ") >= num(", "))"},
	"+":   {5, "(num(", ") + num(", "))"},
	"-":   {5, "(num(", ") - num(", "))"},
	"*":   {6, "(num(", ") * num(", "))"},
	"div": {6, "(num(", ") / num(", "))"},
	"mod": {6, "modulo(num(", "), num(", "))"},
}

// expression parses what binds at least as tightly; operators of one level are taken from the left.
func (t *translation) expression(least int) (node, error) {
	if t.depth++; t.depth > MaxDepth {
		return node{}, &expressionError{ExprTooDeep, strconv.Itoa(MaxDepth)}
	}
	defer func() { t.depth-- }()
	left, err := t.operand()
	for err == nil {
		op, ok := binary[t.peek().text]
		if k := t.peek().kind; !ok || k != symbol && k != word || op.binds < least {
			return left, nil
		}
		t.at++
		var right node
		right, err = t.expression(op.binds + 1)
		left = node{code: op.left + left.code + op.mid + right.code + op.finish}
	}
	return left, err
}

func (t *translation) operand() (node, error) {
	now := t.peek()
	t.at++
	switch {
	case now.kind == literal:
		return node{code: strconv.QuoteToASCII(now.text), text: now.text, literal: true}, nil
	case now.kind == numeral && strings.Count(now.text, ".") <= 1 && len(now.text) <= 20:
		return node{code: "num(" + strconv.Quote(now.text) + ")"}, nil
	case now.kind == ref:
		t.out.refs = append(t.out.refs, now.text)
		return node{code: "V[" + strconv.QuoteToASCII(now.text) + "]"}, nil
	case now == token{symbol, "."}:
		t.out.self = true
		return node{code: "Self"}, nil
	case now == token{symbol, "-"}:
		n, err := t.expression(binary["*"].binds + 1)
		return node{code: "(-num(" + n.code + "))"}, err
	case now == token{symbol, "("}:
		n, err := t.expression(0)
		return node{code: "(" + n.code + ")"}, t.expect(")", err)
	case now.kind == word && t.peek() == token{symbol, "("}:
		return t.call(now.text)
	case now.kind == word:
		t.out.columns = append(t.out.columns, now.text)
		return node{code: "Row[" + strconv.QuoteToASCII(now.text) + "]"}, nil
	}
	t.at--
	return node{}, t.unexpected()
}

// call parses the arguments of a function.
func (t *translation) call(name string) (node, error) {
	f, ok := functions[name]
	if !ok {
		return node{}, &expressionError{ExprFunction, name}
	}
	t.at++
	var arguments []node
	for t.peek() != (token{symbol, ")"}) {
		if err := t.comma(len(arguments)); err != nil {
			return node{}, err
		}
		n, err := t.expression(0)
		if err != nil {
			return node{}, err
		}
		arguments = append(arguments, n)
	}
	t.at++
	if len(arguments) < f.least || len(arguments) > f.most {
		return node{}, &expressionError{ExprArguments, name}
	}
	return t.write(name, f, arguments)
}

// write puts arguments into the translation of a function.
func (t *translation) write(name string, f function, arguments []node) (node, error) {
	if name == "regex" {
		pattern := arguments[1]
		whole := `^(?:` + pattern.text + `)$`
		if _, err := regexp.Compile(whole); err != nil || !pattern.literal {
			return node{}, &expressionError{ExprRegex, pattern.text}
		}
		arguments[1].code = strconv.QuoteToASCII(whole)
	}
	if f.each != "" {
		var all []string
		for _, a := range arguments {
			all = append(all, f.each+"("+a.code+")")
		}
		return node{code: strings.Replace(f.code, "*", strings.Join(all, ", "), 1)}, nil
	}
	var pairs []string
	for i, a := range arguments {
		pairs = append(pairs, "$"+strconv.Itoa(i+1), a.code)
	}
	return node{code: strings.NewReplacer(pairs...).Replace(f.code)}, nil
}

func (t *translation) comma(before int) error {
	if before == 0 {
		return nil
	}
	return t.expect(",", nil)
}

// expect takes a symbol, unless there is an error already.
func (t *translation) expect(text string, err error) error {
	if err != nil {
		return err
	}
	if t.peek() != (token{symbol, text}) {
		return t.unexpected()
	}
	t.at++
	return nil
}

func (t *translation) peek() token { return t.tokens[t.at] }

func (t *translation) unexpected() error { return &expressionError{ExprSyntax, t.peek().text} }
