package photo

import (
	"bytes"
	"errors"
	"image"
	"image/png"

	"golang.org/x/image/draw"
)

// Bounds of a drawing: of its file, of its picture, and of what is kept of it.
const (
	MaxDrawing = 60 << 10
	maxSide    = 2000
	widest     = 600
	leastInk   = 40  // pixels: less is a touch, not a drawing
	dark       = 160 // of 255: what counts as ink
	air        = 6   // pixels around the ink
)

// ErrBlank says that nothing is drawn.
var ErrBlank = errors.New("photo: nothing is drawn")

// Drawing reads what somebody drew on a screen, as PNG, and gives the ink alone: grey on white, cut to what is
// drawn, without anything else that the file may carry.
func Drawing(b []byte) ([]byte, error) {
	if len(b) > MaxDrawing {
		return nil, ErrTooLarge
	}
	c, err := png.DecodeConfig(bytes.NewReader(b))
	switch {
	case err != nil:
		return nil, ErrNone
	case c.Width > maxSide || c.Height > maxSide:
		return nil, ErrTooLarge
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, ErrNone
	}
	grey := onWhite(m)
	ink, n := inked(grey)
	if n < leastInk {
		return nil, ErrBlank
	}
	var out bytes.Buffer
	err = png.Encode(&out, narrow(grey.SubImage(ink.Inset(-air).Intersect(grey.Rect))))
	return out.Bytes(), err
}

// onWhite lays a picture on white paper.
func onWhite(m image.Image) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Over)
	return out
}

// inked finds where the ink is, and how much of it.
func inked(m *image.Gray) (where image.Rectangle, n int) {
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if m.GrayAt(x, y).Y < dark {
				where = where.Union(image.Rect(x, y, x+1, y+1))
				n++
			}
		}
	}
	return where, n
}

// narrow scales a drawing down to what a sheet needs.
func narrow(m image.Image) *image.Gray {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if w > widest {
		w, h = widest, max(h*widest/w, 1)
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(out, out.Rect, m, m.Bounds(), draw.Src, nil)
	return out
}

// Grey reads a drawing as Drawing made it.
func Grey(b []byte) (*image.Gray, error) {
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return onWhite(m), nil
}
