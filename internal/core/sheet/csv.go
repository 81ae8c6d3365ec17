package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

func readCSV(name string, data []byte, o Options) ([]Grid, error) {
	text, bad := decode(data, o.Encoding)
	if bad != nil {
		return nil, Problems{*bad}
	}
	comma, text := separator(text)
	g := gather{grid: Grid{Name: name}, o: o}
	if p := g.csv(text, comma); p != nil {
		g.problems = append(g.problems, *p)
	}
	if g.problems != nil {
		return nil, g.problems
	}
	return []Grid{g.grid}, nil
}

// csv reads records by RFC 4180. encoding/csv skips blank lines; Excel counts them, so they are counted here.
func (g *gather) csv(text string, comma rune) *Problem {
	r := reader(text, comma)
	for row := 0; ; {
		rest := text[r.InputOffset():]
		record := strings.TrimLeft(rest, "\n")
		row += len(rest) - len(record) + 1
		if tooWide(record, comma) {
			return &Problem{Sheet: g.grid.Name, Row: row, Code: ColumnsTooMany, Detail: number(g.o.Columns)}
		}
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &Problem{Sheet: g.grid.Name, Row: row, Code: CellQuote}
		}
		if !g.add(row, cells) {
			return nil
		}
	}
}

// tooWide looks at a record before it is read: one of a few million separators would fill the memory. Empty cells
// at its end are common, so the bound is that of Excel and not ours.
func tooWide(record string, comma rune) bool {
	separators, quoted := 0, false
	for i := 0; i < len(record) && separators < excelize.MaxColumns && (quoted || record[i] != '\n'); i++ {
		switch record[i] {
		case '"':
			quoted = !quoted
		case byte(comma):
			if !quoted {
				separators++
			}
		}
	}
	return separators == excelize.MaxColumns
}

func reader(text string, comma rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	return r
}

// separator finds what parts the cells. Excel's own first line "sep=;" says it, and is not a row; else it is the
// one of tab, semicolon and comma that parts every one of the first rows most often. A tie goes to the semicolon:
// a comma is common inside a cell.
func separator(text string) (comma rune, rest string) {
	if line, after, ok := strings.Cut(text, "\n"); ok && len(line) == 5 && line[:4] == "sep=" && strings.ContainsRune("\t;,", rune(line[4])) {
		return rune(line[4]), after
	}
	comma, best := ',', 0
	for _, c := range "\t;," {
		if n := partings(text, c); n > best {
			comma, best = c, n
		}
	}
	return comma, text
}

// partings scores a separator: first by the fewest in any of 20 rows, then by all of them together.
func partings(text string, comma rune) int {
	head := text[:min(len(text), 64<<10)]
	r := reader(head, comma)
	r.LazyQuotes = true
	least, sum := math.MaxInt16, 0
	for n := range 20 {
		cells, err := r.Read()
		if cutOff := len(head) < len(text) && int(r.InputOffset()) == len(head); err != nil || cutOff && n > 0 {
			break
		}
		least, sum = min(least, len(cells)-1), sum+len(cells)-1
	}
	return least<<20 + sum
}

// gather takes rows into a grid within the bounds.
type gather struct {
	grid     Grid
	o        Options
	text     int // bytes taken so far
	problems Problems
}

// add takes a row; false says that a bound is passed and reading is to stop.
func (g *gather) add(row int, cells []string) bool {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return true
	}
	g.grid.Rows = append(g.grid.Rows, Row{Number: row, Cells: cells})
	for i, c := range cells {
		g.text += len(c)
		if utf8.RuneCountInString(c) > g.o.Cell {
			g.fault(row, i+1, Problem{Value: Excerpt(c), Code: CellTooLong, Detail: number(g.o.Cell)})
		}
	}
	switch {
	case len(g.grid.Rows) > g.o.Rows:
		g.fault(row, 0, Problem{Code: RowsTooMany, Detail: number(g.o.Rows)})
	case len(cells) > g.o.Columns:
		g.fault(row, 0, Problem{Code: ColumnsTooMany, Detail: number(g.o.Columns)})
	case g.text > g.o.Unzipped:
		g.fault(row, 0, Problem{Code: ZipBomb, Detail: number(g.o.Unzipped)})
	default:
		return len(g.problems) < MaxProblems
	}
	return false
}

// fault notes a problem at a place, and names its column by the header where there is one.
func (g *gather) fault(row, column int, p Problem) {
	p.Sheet, p.Row, p.Column = g.grid.Name, row, Letters(column)
	if rows := g.grid.Rows; column > 0 && len(rows) > 0 && rows[0].Number < row && column <= len(rows[0].Cells) {
		if h := strings.TrimSpace(rows[0].Cells[column-1]); h != "" {
			p.Column = Excerpt(h)
		}
	}
	g.problems = append(g.problems, p)
}
