package paper

import (
	"strings"

	"github.com/go-text/typesetting/shaping"
)

// style is how words look; the size is in points.
type style struct {
	size float64
	bold bool
	ink  ink
}

// line is one line of a paragraph: runs from left to right, and its width in 1/1000 em.
type line struct {
	text  []rune // of the paragraph
	runs  []shaping.Output
	end   int // the rune at which the next line begins
	width int
}

// block is text cut into lines. Empty text makes a block without height.
type block struct {
	style
	lines []line
	lead  float64 // from line to line, in points
	rise  float64 // from the top of a line to its baseline
}

func (b block) height() float64 { return float64(len(b.lines)) * b.lead }

// width is that of the longest line, in points.
func (b block) width() float64 {
	width := 0
	for _, l := range b.lines {
		width = max(width, l.width)
	}
	return float64(width) * b.size / em
}

// cut parts a block after n lines.
func (b block) cut(n int) (head, tail block) {
	n = min(max(n, 0), len(b.lines))
	head, tail = b, b
	head.lines, tail.lines = b.lines[:n], b.lines[n:]
	return head, tail
}

// set lays text out in a column of the given width; line ends in it start a new line.
func (s *setter) set(text string, st style, width float64, t Tongue) block {
	return s.lay(s.shapeAll(text, st.bold, t), st, width)
}

func (s *setter) shapeAll(text string, bold bool, t Tongue) []shaped {
	var parts []shaped
	for _, p := range paragraphs(text) {
		parts = append(parts, s.shape(p, bold, t))
	}
	return parts
}

// fitting is the most runes that fit looks at: no box holds as many.
const fitting = 4_000

// fit lays one paragraph out in a box: where it does not fit it becomes smaller, down to the given size, and is then cut
// short with an ellipsis.
func (s *setter) fit(text string, st style, least, width, height float64, t Tongue) block {
	words := clean(text)
	words = words[:min(len(words), fitting)]
	if len(words) == 0 {
		return block{style: st}
	}
	part := []shaped{s.shape(words, st.bold, t)}
	for b := s.lay(part, st, width); ; b = s.lay(part, st, width) {
		if b.height() <= height+0.01 {
			return b
		}
		if st.size <= least {
			return s.clip(words, b, int(height/b.lead), width, t)
		}
		st.size = max(least, st.size*0.94)
	}
}

// clip keeps what fits into n lines, one at least, and ends it with an ellipsis.
func (s *setter) clip(words []rune, b block, n int, width float64, t Tongue) block {
	n = min(max(n, 1), len(b.lines))
	for end := b.lines[n-1].end; ; end-- {
		shorter := strings.TrimRight(string(words[:end]), " ") + "…"
		if b = s.set(shorter, b.style, width, t); len(b.lines) <= n || end == 0 {
			return b
		}
	}
}

// lay breaks paragraphs into lines.
func (s *setter) lay(parts []shaped, st style, width float64) block {
	b := block{style: st}
	rise, drop := 0.0, 0.0
	for _, p := range parts {
		b.lines = append(b.lines, p.wrap(int(width/st.size*em))...)
		for _, u := range s.rooms(p) {
			rise, drop = max(rise, u.rise), max(drop, u.drop)
		}
	}
	b.rise, b.lead = rise*st.size, (rise+drop)*st.size
	return b
}

// rooms lists the fonts that say how high the lines of a paragraph are.
func (s *setter) rooms(p shaped) []*used {
	var fonts []*used
	if p.high {
		fonts = append(fonts, s.arabic[0])
	}
	for _, run := range p.runs {
		fonts = append(fonts, s.fonts[run.Face.Font])
	}
	return fonts
}

// advance is the width of glyphs in 1/1000 em.
func advance(glyphs []shaping.Glyph) int {
	width := 0
	for _, g := range glyphs {
		width += int(g.Advance)
	}
	return width >> 6
}
