package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"testing"
)

// noise is a picture that packs badly.
func noise(w, h int) *image.RGBA {
	m, r := image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255})
		}
	}
	return m
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFitIsLightEnoughForAPhone(t *testing.T) {
	for name, c := range map[string]struct {
		data   []byte
		ending string
	}{
		"light PNG": {asPNG(t, flag(300, 200)), ".png"}, "large PNG": {asPNG(t, flag(3000, 2000)), ".jpg"},
		"heavy PNG": {asPNG(t, noise(1200, 1200)), ".jpg"}, "heavy JPEG": {asJPEG(t, noise(1500, 900), nil), ".jpg"},
	} {
		b, ending, err := Fit(c.data)
		if err != nil || ending != c.ending || len(b) > Light {
			t.Fatalf("%s: %d bytes %s, %v", name, len(b), ending, err)
		}
		size, _, err := image.DecodeConfig(bytes.NewReader(b))
		if err != nil || max(size.Width, size.Height) > screenLong {
			t.Errorf("%s: %+v %v", name, size, err)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	for name, b := range map[string][]byte{"nothing": nil, "a page": []byte("<html>"), "half": asPNG(t, flag(300, 200))[:90]} {
		if _, _, err := Fit(b); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
