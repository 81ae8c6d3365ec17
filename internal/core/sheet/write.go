package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Output is a table to write. Cells are string, int, int64, float64, bool, Civil or nil; others are written as
// fmt shows them. Numbers stay numbers, and everything else is text: what people wrote is never a formula.
type Output struct {
	Name        string // of the sheet; what Excel does not take in one is replaced
	Header      []string
	Rows        [][]any
	RightToLeft bool // the sheet's first column is on the right (XLSX)
	Separator   rune // of a CSV; ',' if 0. Excel of French, Dutch, German, Spanish, Turkish … opens ';'
}

// plainNumber may begin with a sign without being a formula.
var plainNumber = regexp.MustCompile(`^[+-]?\d+([.,]\d+)?$`)

// WriteCSV writes RFC 4180 in UTF-8 with a byte order mark, without which Excel takes it for the local encoding.
// Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection), so reading it
// back shows that apostrophe.
func WriteCSV(w io.Writer, o Output) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if o.Separator != 0 {
		out.Comma = o.Separator
	}
	head := make([]string, len(o.Header))
	for i, h := range o.Header {
		head[i] = harmless(h)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, row := range o.Rows {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = disarmed(v)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// disarmed is a cell for a CSV: typed numbers as they are, all else harmless.
func disarmed(v any) string {
	if f, ok := v.(float64); ok {
		return plain(f)
	}
	return harmless(plain(v))
}

func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return ""
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// harmless disarms what begins like a formula; full-width signs count in East Asian spreadsheets.
func harmless(s string) string {
	if s == "" || plainNumber.MatchString(s) || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return s
	}
	return "'" + s
}
