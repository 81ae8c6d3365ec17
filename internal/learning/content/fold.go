package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold reduces a written answer to what counts in it: no case, accents, outer or double spaces; one alef, no tatweel,
// one apostrophe, and Western digits. Two answers are the same when they fold to the same text.
func Fold(s string) string {
	s = strings.Map(foldRune, norm.NFKD.String(s))
	return strings.Join(strings.Fields(cases.Fold().String(s)), " ")
}

// foldRune leaves out marks, tatweel and invisible characters (phones add marks of direction), and maps the letters
// that look or sound like another one but do not decompose into it. The alefs with hamza or madda do decompose.
func foldRune(r rune) rune {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Cf), r == 'ـ':
		return -1
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case r == 'ٱ':
		return 'ا'
	case r == 'ى': // an alef by name; Egypt writes the final ya so
		return 'ي'
	case r == 'ı': // Turkish, whose capital is a plain I
		return 'i'
	case r == '’', r == '‘', r == 'ʼ', r == '`':
		return '\''
	}
	return r
}
