package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"tremplin/internal/core/sheet"
)

// problems renders the error of a read, one line each, so that tests can be read.
func problems(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var found sheet.Problems
	if !errors.As(err, &found) || len(found) == 0 {
		t.Fatalf("error is %T %v, want Problems", err, err)
	}
	var lines []string
	for _, p := range found {
		lines = append(lines, p.String())
	}
	return lines
}

func read(t *testing.T, data string, o sheet.Options) sheet.Table {
	t.Helper()
	tables, err := sheet.Read("people.csv", []byte(data), o)
	if err != nil {
		t.Fatal(problems(t, err))
	}
	return tables[0]
}

func TestReadCSV(t *testing.T) {
	want := sheet.Table{
		Name: "people.csv", Header: []string{"Nom", "Ville"}, HeaderRow: 1,
		Rows: []sheet.Row{{Number: 2, Cells: []string{"Zoé", "Liège"}}, {Number: 3, Cells: []string{"Ali", ""}}},
	}
	latin, _ := charmap.Windows1252.NewEncoder().String("Nom;Ville\r\nZoé;Liège\r\nAli;\r\n")
	utf16, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String("Nom\tVille\nZoé\tLiège\nAli\n")
	for name, data := range map[string]string{
		"comma":            "Nom,Ville\nZoé,Liège\nAli,\n",
		"semicolon":        "Nom;Ville\r\nZoé;Liège\r\nAli;\r\n",
		"tab":              "Nom\tVille\nZoé\tLiège\nAli",
		"old mac":          "Nom;Ville\rZoé;Liège\rAli;",
		"mark":             "\ufeffNom,Ville\nZoé,Liège\nAli,\n",
		"windows-1252":     latin,
		"utf-16":           utf16,
		"sep line":         "sep=;\nNom;Ville\nZoé;Liège\nAli;\n",
		"quotes":           "\"Nom\",Ville\n\"Zoé\",\"Liège\"\nAli,\n",
		"spaces in header": " Nom ,Ville\nZoé,Liège\nAli,\n",
		"empty column":     "Nom,Ville,,\nZoé,Liège,,\nAli,,,\n",
	} {
		if diff := cmp.Diff(want, read(t, data, sheet.Options{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadEncodingAsked(t *testing.T) {
	for name, word := range map[string]string{"windows-1254": "Işıl", "windows-1256": "مرحبا", "windows-1251": "Ольга", "windows-1252": "Zoé"} {
		enc := map[string]*charmap.Charmap{
			"windows-1254": charmap.Windows1254, "windows-1256": charmap.Windows1256,
			"windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252,
		}[name]
		data, err := enc.NewEncoder().String("Nom;Ville\n" + word + ";1\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, data, sheet.Options{Encoding: name}).Rows[0].Cells[0]; got != word {
			t.Errorf("%s: %q, want %q", name, got, word)
		}
	}
}

func TestSeparatorAndRows(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want []sheet.Row
	}{
		"comma inside cells": {"Nom, prénom;Ville\nRoy, Jean;Mons\n", []sheet.Row{{Number: 2, Cells: []string{"Roy, Jean", "Mons"}}}},
		"decimal commas":     {"a;b\n1,5;2,5\n", []sheet.Row{{Number: 2, Cells: []string{"1,5", "2,5"}}}},
		"one column":         {"a\n1\n", []sheet.Row{{Number: 2, Cells: []string{"1"}}}},
		"blank rows counted": {"a,b\n\n\n1,2\n,\n3,4\n", []sheet.Row{{Number: 4, Cells: []string{"1", "2"}}, {Number: 6, Cells: []string{"3", "4"}}}},
		"lines in a cell":    {"a,b\n\"1\n\n1\",2\n\n3,4\n", []sheet.Row{{Number: 2, Cells: []string{"1\n\n1", "2"}}, {Number: 4, Cells: []string{"3", "4"}}}},
		"many empty columns": {"a,b" + strings.Repeat(",", 400) + "\n1,2\n", []sheet.Row{{Number: 2, Cells: []string{"1", "2"}}}},
		"a title above":      {"a;b;c\nx\n1;2;3\n", []sheet.Row{{Number: 2, Cells: []string{"x", "", ""}}, {Number: 3, Cells: []string{"1", "2", "3"}}}},
	} {
		if diff := cmp.Diff(c.want, read(t, c.data, sheet.Options{}).Rows); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestSeparatorOfLongRows: the row that the first 64 KiB cut in two says nothing about the separator.
func TestSeparatorOfLongRows(t *testing.T) {
	row := "1;\"" + strings.Repeat("x, y\n", 2000) + "\";3\n"
	table := read(t, "a;b;c\n"+strings.Repeat(row, 10), sheet.Options{})
	if len(table.Header) != 3 || len(table.Rows) != 10 || table.Rows[9].Number != 11 {
		t.Errorf("%q, %d rows", table.Header, len(table.Rows))
	}
}

func TestReadProblems(t *testing.T) {
	small := sheet.Options{Bytes: 200, Rows: 3, Columns: 3, Cell: 5}
	for name, c := range map[string]struct {
		data string
		o    sheet.Options
		want []string
	}{
		"nothing":           {"", small, []string{"|0|||file.empty|"}},
		"blank":             {" \n\t\n", small, []string{"|0|||file.empty|"}},
		"separators only":   {";;;\n;;\n", small, []string{"|0|||file.empty|"}},
		"too big":           {strings.Repeat("a,b\n", 60), small, []string{"|0|||file.too-big|200"}},
		"rows":              {"a\n1\n2\n3\n4\n", small, []string{"f.csv|4|||rows.too-many|3"}},
		"columns":           {"a,b,c\n1,2,3,4\n", small, []string{"f.csv|2|||columns.too-many|3"}},
		"a row of millions": {strings.Repeat(",", 5<<20), sheet.Options{}, []string{"f.csv|1|||columns.too-many|256"}},
		"cell":              {"a,b\n1,123456\n", small, []string{"f.csv|2|b|123456|cell.too-long|5"}},
		"longer cell":       {"a\n" + strings.Repeat("é", 81) + "\n", small, []string{"f.csv|2|a|" + strings.Repeat("é", 79) + "…|cell.too-long|5"}},
		"long header":       {"abcdef\n1\n", small, []string{"f.csv|1|A|abcdef|cell.too-long|5"}},
		"zero bytes":        {"a\x00b\n", small, []string{"|0|||file.encoding|utf-8"}},
		"no windows-1252":   {"a\x81\xff\n", small, []string{"|0|||file.encoding|windows-1252"}},
		"asked and wrong":   {"a\xff\n", sheet.Options{Encoding: "utf-8"}, []string{"|0|||file.encoding|utf-8"}},
		"unknown encoding":  {"a\n", sheet.Options{Encoding: "ebcdic"}, []string{"|0|||file.encoding|ebcdic"}},
		"old excel":         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", small, []string{"|0|||file.kind|xls"}},
		"pdf":               {"%PDF-1.7 xx", small, []string{"|0|||file.kind|pdf"}},
		"html":              {"<html><table>", small, []string{"|0|||file.kind|html"}},
		"torn archive":      {"PK\x03\x04xxxx", small, []string{"|0|||file.kind|damaged"}},
		"open quote":        {"a,b\n\n\"1,2\n3,4\n", small, []string{"f.csv|3|||cell.quote|"}},
		"quote inside":      {"a,b\n1,x \"y\" z\n", small, []string{"f.csv|2|||cell.quote|"}},
		"duplicate":         {"a, A ,b,a\n1,2,3,4\n", sheet.Options{}, []string{"f.csv|1|a|a|header.duplicate|A, B, D"}},
		"value, no name":    {"a,,b\n1,,3\n1,2,3,x\n1,2,3,y\n", sheet.Options{}, []string{"f.csv|3|B|2|header.empty|", "f.csv|3|D|x|header.empty|"}},
		"no name, no value": {"a,,b\n1,,3\n", sheet.Options{}, nil},
	} {
		_, err := sheet.Read("f.csv", []byte(c.data), c.o)
		if diff := cmp.Diff(c.want, problems(t, err)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestProblemsAsError(t *testing.T) {
	_, err := sheet.Read("f.csv", []byte("a,a\n"), sheet.Options{})
	if want := `1 problems, first header.duplicate at "f.csv" row 1 column "a"`; err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if said := (sheet.Problems{}).Error(); said != "no problem" {
		t.Errorf("an empty list says %q", said)
	}
}

func TestTableColumns(t *testing.T) {
	table := read(t, "Code  postal,Ville\n1000,Mons\n", sheet.Options{})
	if got := []int{table.Column("code postal"), table.Column(" VILLE "), table.Column("x"), table.Column("")}; !cmp.Equal(got, []int{0, 1, -1, -1}) {
		t.Errorf("columns %v", got)
	}
	if err := table.Require("ville", "Code postal"); err != nil {
		t.Error(err)
	}
	if got := problems(t, table.Require("ville", "rue")); !cmp.Equal(got, []string{"people.csv|1||rue|header.missing|"}) {
		t.Error(got)
	}
	if _, found := (sheet.Grid{Name: "x"}).Table(); len(found) != 1 || found[0].Code != sheet.HeaderMissing {
		t.Error(found)
	}
}

// workbook makes an XLSX with what people's files hold.
func workbook(t *testing.T, edit func(*excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	if err := errors.Join(edit(f), f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// added makes a sheet and says only whether that failed.
func added(f *excelize.File, name string) error {
	_, err := f.NewSheet(name)
	return err
}

func TestReadXLSX(t *testing.T) {
	data := workbook(t, func(f *excelize.File) error {
		style := func(format string) int {
			id, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			return id
		}
		builtin, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		return errors.Join(
			f.SetSheetName("Sheet1", "Gens"),
			f.SetSheetRow("Gens", "A2", &[]any{"nom", "naissance", "heure", "montant", "vu", "libre"}),
			f.SetSheetRow("Gens", "A3", &[]any{"Zoé", 36526, 0.5, 1234.5, 45123.75, "31/12/2026"}),
			f.SetSheetRow("Gens", "A7", &[]any{"Ali", 36527.2, 0.25, 12, 45123, true}),
			f.SetCellStyle("Gens", "B3", "B3", builtin),
			f.SetCellStyle("Gens", "B7", "B7", style(`[$-40C]d mmmm yyyy;@`)),
			f.SetCellStyle("Gens", "C3", "C7", style("hh:mm")),
			f.SetCellStyle("Gens", "D3", "D7", style(`0.00" d'accord"`)),
			f.SetCellStyle("Gens", "E3", "E7", style("dd/mm/yy hh:mm")),
			f.MergeCell("Gens", "A7", "A8"),
			added(f, "Vide"), added(f, "Cachée"),
			f.SetCellFormula("Cachée", "A1", "1+1"),
			f.SetSheetVisible("Cachée", false),
		)
	})
	tables, err := sheet.Read("gens.xlsx", data, sheet.Options{})
	if err != nil {
		t.Fatal(problems(t, err))
	}
	want := []sheet.Table{{
		Name: "Gens", HeaderRow: 2, Header: []string{"nom", "naissance", "heure", "montant", "vu", "libre"},
		Rows: []sheet.Row{
			{Number: 3, Cells: []string{"Zoé", "2000-01-01", "12:00", "1234.50 d'accord", "2023-07-16T18:00:00", "31/12/2026"}},
			{Number: 7, Cells: []string{"Ali", "2000-01-02", "06:00", "12.00 d'accord", "2023-07-16", "TRUE"}},
		},
	}}
	if diff := cmp.Diff(want, tables); diff != "" {
		t.Error(diff)
	}
	_, err = sheet.Read("gens.xlsx", data, sheet.Options{Only: []string{"cachée"}})
	if got := problems(t, err); !cmp.Equal(got, []string{"Cachée|1|A|=1+1|cell.formula|A1"}) {
		t.Error(got)
	}
}

func TestReadXLSXProblems(t *testing.T) {
	small := sheet.Options{Rows: 3, Columns: 4, Cell: 10}
	for name, c := range map[string]struct {
		edit func(*excelize.File) error
		o    sheet.Options
		want []string
	}{
		"formula": {func(f *excelize.File) error {
			return errors.Join(f.SetSheetRow("Sheet1", "A1", &[]any{"nom", "total"}), f.SetCellFormula("Sheet1", "B3", "SUM(A1:A2)"))
		}, sheet.Options{}, []string{"Sheet1|3|total|=SUM(A1:A2)|cell.formula|B3"}},
		"rows": {func(f *excelize.File) error {
			return errors.Join(f.SetSheetCol("Sheet1", "A1", &[]any{"x", "x"}), f.SetSheetCol("Sheet1", "A9", &[]any{"x", "x"}))
		}, small, []string{"Sheet1|10|||rows.too-many|3"}},
		"a cell far right": {func(f *excelize.File) error { return f.SetCellStr("Sheet1", "XFD1", "x") }, small, []string{"Sheet1|1|XFD||columns.too-many|4"}},
		"long text":        {func(f *excelize.File) error { return f.SetCellStr("Sheet1", "A1", "12345678901") }, small, []string{"|0|||cell.too-long|10"}},
		"nothing":          {func(*excelize.File) error { return nil }, small, []string{"|0|||file.empty|"}},
		"unzips too much": {
			func(f *excelize.File) error { return f.SetCellStr("Sheet1", "A1", strings.Repeat("x", 30_000)) },
			sheet.Options{Unzipped: 20_000},
			[]string{"|0|||zip.bomb|20000"},
		},
	} {
		_, err := sheet.Read("f.xlsx", workbook(t, c.edit), c.o)
		if diff := cmp.Diff(c.want, problems(t, err)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// repack changes the parts of a workbook as only a hand or an attacker does.
func repack(t *testing.T, data []byte, edit func(name, part string) string) []byte {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, p := range unpack(t, data) {
		w, err := out.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(edit(p.name, p.text))); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type part struct{ name, text string }

func unpack(t testing.TB, data []byte) (parts []part) {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range in.File {
		text, err := fs.ReadFile(in, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{f.Name, string(text)})
	}
	return parts
}

func TestReadXLSXForged(t *testing.T) {
	plain := workbook(t, func(f *excelize.File) error { return f.SetSheetRow("Sheet1", "A1", &[]any{"nom", 1}) })
	for name, c := range map[string]struct{ part, old, new, want string }{
		"no relations":      {"_rels/.rels", "officeDocument\"", "other\"", "|0|||file.kind|damaged"},
		"one id, two parts": {"xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="rId1" Target="styles.xml"/></Relationships>`, "|0|||file.kind|damaged"},
		"a missing sheet":   {"xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml", "Sheet1|0|||file.kind|damaged"},
		"one part, twice":   {"xl/workbook.xml", "</sheets>", `<sheet name="again" sheetId="2" r:id="rId1"/></sheets>`, "again|0|||file.kind|damaged"},
		"a huge format":     {"xl/styles.xml", "<fonts", `<numFmts count="1"><numFmt numFmtId="200" formatCode="` + strings.Repeat("x", 2000) + `"/></numFmts><fonts`, "|0|||file.kind|damaged"},
		"torn sheet":        {"xl/worksheets/sheet1.xml", "</sheetData>", "</sheet", "Sheet1|0|||file.kind|damaged"},
		"a cell elsewhere":  {"xl/worksheets/sheet1.xml", `r="B1"`, `r="B7"`, "Sheet1|0|||file.kind|damaged"},
		"a row far down":    {"xl/worksheets/sheet1.xml", `<row r="1"`, `<row r="99999999"`, "Sheet1|0|||file.kind|damaged"},
	} {
		data := repack(t, plain, func(name, part string) string {
			if name != c.part {
				return part
			}
			return strings.ReplaceAll(part, c.old, c.new)
		})
		_, err := sheet.Read("f.xlsx", data, sheet.Options{})
		if got := problems(t, err); !cmp.Equal(got, []string{c.want}) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestReadOtherArchive(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	_, err := w.Create("word/document.xml")
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = sheet.Read("f.xlsx", b.Bytes(), sheet.Options{})
	if got := problems(t, err); !cmp.Equal(got, []string{"|0|||file.kind|zip"}) {
		t.Error(got)
	}
}

// TestReadSample reads a real workbook that has two columns of one name.
func TestReadSample(t *testing.T) {
	folder := os.Getenv("TREMPLIN_SAMPLES")
	if folder == "" {
		folder = "../../../../shared/samples"
	}
	data, err := os.ReadFile(filepath.Join(folder, "data-inclusion", "dataset.xlsx"))
	if err != nil {
		t.Skip("skipped: no samples")
	}
	_, err = sheet.Read("dataset.xlsx", data, sheet.Options{})
	t.Log(problems(t, err))
	var found sheet.Problems
	errors.As(err, &found)
	if len(found) != 1 || found[0].Code != sheet.HeaderDuplicate {
		t.Errorf("want its duplicate column and nothing else")
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "sep=;\na;b", "\xff\xfea\x00", "\ufeffa\t\"b\n\"\n", "a\r\rb\r", "é;\xe9", "\n\n;\n1;2;3"} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("\xc7\xe1;1\n"), "windows-1256")
	f.Fuzz(func(t *testing.T, data []byte, encoding string) {
		if bytes.HasPrefix(data, []byte("PK")) {
			t.Skip()
		}
		sound(t, data, sheet.Options{Encoding: encoding, Rows: 50, Columns: 20, Cell: 100})
	})
}

func FuzzReadXLSX(f *testing.F) {
	var b bytes.Buffer
	day := sheet.Civil{Year: 2026, Month: 8, Day: 1}
	if err := sheet.WriteXLSX(&b, sheet.Output{Name: "a", Header: []string{"x", "y"}, Rows: [][]any{{"1", day}, {2, nil}}}); err != nil {
		f.Fatal(err)
	}
	for _, p := range unpack(f, b.Bytes()) {
		f.Add(p.name, []byte(p.text))
	}
	f.Add("xl/sharedStrings.xml", []byte(`<sst><si><t>a</t></si></sst>`))
	whole := b.Bytes()
	f.Fuzz(func(t *testing.T, name string, part []byte) {
		data := repack(t, whole, func(n, old string) string {
			if n == name {
				return string(part)
			}
			return old
		})
		sound(t, data, sheet.Options{Rows: 50, Columns: 20, Cell: 100, Unzipped: 1 << 20})
		sound(t, append([]byte("PK\x03\x04"), part...), sheet.Options{})
	})
}

// sound holds for whatever is read: either problems or tables that keep their promises.
func sound(t *testing.T, data []byte, o sheet.Options) {
	tables, err := sheet.Read("x", data, o)
	if err != nil {
		if len(problems(t, err)) > 2*sheet.MaxProblems {
			t.Fatal("too many problems")
		}
		return
	}
	for _, table := range tables {
		last := table.HeaderRow
		for _, r := range table.Rows {
			if len(r.Cells) != len(table.Header) || r.Number <= last {
				t.Fatalf("row %d after %d has %d cells of %d", r.Number, last, len(r.Cells), len(table.Header))
			}
			last = r.Number
		}
	}
}
