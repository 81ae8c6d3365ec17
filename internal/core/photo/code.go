package photo

import (
	"errors"
	"image"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// ErrNoCode says that no QR code can be read on a photo.
var ErrNoCode = errors.New("photo: no QR code")

// sizes are the lengths of the longer side at which a code is looked for: a photo that is too sharp has grain
// between the modules, one that is too small has none of them.
var sizes = []int{800, 1400, 480, longest}

// Code reads the QR code on a photo, or on a picture of a code and nothing else: a few of those, one in a hundred, have
// a pattern inside that is taken for a corner.
func Code(b []byte) (string, error) {
	m, _, err := decode(b)
	if err != nil {
		return "", err
	}
	for _, size := range sizes {
		if text, err := read(small(m, size), gozxing.DecodeHintType_TRY_HARDER); err == nil {
			return text, nil
		}
	}
	return read(m, gozxing.DecodeHintType_PURE_BARCODE)
}

func read(m image.Image, how gozxing.DecodeHintType) (string, error) {
	bits, err := gozxing.NewBinaryBitmapFromImage(m)
	if err != nil {
		return "", err
	}
	r, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{how: true})
	if err != nil {
		return "", ErrNoCode
	}
	return r.GetText(), nil
}
