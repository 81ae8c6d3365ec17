package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind tells apart what XPath does (https://www.w3.org/TR/1999/REC-xpath-19991116/#exprlex), and ${name}.
type tokenKind int

const (
	end tokenKind = iota
	numeral
	literal
	ref    // the name inside ${ }
	word   // a name, a function, and, or, div, mod
	symbol // operators and punctuation
	bad
)

type token struct {
	kind tokenKind
	text string
}

// quotes by what opens them. Word processors write the curly ones.
var quotes = map[rune]string{'\'': "'", '"': `"`, '‘': "’‘", '’': "’‘", '“': "”“", '”': "”“"}

// lex parts an expression into tokens, the last of which is end.
func lex(s string) []token {
	var tokens []token
	for {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
		if s == "" {
			return append(tokens, token{kind: end})
		}
		t, rest := next(s)
		tokens, s = append(tokens, t), rest
	}
}

func next(s string) (token, string) {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case strings.HasPrefix(s, "${"):
		if i := strings.IndexByte(s, '}'); i > 0 {
			return token{ref, strings.TrimSpace(s[2:i])}, s[i+1:]
		}
	case quotes[first] != "":
		if i := strings.IndexAny(s[size:], quotes[first]); i >= 0 {
			_, closing := utf8.DecodeRuneInString(s[size+i:])
			return token{literal, s[size : size+i]}, s[size+i+closing:]
		}
	case digit(first) || first == '.' && len(s) > 1 && digit(rune(s[1])):
		return cut(s, numeral, func(r rune) bool { return digit(r) || r == '.' })
	case first == '_' || unicode.IsLetter(first):
		return cut(s, word, func(r rune) bool {
			return unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("_.-:", r)
		})
	default:
		for _, op := range []string{"!=", "<=", ">=", "..", "=", "<", ">", "+", "-", "*", ".", "(", ")", ","} {
			if strings.HasPrefix(s, op) {
				return token{symbol, op}, s[len(op):]
			}
		}
	}
	return token{bad, s[:size]}, s[size:]
}

// cut takes the longest start of s that is made of such characters.
func cut(s string, kind tokenKind, of func(rune) bool) (token, string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !of(r) })
	if i < 0 {
		i = len(s)
	}
	return token{kind, s[:i]}, s[i:]
}

func digit(r rune) bool { return r >= '0' && r <= '9' }
