package paper

import "fmt"

// area is a rectangle of a page to draw on. Layouts are written as for left to right: in an area read from right to left
// every x is mirrored, so start and end change sides. Lengths are points from its top; x is from its start.
type area struct {
	*page
	x, y, w, h float64
	rtl        bool
}

// inside returns a part of the area.
func (a area) inside(x, y, w, h float64) area {
	return area{page: a.page, x: a.left(x, w), y: a.y + y, w: w, h: h, rtl: a.rtl}
}

// left is where on the page something of width w begins.
func (a area) left(x, w float64) float64 {
	if a.rtl {
		return a.x + a.w - x - w
	}
	return a.x + x
}

// up turns a distance from the top of the area into the upward coordinate of PDF.
func (a area) up(y float64) float64 { return a.page.h - a.y - y }

func (a area) op(format string, args ...any) { fmt.Fprintf(&a.ops, format+"\n", args...) }

// rule draws a line from one point to another.
func (a area) rule(x1, y1, x2, y2, width float64, c ink) {
	a.op("%s RG %.2f w %.2f %.2f m %.2f %.2f l S", c, width, a.left(x1, 0), a.up(y1), a.left(x2, 0), a.up(y2))
}

// dashes draws a line to cut along.
func (a area) dashes(x1, y1, x2, y2 float64) {
	a.op("q [4 4] 0 d")
	a.rule(x1, y1, x2, y2, 0.6, grey)
	a.op("Q")
}

// fill paints a rectangle.
func (a area) fill(x, y, w, h float64, c ink) {
	a.op("%s rg %.2f %.2f %.2f %.2f re f", c, a.left(x, w), a.up(y+h), w, h)
}

// frame draws the outline of a rectangle.
func (a area) frame(x, y, w, h, width float64, c ink) {
	a.op("%s RG %.2f w %.2f %.2f %.2f %.2f re S", c, width, a.left(x, w), a.up(y+h), w, h)
}

// mark draws the arc that lifts, Tremplin's mark, in a square; its dot is amber.
func (a area) mark(x, y, size float64, c ink) {
	k := size / 32
	px := func(v float64) float64 { return a.left(x+v*k, 0) }
	py := func(v float64) float64 { return a.up(y + v*k) }
	a.op("q 1 J %s RG %.2f w %.2f %.2f m %.2f %.2f l S", c, 2.2*k, px(3), py(25), px(29), py(25))
	a.op("%.2f %.2f m %.2f %.2f %.2f %.2f %.2f %.2f c S", px(5), py(25), px(10), py(10), px(19), py(5), px(28), py(6))
	// A line without length and with round ends is a dot.
	a.op("%s RG %.2f w %.2f %.2f m %[3]f %[4]f l S Q", amber, 5.2*k, px(27), py(6))
}
