package photo

import (
	"bytes"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// side is the length of a portrait's sides, in pixels.
const side = 240

// Portrait reads a JPEG or PNG and gives the middle of it, upright, as a small square JPEG and nothing else.
func Portrait(b []byte) ([]byte, error) {
	m, _, err := decode(b)
	if err != nil {
		return nil, err
	}
	up := turned(small(m, longest), orientation(b))
	w, h := up.Bounds().Dx(), up.Bounds().Dy()
	cut := min(w, h)
	from := image.Rect((w-cut)/2, (h-cut)/2, (w-cut)/2+cut, (h-cut)/2+cut)
	square := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.CatmullRom.Scale(square, square.Rect, up, from, draw.Src, nil)
	var out bytes.Buffer
	err = jpeg.Encode(&out, square, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}
