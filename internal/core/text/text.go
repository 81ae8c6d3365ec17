// Package text folds what people write so that it can be found: without marks, in one case, with one
// form of each Arabic letter and Western digits. It is the only folding in the house.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to what a search compares: NFKD without marks, lower case, no tatweel, one alef,
// one yeh and heh, Western digits, single spaces.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) || r == 'ـ' || unicode.Is(unicode.Cf, r) {
			continue
		}
		b.WriteRune(letter(unicode.ToLower(digit(r))))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

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

// letter brings variants of one letter together: what keyboards and habits tell apart, searchers do not.
func letter(r rune) rune {
	switch r {
	case 'ٱ', 'أ', 'إ', 'آ':
		return 'ا'
	case 'ى':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ı':
		return 'i'
	case 'ß':
		return 's'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case '’', 'ʼ', '`':
		return '\''
	}
	return r
}
