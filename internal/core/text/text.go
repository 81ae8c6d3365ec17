// Package text folds what people write so that it can be found: without marks, in one case, with one
// form of each Arabic letter and Western digits. It is the only folding in the house. Whoever keeps folded
// text in a view raises that view's Version when this changes.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to what a search compares, and what counts in a written answer: NFKD without marks and
// case, no tatweel, one alef, one yeh and heh, Western digits, single spaces.
func Fold(s string) string {
	s = strings.Map(letter, norm.NFKD.String(strings.ToValidUTF8(s, "\uFFFD")))
	return strings.Join(strings.Fields(joined.Replace(strings.ToLower(s))), " ")
}

// joined are two letters written as one, which many keyboards do not have; and the other small sigma.
var joined = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ς", "σ")

// letter leaves out marks and what cannot be seen (phones add marks of direction), and brings variants of
// one letter together: what keyboards and habits tell apart, searchers do not.
func letter(r rune) rune {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Cf), r == 'ـ':
		return -1
	case strings.ContainsRune("ٱأإآ", r):
		return 'ا'
	case strings.ContainsRune("’‘ʼ`", r):
		return '\''
	}
	if to, ok := variants[r]; ok {
		return to
	}
	return digit(r)
}

var variants = map[rune]rune{'ى': 'ي', 'ة': 'ه', 'ı': 'i', 'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l'}

// Digits turns Arabic-Indic and Persian digits into Western ones.
func Digits(s string) string { return strings.Map(digit, s) }

func digit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	}
	return r
}
