package paper

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
)

// used is a typeface in one file: which glyphs were drawn, and which text each one stands for.
type used struct {
	*typeface
	face  *font.Face // for shaping; keeps caches, hence one a file
	id    int        // its number in the file's resources; 0 until something is drawn in it
	drawn map[font.GID][]rune

	ghosts map[ghost]font.GID // empty glyphs, by what they carry
	added  []ghost            // the same, in the order of their numbers
	paths  map[font.GID]string
}

func newUsed(t *typeface) *used {
	return &used{
		typeface: t, face: font.NewFace(t.Font), drawn: map[font.GID][]rune{},
		ghosts: map[ghost]font.GID{}, paths: map[font.GID]string{},
	}
}

// means notes that a glyph is drawn for this text and says whether that is what copying it gives: its first meaning stays,
// and the box for a missing glyph has none.
func (u *used) means(gid font.GID, text []rune) bool {
	if gid == 0 {
		return false
	}
	if _, ok := u.drawn[gid]; !ok {
		u.drawn[gid] = slices.Clone(text)
	}
	return slices.Equal(u.drawn[gid], text)
}

// write adds the font to the file and returns the number of its object.
func (u *used) write(o *objects) int {
	glyphs := slices.Sorted(maps.Keys(u.drawn))
	name, program := subsetName(u.name, glyphs), u.subset(glyphs, len(u.added))
	file := o.stream(program, fmt.Sprintf("/Length1 %d", len(program)))
	about := o.add("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"+
		"/CapHeight 714/StemV 80/FontFile2 %d 0 R>>",
		name, u.xMin, u.yMin, u.xMax, u.yMax, int(u.rise*1000), -int(u.drop*1000), file)
	cid := o.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"+
		"/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor %d 0 R/DW %d/W[%s]>>", name, about, u.widths[0], u.widthList(glyphs))
	return o.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, cid, o.stream([]byte(u.toUnicode(glyphs)), ""))
}

func (u *used) widthList(glyphs []font.GID) string {
	var b strings.Builder
	for _, gid := range glyphs {
		fmt.Fprintf(&b, "%d[%d]", gid, u.width(gid))
	}
	return b.String()
}

// toUnicode is the map by which readers copy and search: glyph to text, in blocks of a hundred at most.
func (u *used) toUnicode(glyphs []font.GID) string {
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n" +
		"1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	for block := range slices.Chunk(glyphs, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, gid := range block {
			fmt.Fprintf(&b, "<%04X><%s>\n", gid, hexUTF16(u.drawn[gid]))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return b.String()
}
