package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tremplin/internal/learning/document"
)

// FuzzFacts: whatever a program says of a file, there are some pages or an error, and a title is one line of text.
func FuzzFacts(f *testing.F) {
	f.Add([]byte("Title:           Un titre\nPages:           12\n"))
	f.Add([]byte("Title:           Microsoft Word - x\nPages: 0\n"))
	f.Add([]byte("Title: a\rPages: 3\n\nPages: 99999999999999999999\n"))
	f.Add([]byte("Pages: -1\nTitle: \xff\u202e\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		title, pages, err := facts(said)
		if err == nil && (pages < 1 || pages > document.MaxPages) {
			t.Errorf("%d pages", pages)
		}
		if !utf8.ValidString(title) || strings.ContainsAny(title, "\r\n") {
			t.Errorf("%q", title)
		}
	})
}
