package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image/jpeg"
	"testing"
)

// A portrait is a small square, upright, without what the telephone wrote beside it.
func TestPortrait(t *testing.T) {
	b, err := Portrait(asJPEG(t, flag(640, 320), held(binary.LittleEndian, "II", 6)))
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil || m.Bounds().Dx() != side || m.Bounds().Dy() != side || bytes.Contains(b, []byte("GPS")) {
		t.Fatal(m.Bounds(), err)
	}
	if r, g, _, _ := m.At(side-20, 20).RGBA(); r < 0x8000 || g > 0x8000 { // the red corner, turned with the picture
		t.Error(m.At(side-20, 20))
	}
	if _, err := Portrait([]byte("<svg/>")); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
}
