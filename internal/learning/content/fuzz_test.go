package content

import (
	"bytes"
	"image"
	"testing"
	"unicode/utf8"

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

// FuzzMedia: what is taken for a picture, a recording, a film or captions is one of the type that its ending names, and no page.
func FuzzMedia(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\x00\x00\x00"))
	f.Add([]byte("\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8 <script>"))
	f.Add([]byte("ID3<html>"))
	f.Add([]byte("\xff\xfb\x90"))
	f.Add([]byte("\x00\x00\x00\x18ftypM4A "))
	f.Add([]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"))
	f.Add([]byte("\x1a\x45\xdf\xa3<html>"))
	f.Add([]byte("\ufeffWEBVTT\n\n00:00.000 --> 00:01.000\n<b>a"))
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
		films := 0
		for _, ext := range []string{".mp4", ".webm"} {
			if videoCode(ext, data) == "" {
				films++
			}
		}
		if pictures > 1 || films > 1 || pictures+recordings+films > 0 && data[0] == '<' {
			t.Fatalf("%q is %d pictures, %d films, or a page", data, pictures, films)
		}
		if captionsCode(data) == "" && (pictures+films > 0 || !utf8.Valid(data)) {
			t.Fatalf("%q is captions, and more", data)
		}
		if pictureCode(".png", data) == "" {
			if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width > maxPixels || c.Height > maxPixels {
				t.Fatal(c, err)
			}
		}
	})
}
