// Package sheet reads the tables that people send (CSV in any usual spelling, XLSX) and writes those they ask for.
//
// It knows nothing of what a table means. It never evaluates a formula, never guesses an impossible date, and
// answers every fault of a file with a Problem that names the place as the sender sees it; the words are said by
// the web layer, in the reader's language.
package sheet

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Options bound what is read. The zero value of each field means its default.
type Options struct {
	Bytes    int      // of the file; 10 MiB
	Unzipped int      // bytes of all parts of an XLSX together, and of all its text; 32 MiB
	Rows     int      // non-empty rows of a sheet, its header included; 20,000
	Columns  int      // of a row; 256
	Cell     int      // characters of a cell; 32,767, which is Excel's own bound
	Encoding string   // of a CSV without byte order mark, see Encodings; "" is UTF-8 where valid, else windows-1252
	Only     []string // the sheets of a workbook to read, case aside; nil is every sheet that is not hidden
}

// Row is a row that holds something.
type Row struct {
	Number int      // as the sender sees it: 1 is the first row of the sheet, blank ones counted
	Cells  []string // as shown; dates of XLSX as yyyy-mm-dd, followed by Thh:mm:ss if the cell shows a time
}

// Grid is a sheet as it stands, before any row is taken for its header. Trailing empty cells are left out.
type Grid struct {
	Name string // of the sheet; of the file for a CSV
	Rows []Row
}

// Grids reads all sheets of a CSV (one) or XLSX file; which of the two it is, the content says, not the name.
// The error is of type Problems, and then no grid is returned.
func Grids(name string, data []byte, o Options) ([]Grid, error) {
	o = o.withDefaults()
	switch kind := kindOf(data); {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, Problems{{Code: FileEmpty}}
	case len(data) > o.Bytes:
		return nil, Problems{{Code: FileTooBig, Detail: number(o.Bytes)}}
	case kind == "zip":
		return readXLSX(data, o)
	case kind != "":
		return nil, Problems{{Code: FileKind, Detail: kind}}
	}
	return readCSV(name, data, o)
}

// Read reads all sheets that hold something as tables: the first non-empty row is the header.
// The error is of type Problems, with those of all sheets, and then no table is returned.
func Read(name string, data []byte, o Options) ([]Table, error) {
	grids, err := Grids(name, data, o)
	if err != nil {
		return nil, err
	}
	var tables []Table
	var found Problems
	for _, g := range grids {
		if len(g.Rows) == 0 {
			continue
		}
		t, problems := g.Table()
		tables, found = append(tables, t), append(found, problems...)
	}
	if len(tables) == 0 {
		found = Problems{{Code: FileEmpty}}
	}
	if len(found) > 0 {
		return nil, found
	}
	return tables, nil
}

func (o Options) withDefaults() Options {
	o.Bytes = cmp.Or(o.Bytes, 10<<20)
	o.Unzipped = cmp.Or(o.Unzipped, 32<<20)
	o.Rows = cmp.Or(o.Rows, 20_000)
	o.Columns = cmp.Or(o.Columns, 256)
	o.Cell = cmp.Or(o.Cell, 32_767)
	return o
}

func (o Options) wants(sheet string) bool {
	return o.Only == nil || slices.ContainsFunc(o.Only, func(s string) bool { return strings.EqualFold(s, sheet) })
}

// kindOf recognises the files that arrive under a table's name; "" is text, or what may be.
func kindOf(data []byte) string {
	for _, k := range []struct{ kind, start string }{
		{"zip", "PK\x03\x04"},
		{"xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, // the old Excel, or an XLSX under a password
		{"pdf", "%PDF-"},
		{"html", "<!DOCTYPE"},
		{"html", "<html"},
		{"xml", "<?xml"},
	} {
		if strings.HasPrefix(string(data[:min(len(data), 16)]), k.start) {
			return k.kind
		}
	}
	return ""
}
