// Package document reads courses that were written elsewhere: Word documents (DOCX, ISO/IEC 29500), and the pages of a
// PDF once they are drawn. It is pure, like content: bytes in, screens and reasons out. What a module has no place for is never lost in silence: it is listed.
package document

import (
	"path"
	"strings"
	"unicode"

	"tremplin/internal/learning/content"
)

// Document is what a file becomes before it has a name, a level and the rest of a module's head.
type Document struct {
	Title    string // empty: the file says none
	Summary  string // empty: the same
	Language string // a tag such as "fr", or empty
	Screens  []Screen
	Left     []Left
}

// Screen is one screen to be.
type Screen struct {
	Title   string
	Page    int // of a PDF, from 1; a page without a title is named by it
	Picture *Picture
	Text    string // Markdown, as a module holds it
}

// Picture is a JPEG or PNG with what the document says of it.
type Picture struct {
	Data   []byte
	Ending string // .jpg or .png
	Alt    string // empty: nobody described it
}

// Left is something that could not be taken as it stood.
type Left struct {
	What  string // one of the words below
	Where string // the title of the screen on which it stood; empty: the document as a whole
	Count int
}

// What changed or stays behind. Pages look their sentences up by these words.
const (
	Table       = "table"    // it became a list
	Letters     = "letters"  // a list with letters or Roman numbers became one with numbers
	Guessed     = "guessed"  // there are no headings: bold lines begin screens
	Address     = "address"  // a link that is no https: its address stands in the text
	Footnote    = "footnote" // or endnote
	Comment     = "comment"  // of a reviewer
	Deleted     = "deleted"  // by a change that was tracked
	Hidden      = "hidden"   // formatted as hidden
	Margins     = "margins"  // header or footer
	Contents    = "contents" // the list of contents
	Equation    = "equation"
	Chart       = "chart"     // a diagram or drawing that is no picture
	Object      = "object"    // a file within the document
	Sign        = "sign"      // of a font of signs, or invisible
	PictureKind = "kind"      // neither PNG nor JPEG
	PictureAway = "away"      // outside the document: never fetched
	PictureBad  = "bad"       // not readable, or missing
	PictureTiny = "tiny"      // an ornament
	Beyond      = "beyond"    // screens that a module has no room for
	Cut         = "cut"       // the end of a text that is too long for its screen
	Wordless    = "wordless"  // pages that are pictures alone
	Ligatures   = "ligatures" // Arabic of a PDF, in which لا may have become ال
)

// Why a file is refused; the codes of content say the rest.
const (
	Unknown content.Code = "document.unknown" // neither a module nor a document
	NotWord content.Code = "document.not-word"
	Old     content.Code = "document.old"    // .doc; a locked DOCX looks the same
	Other   content.Code = "document.other"  // OpenDocument
	Macros  content.Code = "document.macros" // DOCM
	Broken  content.Code = "document.broken" // a part of it cannot be read
	Heavy   content.Code = "document.heavy"  // more elements than a course has
	Empty   content.Code = "document.empty"
	BadPDF  content.Code = "document.pdf"    // not readable as a PDF
	Locked  content.Code = "document.locked" // with a password
	Pages   content.Code = "document.pages"  // more than MaxPages
	Slow    content.Code = "document.slow"
	Tool    content.Code = "document.tool" // what reads it is not installed: the detail says which package
)

// Line is a text from outside as one line that a module can hold as a title.
func Line(s string) string {
	s = sound(strings.ToValidUTF8(s, ""), func() {})
	return clip(strings.Join(strings.Fields(s), " "), content.MaxTitle)
}

// Titled makes a title of a file's name.
func Titled(name string) string {
	name = strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), path.Ext(name))
	words := strings.FieldsFunc(name, func(c rune) bool { return c == '_' || !unicode.IsGraphic(c) || unicode.IsSpace(c) })
	return clip(strings.Join(words, " "), content.MaxTitle)
}

// Refuse is the error of a file that cannot be taken.
func Refuse(code content.Code, detail string) error {
	return content.Problems{{Code: code, Detail: detail}}
}
