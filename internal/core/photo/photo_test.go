package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// flag is a picture whose top left quarter is red.
func flag(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{220, 0, 0, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image, exif []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	if exif == nil {
		return b.Bytes()
	}
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append([]byte{}, b.Bytes()[:2]...), append(segment, exif...)...), b.Bytes()[2:]...)
}

// held is an Exif that says how the camera was held, and where.
func held(order binary.AppendByteOrder, mark string, orientation uint16) []byte {
	t := append([]byte("Exif\x00\x00"+mark), 0, 0)
	order.(binary.ByteOrder).PutUint16(t[8:], 42)
	t = order.AppendUint32(t, 8)
	t = order.AppendUint16(t, 2)
	t = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(t, 0x010f), 2), 4), "GPS\x00"...)
	t = order.AppendUint32(order.AppendUint16(order.AppendUint16(t, 0x0112), 3), 1)
	return append(order.AppendUint16(t, orientation), 0, 0)
}

// Whatever way the telephone was held, what was up is up; nothing but the picture is left.
func TestPhotosStandUpright(t *testing.T) {
	corners := map[int][2]int{1: {0, 0}, 3: {1, 1}, 6: {1, 0}, 8: {0, 1}} // where the red quarter comes to stand
	for orientation, corner := range corners {
		for mark, order := range map[string]binary.AppendByteOrder{"II": binary.LittleEndian, "MM": binary.BigEndian} {
			b, err := Clean(asJPEG(t, flag(64, 32), held(order, mark, uint16(orientation))))
			if err != nil {
				t.Fatal(err)
			}
			m, err := jpeg.Decode(bytes.NewReader(b))
			if err != nil || bytes.Contains(b, []byte("GPS")) || bytes.Contains(b, []byte("Exif")) {
				t.Fatal(orientation, err)
			}
			w, h := m.Bounds().Dx(), m.Bounds().Dy()
			x, y := w/4+corner[0]*w/2, h/4+corner[1]*h/2
			if r, g, _, _ := m.At(x, y).RGBA(); r < 0x8000 || g > 0x8000 || (orientation > 4) != (w == 32) {
				t.Errorf("%d %s: %d×%d, %v at %d %d", orientation, mark, w, h, m.At(x, y), x, y)
			}
		}
	}
}

func TestPhotosAreBounded(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, flag(3000, 1000)); err != nil {
		t.Fatal(err)
	}
	out, err := Clean(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(out)); err != nil || c.Width != longest || c.Height != 666 {
		t.Error(c, err)
	}
	bomb := append([]byte{}, b.Bytes()...) // says that it is 100,000 × 100,000
	binary.BigEndian.PutUint32(bomb[16:], 100_000)
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"bomb": {bomb, ErrTooLarge}, "file": {make([]byte, MaxBytes+1), ErrTooLarge}, "text": {[]byte("<svg onload=x>"), ErrNone}, "empty": {nil, ErrNone},
		"cut": {b.Bytes()[:100], ErrNone},
	} {
		if _, err := Clean(c.b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzClean: whatever is sent, what comes back is a JPEG without Exif, or an error.
func FuzzClean(f *testing.F) {
	f.Add(asJPEG(f, flag(8, 8), held(binary.LittleEndian, "II", 6)))
	f.Add(asJPEG(f, flag(8, 8), nil))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x0aExif\x00\x00II"))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := Clean(b)
		if err != nil {
			return
		}
		if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil || bytes.Contains(out[:min(len(out), 64)], []byte("Exif")) {
			t.Fatal(err)
		}
	})
}
