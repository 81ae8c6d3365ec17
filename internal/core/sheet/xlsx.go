package sheet

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is an XLSX being read: excelize says how cells look, our own scan what they are (see cells.go).
type book struct {
	file  *excelize.File
	paths map[string]string // part of each sheet, by relationship id
	days  map[int]dateStyle // by style
	o     Options
}

// readXLSX never lets a damaged file take the process down: a panic in a library is a damaged file.
func readXLSX(data []byte, o Options) (grids []Grid, err error) {
	damaged := Problems{{Code: FileKind, Detail: "damaged"}}
	defer func() {
		if recover() != nil {
			grids, err = nil, damaged
		}
	}()
	if p := unzips(data, o); p != nil {
		return nil, Problems{*p}
	}
	// One limit for all: parts stay in memory, none goes to a temporary file.
	limit := excelize.Options{UnzipSizeLimit: int64(o.Unzipped), UnzipXMLSizeLimit: int64(o.Unzipped)}
	f, err := excelize.OpenReader(bytes.NewReader(data), limit)
	if err != nil || f.WorkBook == nil {
		return nil, damaged
	}
	b := book{file: f, days: map[int]dateStyle{}, o: o}
	if b.paths, err = sheetParts(f); err != nil {
		return nil, damaged
	}
	if text, ok := f.Pkg.Load("xl/sharedStrings.xml"); ok && longest(text.([]byte)) > o.Cell {
		return nil, Problems{{Code: CellTooLong, Detail: number(o.Cell)}}
	}
	if longFormat(f) {
		return nil, damaged
	}
	return b.grids()
}

// unzips refuses an archive by what it says it unzips to; archive/zip fails on a part that says too little.
func unzips(data []byte, o Options) *Problem {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return &Problem{Code: FileKind, Detail: "damaged"}
	}
	left := uint64(o.Unzipped)
	for _, part := range z.File {
		if part.UncompressedSize64 > left {
			return &Problem{Code: ZipBomb, Detail: number(o.Unzipped)}
		}
		left -= part.UncompressedSize64
	}
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "[Content_Types].xml" }) {
		return &Problem{Code: FileKind, Detail: "zip"}
	}
	return nil
}

func (b *book) grids() ([]Grid, error) {
	var grids []Grid
	var found Problems
	names, parts := map[string]bool{}, map[string]bool{}
	for _, s := range b.file.WorkBook.Sheets.Sheet {
		hidden := s.State != "" && s.State != "visible"
		if !b.o.wants(s.Name) || hidden && b.o.Only == nil {
			continue
		}
		path := b.paths[s.ID]
		part, ok := b.file.Pkg.Load(path)
		if !ok || names[strings.ToLower(s.Name)] || parts[path] { // a thousand sheets of one part would be read a thousand times
			return nil, Problems{{Sheet: s.Name, Code: FileKind, Detail: "damaged"}}
		}
		names[strings.ToLower(s.Name)], parts[path] = true, true
		g := b.sheet(s.Name, part.([]byte))
		grids, found = append(grids, g.grid), append(found, g.problems...)
	}
	if found != nil {
		return nil, found[:min(len(found), MaxProblems)]
	}
	return grids, nil
}

func (b *book) sheet(name string, part []byte) gather {
	g := gather{grid: Grid{Name: name}, o: b.o}
	cells, p := b.scan(part)
	if p != nil {
		p.Sheet = name
		g.problems = Problems{*p}
		return g
	}
	rows, err := b.file.Rows(name)
	if err != nil {
		g.fault(0, 0, Problem{Code: FileKind, Detail: "damaged"})
		return g
	}
	for row := 1; rows.Next(); row++ {
		shown, err := rows.Columns()
		if err != nil {
			g.fault(row, 0, Problem{Code: FileKind, Detail: "damaged"})
			break
		}
		cells.date(row, shown)
		if !g.add(row, shown) {
			break
		}
	}
	for _, f := range cells.formulas {
		g.fault(f.row, f.column, Problem{Value: Excerpt("=" + f.text), Code: CellFormula, Detail: Letters(f.column) + number(f.row)})
	}
	return g
}
