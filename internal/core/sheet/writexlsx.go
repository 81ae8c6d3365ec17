package sheet

import (
	"errors"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// ErrNoSheet is returned by WriteXLSX when it is given nothing to write.
var ErrNoSheet = errors.New("sheet: a workbook has at least one sheet")

// cellBound is Excel's own: a longer text is refused, because excelize would cut it without a word.
const cellBound = 32_767

// styles of the cells we write. Text has the format "@", so a date or a number that is edited stays text.
type styles struct{ head, text, day int }

// WriteXLSX writes a workbook, one sheet each. The header is bold and stays in view. The error is of type Problems
// if a text is longer than a cell can hold.
func WriteXLSX(w io.Writer, sheets ...Output) error {
	if len(sheets) == 0 {
		return ErrNoSheet
	}
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // removes temporary files; the workbook was written or has failed by then
	s, err := newStyles(f)
	if err != nil {
		return err
	}
	for i, name := range sheetNames(sheets) {
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = s.write(f, name, sheets[i])
		}
		if err != nil {
			return err
		}
	}
	return f.Write(w)
}

func newStyles(f *excelize.File) (s styles, err error) {
	iso := "yyyy-mm-dd"
	for _, want := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 49}},
		{&s.text, excelize.Style{NumFmt: 49}},
		{&s.day, excelize.Style{CustomNumFmt: &iso}},
	} {
		if *want.id, err = f.NewStyle(&want.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s styles) write(f *excelize.File, name string, o Output) error {
	if err := f.SetSheetView(name, 0, &excelize.ViewOptions{RightToLeft: &o.RightToLeft}); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetColWidth(1, max(1, len(o.Header)), 18); err != nil {
		return err
	}
	head := make([]any, len(o.Header))
	for i, h := range o.Header {
		head[i] = excelize.Cell{StyleID: s.head, Value: h}
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range o.Rows {
		cells, bad := s.cells(row)
		if bad > 0 {
			return Problems{{Sheet: o.Name, Row: i + 2, Column: Letters(bad), Code: CellTooLong, Detail: number(cellBound)}}
		}
		if err := out.SetRow("A"+number(i+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// cells types a row for excelize; bad is the column of a text that is too long, else 0.
func (s styles) cells(row []any) (cells []any, bad int) {
	for i, v := range row {
		switch v := v.(type) {
		case nil, int, int64, bool:
			cells = append(cells, v)
			continue
		case float64:
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				cells = append(cells, v)
				continue
			}
		case Civil:
			if v.Year >= 1900 && v.Year <= 9999 { // what an Excel date can be
				cells = append(cells, excelize.Cell{StyleID: s.day, Value: v.Time()})
				continue
			}
		}
		t := strings.ToValidUTF8(plain(v), "\ufffd")
		if utf8.RuneCountInString(t) > cellBound {
			return nil, i + 1
		}
		cells = append(cells, excelize.Cell{StyleID: s.text, Value: t})
	}
	return cells, 0
}

// sheetNames makes names that Excel takes: 1 to 31 characters, none of []:*?/\, no apostrophe at an end, each once.
func sheetNames(sheets []Output) []string {
	var names []string
	seen := map[string]bool{}
	for i, s := range sheets {
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
				return ' '
			}
			return r
		}, s.Name)
		if r := []rune(name); len(r) > 28 {
			name = string(r[:28])
		}
		base := strings.TrimSpace(name)
		name = base
		for n := i + 1; name == "" || seen[strings.ToLower(name)]; n++ {
			name = strings.TrimSpace(base + " " + number(n))
		}
		seen[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}
