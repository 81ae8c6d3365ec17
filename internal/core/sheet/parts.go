package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html/charset"
)

var errDamaged = errors.New("sheet: the workbook is damaged")

// relations is a .rels part of an Open Packaging file (ECMA-376 part 2): which part an id means.
type relations struct {
	Relationship []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:",attr"`
		Target string `xml:",attr"`
	}
}

// sheetParts finds the part of each sheet by relationship id. An id that means two parts is refused: excelize and
// we might read different ones.
func sheetParts(f *excelize.File) (map[string]string, error) {
	root, err := relationsOf(f, "_rels/.rels")
	if err != nil {
		return nil, err
	}
	workbook := ""
	for _, r := range root.Relationship {
		if strings.HasSuffix(r.Type, "/officeDocument") && workbook == "" {
			workbook = strings.TrimPrefix(r.Target, "/")
		}
	}
	folder, name := path.Split(workbook)
	rels, err := relationsOf(f, folder+"_rels/"+name+".rels")
	if err != nil {
		return nil, err
	}
	paths := map[string]string{}
	for _, r := range rels.Relationship {
		if _, twice := paths[r.ID]; twice {
			return nil, errDamaged
		}
		paths[r.ID] = resolve(folder, r.Target)
	}
	return paths, nil
}

func resolve(folder, target string) string {
	target = strings.ReplaceAll(target, "\\", "/")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/")
	}
	return path.Join(folder, target)
}

func relationsOf(f *excelize.File, name string) (r relations, err error) {
	part, ok := f.Pkg.Load(name)
	if !ok {
		return r, errDamaged
	}
	err = xml.Unmarshal(part.([]byte), &r)
	return r, err
}

// longest returns the characters of the longest shared string. Each cell that uses one gets a copy of it, so one
// huge string in a small file would fill the memory.
func longest(part []byte) int {
	d := decoder(part)
	most, length := 0, 0
	for {
		token, err := d.RawToken()
		if err != nil {
			return most
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				length = 0
			}
		case xml.CharData:
			length += utf8.RuneCount(t)
			most = max(most, length)
		}
	}
}

// longFormat finds a number format longer than Excel takes (255). Its text is shown in every cell that has it, so
// it multiplies like a shared string.
func longFormat(f *excelize.File) bool {
	if f.Styles == nil || f.Styles.NumFmts == nil {
		return false
	}
	for _, n := range f.Styles.NumFmts.NumFmt {
		if n == nil || len(n.FormatCode) > 1_024 {
			return true
		}
	}
	return false
}

func decoder(part []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(part))
	d.CharsetReader = charset.NewReaderLabel // as excelize does, so that both read the same
	return d
}
