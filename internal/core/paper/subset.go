package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// embeddedTables are what a PDF reader needs of a TrueType font, in the order in which they are written.
var embeddedTables = []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"}

// subset returns the font with the outlines of the given glyphs alone, and some empty glyphs added at its end. Glyphs keep
// their numbers, so that what was shaped stays valid; the emptied rest costs next to nothing once compressed.
func (t *typeface) subset(used []font.GID, added int) []byte {
	keep := map[font.GID]bool{}
	for _, gid := range append([]font.GID{0}, used...) {
		t.closure(gid, keep)
	}
	var glyf, loca []byte
	for gid := range font.GID(len(t.widths)) {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if keep[gid] {
			glyf = align(append(glyf, t.outline(gid)...))
		}
	}
	for range added + 1 {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	return t.assemble(glyf, loca, added)
}

// closure adds a glyph and, if it is made of others, those too.
func (t *typeface) closure(gid font.GID, keep map[font.GID]bool) {
	if keep[gid] {
		return
	}
	keep[gid] = true
	for _, part := range components(t.outline(gid)) {
		t.closure(part, keep)
	}
}

// assemble writes the font file around new outlines; loca is in 32-bit form.
func (t *typeface) assemble(glyf, loca []byte, added int) []byte {
	head, maxp := bytes.Clone(t.tables["head"]), bytes.Clone(t.tables["maxp"])
	head[51] = 1
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(t.widths)+added))
	hmtx := append(bytes.Clone(t.tables["hmtx"]), make([]byte, 2*added)...)
	changed := map[string][]byte{"glyf": glyf, "head": head, "hmtx": hmtx, "loca": loca, "maxp": maxp}
	var tables []opentype.Table
	for _, tag := range embeddedTables {
		content, ok := changed[tag]
		if !ok {
			content = bytes.Clone(t.tables[tag])
		}
		tables = append(tables, opentype.Table{Tag: opentype.MustNewTag(tag), Content: align(content)})
	}
	return opentype.WriteTTF(tables)
}

// components lists the glyphs that a compound outline refers to.
func components(outline []byte) []font.GID {
	const words, scale, more, scales, matrix = 0x1, 0x8, 0x20, 0x40, 0x80
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	var parts []font.GID
	for rest := outline[10:]; len(rest) >= 6; {
		flags := binary.BigEndian.Uint16(rest)
		parts = append(parts, font.GID(binary.BigEndian.Uint16(rest[2:])))
		size := 6 + 2*int(flags&words)
		switch {
		case flags&scale != 0:
			size += 2
		case flags&scales != 0:
			size += 4
		case flags&matrix != 0:
			size += 8
		}
		if flags&more == 0 || size > len(rest) {
			break
		}
		rest = rest[size:]
	}
	return parts
}

// align pads to the four bytes at which tables and outlines start.
func align(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// subsetName prefixes a font's name with six letters that stand for the glyphs it holds, as PDF asks.
func subsetName(name string, used []font.GID) string {
	h := sha256.New()
	for _, gid := range slices.Sorted(slices.Values(used)) {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(gid)))
	}
	tag := h.Sum(nil)[:6]
	for i := range tag {
		tag[i] = 'A' + tag[i]%26
	}
	return string(tag) + "+" + name
}
