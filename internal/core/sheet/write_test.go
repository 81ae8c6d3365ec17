package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tremplin/internal/core/sheet"
)

func TestWriteCSV(t *testing.T) {
	var b bytes.Buffer
	err := sheet.WriteCSV(&b, sheet.Output{
		Header: []string{"nom", "=note"}, Separator: ';',
		Rows: [][]any{
			{"=1+1", "+32 470 12"},
			{"-cmd", "@x"},
			{"\tx", "\rx"},
			{"-12,5", "+3"},
			{-4, 0.1},
			{nil, sheet.Civil{Year: 2026, Month: 1, Day: 2}},
			{"a;b", "l'\"été\"\nici"},
			{"＝1", true},
		},
	})
	want := "\ufeffnom;'=note\r\n'=1+1;'+32 470 12\r\n'-cmd;'@x\r\n'\tx;\"'x\"\r\n-12,5;+3\r\n-4;0.1\r\n" +
		";2026-01-02\r\n\"a;b\";\"l'\"\"été\"\"\r\nici\"\r\n'＝1;true\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

type failing struct{ after int }

func (f *failing) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return 0, errors.New("full")
	}
	return len(p), nil
}

func TestWriteFails(t *testing.T) {
	o := sheet.Output{Header: []string{"a"}, Rows: [][]any{{strings.Repeat("x", 5000)}}}
	for _, room := range []int{0, 10} {
		if sheet.WriteCSV(&failing{room}, o) == nil || sheet.WriteXLSX(&failing{room}, o) == nil {
			t.Errorf("room %d: no error", room)
		}
	}
	if err := sheet.WriteXLSX(&bytes.Buffer{}); !errors.Is(err, sheet.ErrNoSheet) {
		t.Error(err)
	}
	o.Rows[0] = []any{1, strings.Repeat("x", 32_768)}
	if got := problems(t, sheet.WriteXLSX(&bytes.Buffer{}, o)); !cmp.Equal(got, []string{"|2|B||cell.too-long|32767"}) {
		t.Error(got)
	}
}

func TestWriteXLSX(t *testing.T) {
	var b bytes.Buffer
	err := sheet.WriteXLSX(&b,
		sheet.Output{Name: "Gens", Header: []string{"nom", "âge"}, Rows: [][]any{{"=1+1", 42}, {"00123", -1.5}, {sheet.Civil{Year: 2026, Month: 1, Day: 2}, true}, {nil, "2026-01-02"}}},
		sheet.Output{Name: "بيانات: [سرية]", Header: []string{"اسم"}, RightToLeft: true},
		sheet.Output{Name: "gens"}, sheet.Output{Name: "gens 3"}, sheet.Output{Name: strings.Repeat("é", 40)}, sheet.Output{},
	)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Gens", "بيانات   سرية", "gens 3", "gens 3 4", strings.Repeat("é", 28), "6"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "A3": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "B4": excelize.CellTypeBool, "B5": excelize.CellTypeInlineString} {
		if got, _ := f.GetCellType("Gens", cell); got != want {
			t.Errorf("%s has type %v, want %v", cell, got, want)
		}
	}
	if v, _ := f.GetCellValue("Gens", "A4"); v != "2026-01-02" {
		t.Errorf("date shown as %q", v)
	}
	if panes, _ := f.GetPanes("Gens"); !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v", panes)
	}
	head, _ := f.GetCellStyle("Gens", "B1")
	if s, _ := f.GetStyle(head); s.Font == nil || !s.Font.Bold {
		t.Error("the header is not bold")
	}
	for i, want := range []bool{false, true} {
		view, _ := f.GetSheetView(f.GetSheetName(i), 0)
		if got := view.RightToLeft != nil && *view.RightToLeft; got != want {
			t.Errorf("sheet %d right to left: %v", i, got)
		}
	}
}

// TestRoundTrip: what is written is read back, by both kinds of file.
func TestRoundTrip(t *testing.T) {
	signed := regexp.MustCompile(`^[+-]\d+([.,]\d+)?$`)
	text := rapid.StringMatching(`[\pL\pN =+@;,"'.\-\n]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		o := sheet.Output{Name: "s", Separator: rapid.SampledFrom([]rune{0, ';', '\t'}).Draw(t, "separator")}
		for i := range columns {
			o.Header = append(o.Header, fmt.Sprint("c", i))
		}
		var plain, disarmed []sheet.Row
		for n := range rapid.IntRange(0, 8).Draw(t, "rows") {
			cells := append(rapid.SliceOfN(text, columns-1, columns-1).Draw(t, "cells"), "z")
			row, safe := make([]any, columns), make([]string, columns)
			for i, c := range cells {
				row[i], safe[i] = c, c
				if c != "" && strings.ContainsRune("=+-@\n", rune(c[0])) && !signed.MatchString(c) {
					safe[i] = "'" + c
				}
			}
			o.Rows, plain, disarmed = append(o.Rows, row), append(plain, sheet.Row{Number: n + 2, Cells: cells}), append(disarmed, sheet.Row{Number: n + 2, Cells: safe})
		}
		var csv, xlsx bytes.Buffer
		if err := errors.Join(sheet.WriteCSV(&csv, o), sheet.WriteXLSX(&xlsx, o)); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			data []byte
			want []sheet.Row
		}{{xlsx.Bytes(), plain}, {csv.Bytes(), disarmed}} {
			tables, err := sheet.Read("s", c.data, sheet.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, tables[0].Rows); len(c.want) > 0 && diff != "" {
				t.Fatal(diff)
			}
		}
	})
}
