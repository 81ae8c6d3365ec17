// Package photo takes what a telephone photographed and keeps nothing of it but the picture: no place, no
// time, no name of a device. It knows no slice and stores nothing.
package photo

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	_ "image/png" // for image.Decode

	"golang.org/x/image/draw"
)

// Bounds of what is read and of what is kept.
const (
	MaxBytes  = 12 << 20 // of the file
	maxPixels = 60 << 20 // of the picture: what a good telephone makes, and a bound for bombs
	longest   = 2000     // pixels of the longer side that are kept: handwriting stays readable
	quality   = 80
)

// Errors.
var (
	ErrTooLarge = errors.New("photo: too large")
	ErrNone     = errors.New("photo: neither JPEG nor PNG")
)

// Clean reads a JPEG or PNG and gives the picture alone as JPEG, upright as it was held, at most 2,000
// pixels long.
func Clean(b []byte) ([]byte, error) {
	m, _, err := decode(b)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, turned(small(m, longest), orientation(b)), &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// decode reads a picture of bearable size.
func decode(b []byte) (image.Image, string, error) {
	if len(b) > MaxBytes {
		return nil, "", ErrTooLarge
	}
	c, format, err := image.DecodeConfig(bytes.NewReader(b))
	switch {
	case err != nil || format != "jpeg" && format != "png":
		return nil, "", ErrNone
	case c.Width < 1 || c.Height < 1 || c.Width > maxPixels/c.Height:
		return nil, "", ErrTooLarge
	}
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, "", ErrNone
	}
	return m, format, nil
}

// small scales a picture down on white, so that what was transparent can be read.
func small(m image.Image, longest int) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if long := max(w, h); long > longest {
		w, h = max(w*longest/long, 1), max(h*longest/long, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Over, nil)
	return out
}

// turned sets a picture upright. The orientations are those of Exif 2.3, table 4.6.4.A, tag 0x0112: 3 is
// upside down, 6 wants a quarter turn clockwise, 8 one against it; those that mirror no camera writes.
func turned(m *image.RGBA, orientation int) image.Image {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	var to func(x, y int) (int, int)
	size := image.Rect(0, 0, h, w)
	switch orientation {
	case 3:
		size, to = image.Rect(0, 0, w, h), func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }
	case 6:
		to = func(x, y int) (int, int) { return h - 1 - y, x }
	case 8:
		to = func(x, y int) (int, int) { return y, w - 1 - x }
	default:
		return m
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := to(x, y)
			out.SetRGBA(tx, ty, m.RGBAAt(x, y))
		}
	}
	return out
}
