package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
)

// Light is what a picture of a module weighs at most: a slow network brings no more.
const Light = 150 << 10 // bytes

const (
	screenLong = 1280 // pixels of the longer side: a phone shows no more
	shrink     = 3    // quarters of the size, where no quality is low enough
)

// Fit reads a JPEG or PNG and gives the picture alone, small enough for a module, with the ending of its name. What
// is PNG and light stays PNG, which keeps letters sharp.
func Fit(b []byte) (data []byte, ending string, err error) {
	m, format, err := decode(b)
	if err != nil {
		return nil, "", err
	}
	if format == "png" && max(m.Bounds().Dx(), m.Bounds().Dy()) <= screenLong {
		var out bytes.Buffer
		if err := png.Encode(&out, m); err == nil && out.Len() <= Light {
			return out.Bytes(), ".png", nil
		}
	}
	data, err = light(turned(small(m, screenLong), orientation(b)))
	return data, ".jpg", err
}

// light lowers the quality, and then the size, until a picture is light enough.
func light(m image.Image) ([]byte, error) {
	for {
		for _, q := range []int{82, 70, 58, 46, 34} {
			var out bytes.Buffer
			if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: q}); err != nil {
				return nil, err
			}
			if out.Len() <= Light {
				return out.Bytes(), nil
			}
		}
		long := max(m.Bounds().Dx(), m.Bounds().Dy())
		m = small(m, long*shrink/4)
	}
}
