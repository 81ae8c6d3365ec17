package paper

import (
	"bytes"
	"embed"
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

//go:embed fonts/*.ttf
var files embed.FS

// typeface is one embedded font, parsed once and shared: nothing in it changes.
type typeface struct {
	*font.Font
	name       string  // its PostScript name
	rise, drop float64 // room above and below the baseline, in em
	tables     map[string][]byte
	offsets    []uint32 // of glyph i in the glyf table; one more than there are glyphs
	widths     []int    // advance of glyph i, in 1/1000 em
	xMin, yMin int16    // the box that holds every glyph
	xMax, yMax int16
}

// family is what a page is set in: index 0 is regular, 1 is bold.
type family struct{ latin, arabic [2]*typeface }

// loadFamily parses the embedded fonts on first use. Room for Arabic is larger: letters go deeper and carry vowels.
var loadFamily = sync.OnceValues(func() (*family, error) {
	f := &family{}
	for i, weight := range []string{"Regular", "Bold"} {
		var err error
		if f.latin[i], err = loadTypeface("NotoSans-"+weight, 1.03, 0.33); err != nil {
			return nil, err
		}
		if f.arabic[i], err = loadTypeface("NotoSansArabic-"+weight, 1.12, 0.52); err != nil {
			return nil, err
		}
	}
	return f, nil
})

func loadTypeface(name string, rise, drop float64) (*typeface, error) {
	data, err := files.ReadFile("fonts/" + name + ".ttf")
	if err != nil {
		return nil, err
	}
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("paper: font %s: %w", name, err)
	}
	if face.Upem() != em {
		return nil, fmt.Errorf("paper: font %s has %d units per em, want %d", name, face.Upem(), em)
	}
	t := &typeface{Font: face.Font, name: name, rise: rise, drop: drop}
	if err := t.readTables(data); err != nil {
		return nil, fmt.Errorf("paper: font %s: %w", name, err)
	}
	for gid := range len(t.offsets) - 1 {
		t.widths = append(t.widths, int(face.HorizontalAdvance(font.GID(gid))))
	}
	return t, nil
}

// readTables keeps the raw tables that an embedded TrueType font needs.
func (t *typeface) readTables(data []byte) error {
	loader, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	t.tables = map[string][]byte{}
	for _, tag := range embeddedTables {
		if t.tables[tag], err = loader.RawTable(opentype.MustNewTag(tag)); err != nil {
			return err
		}
	}
	head := t.tables["head"]
	box := [4]int16{}
	if _, err := binary.Decode(head[36:], binary.BigEndian, &box); err != nil {
		return err
	}
	t.xMin, t.yMin, t.xMax, t.yMax = box[0], box[1], box[2], box[3]
	t.offsets = readOffsets(t.tables["loca"], head[51] == 1)
	return nil
}

// readOffsets decodes the loca table: 32-bit offsets, or 16-bit halves of them.
func readOffsets(loca []byte, wide bool) []uint32 {
	var offsets []uint32
	for len(loca) >= 4 && wide {
		offsets, loca = append(offsets, binary.BigEndian.Uint32(loca)), loca[4:]
	}
	for len(loca) >= 2 && !wide {
		offsets, loca = append(offsets, 2*uint32(binary.BigEndian.Uint16(loca))), loca[2:]
	}
	return offsets
}

// outline returns the drawing instructions of a glyph: none for a space.
func (t *typeface) outline(gid font.GID) []byte {
	if int(gid)+1 >= len(t.offsets) {
		return nil
	}
	return t.tables["glyf"][t.offsets[gid]:t.offsets[gid+1]]
}
