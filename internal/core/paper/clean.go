package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// marksInRow is how many combining marks one letter keeps: more would only paint over the neighbouring lines.
const marksInRow = 4

// clean makes one paragraph of any text: control characters and line ends become spaces, spaces do not pile up, broken
// UTF-8 becomes U+FFFD.
func clean(text string) []rune {
	var out []rune
	marks, gap := 0, false
	for _, r := range text {
		if unicode.IsControl(r) || r == ' ' || r == '\u2028' || r == '\u2029' {
			gap = len(out) > 0
			continue
		}
		if marks++; !unicode.Is(unicode.Mn, r) {
			marks = 0
		}
		if marks > marksInRow {
			continue
		}
		if gap {
			out, gap = append(out, ' '), false
		}
		out = append(out, r)
	}
	return out
}

// paragraphs cuts a text at its line ends. Empty ones are left out.
func paragraphs(text string) [][]rune {
	var out [][]rune
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\u2029' }) {
		if words := clean(line); len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

// reads says whether a paragraph is read from right to left.
func (t Tongue) reads(text []rune) bool {
	var left, right bool
	for _, r := range text {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			left = true
		case bidi.R, bidi.AL:
			right = true
		}
	}
	if left == right {
		return t.RTL
	}
	return right
}
