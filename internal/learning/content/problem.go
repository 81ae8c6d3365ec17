package content

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A list of problems says everything at once, but a hostile file must not make it endless.
const (
	maxProblems = 100
	maxDetail   = 80
)

// Problem is one thing to repair in a module. Code selects the sentence in the reader's language.
type Problem struct {
	File   string // path in the module; empty for the package as a whole
	Line   int    // from 1; 0 where no line applies
	Code   Code
	Detail string // the id, name or piece of text concerned, cut to 80 characters; may be empty
}

// String gives the problem as `file:line: code: detail`, for logs and tests.
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return strings.TrimSuffix(fmt.Sprintf("%s: %s: %s", place, p.Code, p.Detail), ": ")
}

// Problems are all the problems of a text or module, in order of reading; the error that this package returns.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Err is nil when there are no problems, otherwise the problems as an error.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Has tells whether one of the problems has the code.
func (ps Problems) Has(code Code) bool {
	for _, p := range ps {
		if p.Code == code {
			return true
		}
	}
	return false
}

func (ps *Problems) add(file string, line int, code Code, detail string) {
	if len(*ps) < maxProblems {
		*ps = append(*ps, Problem{file, line, code, clip(detail)})
	}
}

// adopt adds the problems that another reading returned, at the place where they were found.
func (ps *Problems) adopt(file string, line int, err error) {
	var found Problems
	errors.As(err, &found)
	for _, p := range found {
		ps.add(file, max(line, p.Line), p.Code, p.Detail)
	}
}

// clip keeps a detail short enough for a list, and valid UTF-8 even where the file was not.
func clip(s string) string {
	s = strings.ToValidUTF8(s[:min(len(s), 4*maxDetail)], "")
	if utf8.RuneCountInString(s) <= maxDetail {
		return s
	}
	return string([]rune(s)[:maxDetail]) + "…"
}
