package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"

	"rsc.io/qr"
)

const onCard = "https://tremplin.example.org/card/7Q4K9M2XPR7Q4K9M2XPR7Q4K9M2XPR7Q4K9M?lang=fr"

// snapped is a code as a telephone sees it: turned, small in the picture, with grain and a light from one side.
func snapped(t testing.TB, text string, turn float64) image.Image {
	t.Helper()
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	m, grain := image.NewGray(image.Rect(0, 0, 1600, 1200)), rand.New(rand.NewPCG(1, 2))
	module, sin, cos := 12.0, math.Sin(turn), math.Cos(turn)
	for y := range 1200 {
		for x := range 1600 {
			dx, dy := float64(x)-800, float64(y)-600
			u, v := (dx*cos+dy*sin)/module+float64(code.Size)/2, (dy*cos-dx*sin)/module+float64(code.Size)/2
			light := 150 + float64(x)/20 + grain.Float64()*20
			if code.Black(int(math.Floor(u)), int(math.Floor(v))) {
				light -= 110
			}
			m.SetGray(x, y, color.Gray{uint8(light)})
		}
	}
	return m
}

// A card is read as a telephone sees it, however it is held.
func TestCodeOnAPhoto(t *testing.T) {
	for _, turn := range []float64{0, 0.2, -0.35, math.Pi / 2, 2.8} {
		if got, err := Code(asJPEG(t, snapped(t, onCard, turn), nil)); err != nil || got != onCard {
			t.Errorf("turned by %.2f: %q %v", turn, got, err)
		}
	}
}

// A picture of the code alone is read whatever it says: in these, something inside was taken for a corner.
func TestCodeAlone(t *testing.T) {
	for _, said := range []string{"QDII4AZ4MGHPYYPQJHNFE5SK6C3JWF7XANYM", "742REXV5XR7Z4NNH5NGFSXHRK4BKOPQDM6U6"} {
		text := "https://tremplin.example.org/card/" + said + "?lang=ar"
		code, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Code(code.PNG()); err != nil || got != text {
			t.Errorf("%s: %q %v", said, got, err)
		}
	}
}

func TestNoCode(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, flag(300, 200)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{"flag": {b.Bytes(), ErrNoCode}, "text": {[]byte("<svg/>"), ErrNone}, "file": {make([]byte, MaxBytes+1), ErrTooLarge}, "empty": {nil, ErrNone}} {
		if _, err := Code(c.b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzCode: whatever picture is sent, it is read or refused.
func FuzzCode(f *testing.F) {
	code, err := qr.Encode("a/card/b", qr.L)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(code.PNG())
	f.Add(asJPEG(f, flag(40, 40), nil))
	f.Fuzz(func(_ *testing.T, b []byte) {
		_, _ = Code(b) // it must not panic
	})
}
