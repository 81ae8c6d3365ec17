package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// scanned is what excelize does not say of a sheet's cells: which are formulas and which dates.
type scanned struct {
	formulas []formula
	dates    map[place]string
}

type place struct{ row, column int }

type formula struct {
	place
	text string
}

// cell is a c element of a worksheet part (ECMA-376 part 1, 18.3.1.4).
type cell struct {
	Ref     string  `xml:"r,attr"`
	Style   int     `xml:"s,attr"`
	Type    string  `xml:"t,attr"`
	Value   string  `xml:"v"`
	Formula *string `xml:"f"`
}

// scan goes over a worksheet part once, before anything is built from it. It refuses places beyond the bounds,
// which a few bytes can name and which would cost memory for everything in between.
func (b *book) scan(part []byte) (scanned, *Problem) {
	s := scanned{dates: map[place]string{}}
	d := decoder(part)
	var at place
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		start, ok := token.(xml.StartElement)
		switch {
		case err != nil:
			return s, &Problem{Code: FileKind, Detail: "damaged"}
		case ok && start.Name.Local == "row":
			at = place{row: rowNumber(start, at.row)}
		case ok && start.Name.Local == "c":
			var c cell
			if d.DecodeElement(&c, &start) != nil || !at.move(c.Ref) {
				return s, &Problem{Code: FileKind, Detail: "damaged"}
			}
			b.note(&s, at, c)
		}
		if p := b.beyond(at); p != nil {
			return s, p
		}
	}
}

// rowNumber reads the number of a row element; without one it is the next row.
func rowNumber(row xml.StartElement, last int) int {
	i := slices.IndexFunc(row.Attr, func(a xml.Attr) bool { return a.Name.Local == "r" })
	if i < 0 {
		return last + 1
	}
	n, err := strconv.Atoi(row.Attr[i].Value)
	if err != nil || n < 1 {
		return math.MaxInt
	}
	return n
}

// move goes to the cell of that name; without one it is the next of the row.
func (at *place) move(ref string) bool {
	at.column++
	if ref == "" {
		return true
	}
	column, row, err := excelize.CellNameToCoordinates(ref)
	at.column = column
	return err == nil && row == at.row
}

// beyond leaves blank rows room: a sheet that was cleared keeps some far down. They are counted, not kept.
func (b *book) beyond(at place) *Problem {
	switch {
	case at.column > b.o.Columns:
		return &Problem{Row: at.row, Column: Letters(at.column), Code: ColumnsTooMany, Detail: number(b.o.Columns)}
	case at.row > excelize.TotalRows:
		return &Problem{Code: FileKind, Detail: "damaged"}
	}
	return nil
}

func (b *book) note(s *scanned, at place, c cell) {
	if c.Formula != nil && len(s.formulas) < MaxProblems {
		s.formulas = append(s.formulas, formula{at, *c.Formula})
	}
	if iso := b.iso(c); iso != "" {
		s.dates[at] = iso
	}
}

// date puts the ISO form in the place of what a format shows.
func (s scanned) date(row int, shown []string) {
	for i := range shown {
		if iso, ok := s.dates[place{row, i + 1}]; ok {
			shown[i] = iso
		}
	}
}

// iso returns a date cell as yyyy-mm-dd, with Thh:mm:ss if it shows a time that is not midnight; "" for others.
func (b *book) iso(c cell) string {
	if c.Type != "" && c.Type != "n" {
		return ""
	}
	style := b.dateStyle(c.Style)
	serial, err := strconv.ParseFloat(strings.TrimSpace(c.Value), 64)
	if !style.day || err != nil || serial < 1 || serial > 2_958_466 { // 31 December 9999
		return ""
	}
	old := b.file.WorkBook.WorkbookPr != nil && b.file.WorkBook.WorkbookPr.Date1904
	at, err := excelize.ExcelDateToTime(serial, old)
	if err != nil {
		return ""
	}
	at = at.Round(time.Second)
	if style.clock && at.Hour()+at.Minute()+at.Second() > 0 {
		return at.Format("2006-01-02T15:04:05")
	}
	return at.Format(time.DateOnly)
}

// dateStyle says whether a number format shows a day, and a time of day.
type dateStyle struct{ day, clock bool }

func (b *book) dateStyle(style int) dateStyle {
	if known, ok := b.days[style]; ok {
		return known
	}
	var found dateStyle
	if s, err := b.file.GetStyle(style); err == nil && s.CustomNumFmt != nil {
		found = dateFormat(*s.CustomNumFmt)
	} else if err == nil {
		found = dateStyle{day: builtinDay(s.NumFmt), clock: s.NumFmt == 22}
	}
	b.days[style] = found
	return found
}

// builtinDay knows the formats without text that show a date: ECMA-376 part 1, 18.8.30; 27 to 58 are East Asian.
func builtinDay(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id >= 57 && id <= 58
}

func dateFormat(code string) dateStyle {
	parser := nfp.NumberFormatParser()
	var shown string
	for _, section := range parser.Parse(code) {
		for _, token := range section.Items {
			if token.TType == nfp.TokenTypeDateTimes {
				shown += strings.ToLower(token.TValue)
			}
		}
	}
	clock := strings.ContainsAny(shown, "hs")
	return dateStyle{day: strings.ContainsAny(shown, "yde") || strings.Contains(shown, "m") && !clock, clock: clock}
}
