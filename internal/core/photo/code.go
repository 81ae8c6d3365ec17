package photo

import (
	"errors"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// ErrNoCode says that no QR code can be read on a photo.
var ErrNoCode = errors.New("photo: no QR code")

// sizes are the lengths of the longer side at which a code is looked for: a photo that is too sharp has grain
// between the modules, one that is too small has none of them.
var sizes = []int{800, 1400, 480, longest}

// Code reads the QR code on a photo.
func Code(b []byte) (string, error) {
	m, _, err := decode(b)
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	for _, size := range sizes {
		bits, err := gozxing.NewBinaryBitmapFromImage(small(m, size))
		if err != nil {
			return "", err
		}
		if r, err := qrcode.NewQRCodeReader().Decode(bits, hints); err == nil {
			return r.GetText(), nil
		}
	}
	return "", ErrNoCode
}
