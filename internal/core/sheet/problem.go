package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Codes of problems: stable names under which the web layer keeps its sentences. Detail holds what is said beside.
const (
	FileEmpty       = "file.empty"
	FileTooBig      = "file.too-big"     // Detail: the bound in bytes
	FileEncoding    = "file.encoding"    // Detail: the encoding that was tried
	FileKind        = "file.kind"        // Detail: zip, xls, pdf, html, xml, or damaged
	ZipBomb         = "zip.bomb"         // Detail: the bound in bytes once unzipped
	RowsTooMany     = "rows.too-many"    // Detail: the bound
	ColumnsTooMany  = "columns.too-many" // Detail: the bound
	SheetMissing    = "sheet.missing"    // Value: the sheet that was expected
	HeaderMissing   = "header.missing"   // Value: the column that was expected; "" if there is no header at all
	HeaderDuplicate = "header.duplicate" // Value: the name; Detail: the letters of its columns, as in "B, F"
	HeaderEmpty     = "header.empty"     // a column holds values but has no name
	CellFormula     = "cell.formula"     // Value: the formula; Detail: the cell, as in "C7"
	CellTooLong     = "cell.too-long"    // Detail: the bound in characters
	CellQuote       = "cell.quote"       // a quotation mark that nothing closes, or inside an unquoted cell
)

// MaxProblems bounds what one file is answered: nobody mends more in one go.
const MaxProblems = 200

// Problem is one fault of a file, told as the sender sees it.
type Problem struct {
	Sheet   string // name of the sheet; "" if the file as a whole is meant
	Row     int    // 1 is the first row; 0 if the sheet as a whole is meant
	Column  string // the name in the header, or the column's letters where it has none; "" for a whole row
	Value   string // what was found there, at most 80 characters of it
	Code    string
	Detail  string // by code; never in a human language
	Warning bool   // the file can be used all the same
}

// Problems is a list of problems, as an error.
type Problems []Problem

// Error is for logs; people are told each problem in their language.
func (p Problems) Error() string {
	if len(p) == 0 {
		return "no problem"
	}
	first := p[0]
	return fmt.Sprintf("%d problems, first %s at %q row %d column %q", len(p), first.Code, first.Sheet, first.Row, first.Column)
}

func (p Problem) String() string {
	fields := []string{p.Sheet, number(p.Row), p.Column, p.Value, p.Code, p.Detail}
	if p.Warning {
		fields = append(fields, "warning")
	}
	return strings.Join(fields, "|")
}

// Excerpt shortens a value for a Problem to 80 characters.
func Excerpt(s string) string {
	if utf8.RuneCountInString(s) <= 80 {
		return s
	}
	return string([]rune(s)[:79]) + "…"
}

// Letters names a column as spreadsheets do: 1 is A, 27 is AA.
func Letters(column int) string {
	var s string
	for ; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

func number(n int) string { return strconv.Itoa(n) }
