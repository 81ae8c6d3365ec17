package content

import (
	"bytes"
	"image"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzMeta: module.yaml is refused with reasons, or is the same when it is written and read again.
func FuzzMeta(f *testing.F) {
	f.Add([]byte(meta))
	f.Add([]byte(meta + "sector: &a building\nlicence: *a\n"))
	f.Add([]byte("needs: [null]\nminutes: 1e2"))
	f.Add([]byte("slug: !!binary YQ=="))
	f.Fuzz(func(t *testing.T, src []byte) {
		m, err := ParseMeta(src)
		if err != nil {
			if len(problems(err)) == 0 {
				t.Fatalf("no problems: %v", err)
			}
			return
		}
		text, err := m.format()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseMeta(text)
		if diff := cmp.Diff(m, again); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}

// FuzzMedia: what is taken for a picture or a recording is one of the type that its ending names, and no page.
func FuzzMedia(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\x00\x00\x00"))
	f.Add([]byte("\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8 <script>"))
	f.Add([]byte("ID3<html>"))
	f.Add([]byte("\xff\xfb\x90"))
	f.Add([]byte("\x00\x00\x00\x18ftypM4A "))
	f.Add([]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pictures, recordings := 0, 0
		for i, ext := range []string{".png", ".jpg", ".webp", ".mp3", ".ogg", ".m4a"} {
			if i < 3 && pictureCode(ext, data) == "" {
				pictures++
			}
			if i >= 3 && audioCode(ext, data) == "" {
				recordings++
			}
		}
		if pictures > 1 || pictures+recordings > 0 && data[0] == '<' {
			t.Fatalf("%q is %d pictures, or a page", data, pictures)
		}
		if pictureCode(".png", data) == "" {
			if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width > maxPixels || c.Height > maxPixels {
				t.Fatal(c, err)
			}
		}
	})
}
