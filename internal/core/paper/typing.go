package paper

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// typing shows the glyphs of one run, on one baseline. Lengths are 1/1000 em.
//
// Readers copy and search glyph by glyph, and turn right-to-left words round letter by letter: a ligature, or a letter
// with vowel marks, comes out in the wrong order in many of them. Such a group is therefore traced as outlines, and empty
// glyphs, one a letter and side by side, carry its text. Everything else is plain text in the font.
type typing struct {
	io.Writer
	traced *strings.Builder // what is drawn after the text
	font   *used
	rtl    bool
	x, y   float64 // the run's origin on the page, in points
	scale  float64 // from 1/1000 em to points
	pen    float64 // where shaping wants the next glyph
	at     float64 // where PDF would place it
}

func (t *typing) run(glyphs []shaping.Glyph, text []rune) {
	for len(glyphs) > 0 {
		n := min(max(glyphs[0].GlyphsCount(), 1), len(glyphs))
		from := glyphs[0].TextIndex()
		meaning := text[from:min(from+glyphs[0].RunesCount(), len(text))]
		if t.plain(glyphs[:n], meaning) {
			t.show(glyphs[0].GlyphID, t.pen+float64(glyphs[0].XOffset)/64)
			t.pen += float64(glyphs[0].Advance) / 64
		} else {
			t.trace(glyphs[:n], meaning)
		}
		glyphs = glyphs[n:]
	}
}

// plain says whether a group is one glyph on the baseline that always stands for this text.
func (t *typing) plain(group []shaping.Glyph, meaning []rune) bool {
	return len(group) == 1 && group[0].YOffset == 0 && group[0].Advance > 0 &&
		(len(meaning) == 1 || !t.rtl) && t.font.means(group[0].GlyphID, meaning)
}

// show writes a glyph, moved from where PDF would place it to where it belongs.
func (t *typing) show(gid font.GID, x float64) {
	if move := math.Round(x - t.at); move != 0 {
		fmt.Fprintf(t, "%.0f", -move)
		t.at += move
	}
	fmt.Fprintf(t, "<%04X>", gid)
	t.at += float64(t.font.width(gid))
}

// trace draws a group as outlines and lays its letters over it. Marks that have neither outline nor width, such as those
// that only steer direction, leave nothing.
func (t *typing) trace(group []shaping.Glyph, meaning []rune) {
	from, seen := t.pen, false
	for _, g := range group {
		if outline := t.font.path(g.GlyphID); len(outline) > 0 {
			t.outline(outline, t.pen+float64(g.XOffset)/64, float64(g.YOffset)/64)
			seen = true
		}
		t.pen += float64(g.Advance) / 64
	}
	width := max(t.pen-from, 0) / float64(len(meaning))
	if width == 0 && !seen {
		return
	}
	for i := range meaning {
		letter := meaning[i]
		if t.rtl {
			letter = meaning[len(meaning)-1-i]
		}
		t.show(t.font.ghost(letter, int(math.Round(width))), from+float64(i)*width)
	}
}

// outline fills a path, given in 1/1000 em, at a place of the run.
func (t *typing) outline(path string, x, y float64) {
	fmt.Fprintf(t.traced, "q %.5f 0 0 %[1]f %.2f %.2f cm\n%s f Q\n", t.scale, t.x+x*t.scale, t.y+y*t.scale, path)
}
