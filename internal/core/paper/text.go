package paper

import (
	"fmt"
	"strings"

	"github.com/go-text/typesetting/di"
)

// side is where in its column a line stands.
type side int

const (
	start side = iota
	centre
	end
)

// put draws a block in a column of the area and returns the y below it.
func (a area) put(b block, x, y, w float64, at side) float64 {
	for i, l := range b.lines {
		width := float64(l.width) * b.size / em
		shift := [...]float64{start: 0, centre: (w - width) / 2, end: w - width}[at]
		a.text(l, b.style, a.left(x+shift, width), a.up(y+float64(i)*b.lead+b.rise))
	}
	return y + b.height()
}

// text draws a line with its left end at a point of the page.
func (a area) text(l line, st style, x, y float64) {
	var traced strings.Builder
	fmt.Fprintf(&a.ops, "%s rg BT\n", st.ink)
	for _, run := range l.runs {
		u := a.press.fonts[run.Face.Font]
		fmt.Fprintf(&a.ops, "%s %.2f Tf 1 0 0 1 %.2f %.2f Tm [", a.press.font(u), st.size, x, y)
		t := typing{Writer: &a.ops, traced: &traced, font: u, rtl: run.Direction == di.DirectionRTL, x: x, y: y, scale: st.size / em}
		t.run(run.Glyphs, l.text)
		a.ops.WriteString("] TJ\n")
		x += float64(advance(run.Glyphs)) * st.size / em
	}
	a.ops.WriteString("ET\n" + traced.String())
}
