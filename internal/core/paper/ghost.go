package paper

import (
	"fmt"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// ghost is an empty glyph, added to an embedded font, that carries a letter of something drawn as outlines.
type ghost struct {
	letter rune
	width  int // 1/1000 em
}

// ghost returns the number of such a glyph: beyond those of the typeface.
func (u *used) ghost(letter rune, width int) font.GID {
	g := ghost{letter, width}
	gid, ok := u.ghosts[g]
	if !ok {
		gid = font.GID(len(u.widths) + len(u.added))
		u.ghosts[g], u.added = gid, append(u.added, g)
		u.drawn[gid] = []rune{letter}
	}
	return gid
}

// width is the advance of a glyph of the file, in 1/1000 em.
func (u *used) width(gid font.GID) int {
	if own := len(u.widths); int(gid) >= own {
		return u.added[int(gid)-own].width
	}
	return u.widths[gid]
}

// path is the outline of a glyph as PDF operators: empty for a space.
func (u *used) path(gid font.GID) string {
	if path, ok := u.paths[gid]; ok {
		return path
	}
	var b strings.Builder
	if outline, ok := u.face.GlyphDataOutline(gid); ok {
		var last opentype.SegmentPoint
		for _, s := range outline.Segments {
			last = segment(&b, s, last)
		}
	}
	u.paths[gid] = b.String()
	return u.paths[gid]
}

// segment writes one piece of an outline that begins at a point, and returns where it ends. PDF knows cubic curves only.
func segment(b *strings.Builder, s opentype.Segment, from opentype.SegmentPoint) opentype.SegmentPoint {
	p := s.Args
	switch s.Op {
	case opentype.SegmentOpMoveTo:
		fmt.Fprintf(b, "%.0f %.0f m ", p[0].X, p[0].Y)
		return p[0]
	case opentype.SegmentOpLineTo:
		fmt.Fprintf(b, "%.0f %.0f l ", p[0].X, p[0].Y)
		return p[0]
	case opentype.SegmentOpQuadTo:
		c1, c2 := towards(from, p[0]), towards(p[1], p[0])
		fmt.Fprintf(b, "%.1f %.1f %.1f %.1f %.0f %.0f c ", c1.X, c1.Y, c2.X, c2.Y, p[1].X, p[1].Y)
		return p[1]
	default:
		fmt.Fprintf(b, "%.0f %.0f %.0f %.0f %.0f %.0f c ", p[0].X, p[0].Y, p[1].X, p[1].Y, p[2].X, p[2].Y)
		return p[2]
	}
}

// towards is the point two thirds of the way from an end of a quadratic curve to its control point.
func towards(from, control opentype.SegmentPoint) opentype.SegmentPoint {
	return opentype.SegmentPoint{X: from.X + (control.X-from.X)*2/3, Y: from.Y + (control.Y-from.Y)*2/3}
}
