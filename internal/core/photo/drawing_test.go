package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// scrawl is a drawing on nothing: a stroke from one corner of a rectangle to the other.
func scrawl(w, h int, where image.Rectangle) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := where.Min.X; x < where.Max.X; x++ {
		y := where.Min.Y + (x-where.Min.X)*where.Dy()/where.Dx()
		for d := range 3 {
			m.Set(x, y+d, color.NRGBA{28, 36, 48, 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory: cannot fail
	return b.Bytes()
}

// Of a drawing the ink is kept, on white, and nothing around it.
func TestDrawingIsItsInk(t *testing.T) {
	b, err := Drawing(scrawl(640, 280, image.Rect(100, 50, 300, 120)))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Grey(b)
	if err != nil {
		t.Fatal(err)
	}
	if s := m.Rect.Size(); s.X < 200 || s.X > 220 || s.Y < 70 || s.Y > 90 || m.GrayAt(0, m.Rect.Dy()-1).Y != 255 || m.GrayAt(air+1, air+1).Y > dark {
		t.Error(m.Rect, m.GrayAt(0, m.Rect.Dy()-1), m.GrayAt(air+1, air+1))
	}
	if b, err = Drawing(scrawl(1900, 400, image.Rect(10, 10, 1800, 300))); err != nil {
		t.Fatal(err)
	}
	if m, err = Grey(b); err != nil || m.Rect.Dx() != widest {
		t.Error(m.Rect, err)
	}
}

func TestDrawingsAreBounded(t *testing.T) {
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"blank": {scrawl(640, 280, image.Rect(3, 3, 4, 4)), ErrBlank}, "wide": {scrawl(2001, 10, image.Rect(0, 0, 90, 5)), ErrTooLarge},
		"file": {make([]byte, MaxDrawing+1), ErrTooLarge}, "text": {[]byte("<svg onload=x>"), ErrNone}, "empty": {nil, ErrNone},
		"photo": {asJPEG(t, flag(8, 8), nil), ErrNone}, "cut": {scrawl(640, 280, image.Rect(9, 9, 99, 99))[:80], ErrNone},
	} {
		if _, err := Drawing(c.b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzDrawing: whatever is sent, what comes back is a drawing, or an error.
func FuzzDrawing(f *testing.F) {
	f.Add(scrawl(64, 28, image.Rect(1, 1, 60, 20)))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := Drawing(b)
		if err != nil {
			return
		}
		if _, err := Grey(out); err != nil || len(out) > 2*MaxDrawing {
			t.Fatal(len(out), err)
		}
	})
}
