// Package paper makes what leaves the screen: certificates, sign-in cards, posters and flowing documents as PDF, and QR
// codes. It sets every script at once (bidi, shaping, line breaking), embeds only the glyphs it used, and keeps the text
// copyable and searchable. It knows no language: callers pass words already translated. The same input and the same time
// give the same bytes; so nothing here may read a clock, a random source, the network or the file system.
package paper

import "errors"

// Tongue is the language some words are in: a BCP 47 tag, and whether it is written from right to left. A text with
// letters of one direction only is read in that direction; a mixed or neutral one in the direction of its Tongue.
type Tongue struct {
	Lang string
	RTL  bool
}

// Fact is a value and the word that says what it is. A fact without a value is not printed.
type Fact struct{ Label, Value string }

// Signer is somebody who signs: a line to write on, and below it the name and the role. Either may be empty.
type Signer struct{ Name, Role string }

var (
	// ErrEmpty says that there is nothing to print.
	ErrEmpty = errors.New("paper: nothing to print")
	// ErrTooMany says that a page of fixed layout was given more parts than it has room for.
	ErrTooMany = errors.New("paper: too many parts for one page")
)

// Lengths are points (1/72 inch), from the top left corner of the page.
const (
	mm    = 72 / 25.4
	short = 210 * mm // A4
	long  = 297 * mm
)

// ink is a colour as PDF operands.
type ink string

const (
	black ink = "0.110 0.141 0.188" // #1c2430
	grey  ink = "0.322 0.365 0.424" // #525d6c
	pale  ink = "0.788 0.812 0.835" // #c9cfd5
	tint  ink = "0.918 0.949 0.949" // #eaf2f2
	teal  ink = "0.043 0.373 0.400" // #0b5f66
	amber ink = "0.914 0.635 0.231" // #e9a23b
	white ink = "1 1 1"
)

// given returns the facts that have a value.
func given(facts []Fact) []Fact {
	var kept []Fact
	for _, f := range facts {
		if len(clean(f.Value)) > 0 {
			kept = append(kept, f)
		}
	}
	return kept
}
