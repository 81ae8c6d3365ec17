package content

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const meta = `slug: example
source: en
needs: [work, speak]
sector: ""
level: A2
minutes: 20
countries: []
audience: learner
licence: CC-BY-4.0
`

func pixels(side int) image.Image { return image.NewGray(image.Rect(0, 0, side, 1)) }

func pngFile(side int) string {
	var b bytes.Buffer
	_ = png.Encode(&b, pixels(side))
	return b.String()
}

func jpegFile() string {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, pixels(2), nil)
	return b.String()
}

// sample is a module that has one of each thing, with some files replaced, added, or removed by an empty text.
func sample(changes ...string) map[string]string {
	files := map[string]string{
		metaFile: meta, "en.md": example, "fr.md": strings.Replace(example, "A title", "Un titre", 1),
		"pictures/a.svg": drawing, "pictures/b.png": pngFile(2), "pictures/c.jpg": jpegFile(),
		"pictures/d.webp": "RIFF\x00\x00\x00\x00WEBPVP8 \x00", "audio/en/one.mp3": "ID3\x04",
		"packages/quiz.h5p": quiz(),
		"video/hello.mp4":   "\x00\x00\x00\x20ftypmp42 large", "video/hello.small.mp4": "\x00\x00\x00\x20ftypmp42", "video/hello.en.vtt": "WEBVTT\n", "audio/fr/two.ogg": "OggS", "audio/en/two.m4a": "\x00\x00\x00\x20ftypM4A ", "audio/en/three.mp3": "\xff\xfb\x90",
	}
	for i := 0; i < len(changes); i += 2 {
		files[changes[i]] = changes[i+1]
		if changes[i+1] == "" {
			delete(files, changes[i])
		}
	}
	return files
}

func folder(files map[string]string) fstest.MapFS {
	dir := fstest.MapFS{}
	for name, data := range files {
		dir[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return dir
}

func TestReadDir(t *testing.T) {
	m, err := ReadDir(folder(sample(".DS_Store", "x", "pictures/Thumbs.db", "x")))
	if err != nil {
		t.Fatal(err)
	}
	want := Meta{Slug: "example", Source: "en", Needs: []string{"work", "speak"}, Level: "A2", Minutes: 20, Audience: "learner", Licence: "CC-BY-4.0"}
	if diff := cmp.Diff(want, m.Meta); diff != "" {
		t.Error(diff)
	}
	if len(m.Languages) != 2 || m.Languages["fr"].Title != "Un titre" || len(m.Files) != 12 {
		t.Errorf("%d languages, %d files", len(m.Languages), len(m.Files))
	}
}

func TestReadDirRefuses(t *testing.T) {
	field := func(old, new string) []string { return []string{metaFile, strings.Replace(meta, old, new, 1)} }
	tests := []struct {
		file    string
		code    Code
		changes []string
	}{
		{metaFile, MetaMissing, []string{metaFile, ""}},
		{metaFile, MetaYAML, []string{metaFile, "slug: ["}},
		{metaFile, MetaYAML, field("sector", "sektor")},
		{metaFile, MetaYAML, field("[work, speak]", "work")},
		{metaFile, FileLarge, []string{metaFile, meta + strings.Repeat("#", maxMeta)}},
		{metaFile, MetaSlug, field("example", "../x")},
		{metaFile, MetaSource, field("source: en", "source: zz")},
		{metaFile, MetaNeeds, field("speak", "sing")},
		{metaFile, MetaSector, field(`""`, "Bâtiment")},
		{metaFile, MetaLevel, field("A2", "C3")},
		{metaFile, MetaMinutes, field("20", "0")},
		{metaFile, MetaCountry, field("[]", "[FR, XX]")},
		{metaFile, MetaAudience, field("learner", "all")},
		{metaFile, MetaLicence, field("CC-BY-4.0", `"<b>"`)},
		{"en.md", SourceMissing, []string{"en.md", ""}},
		{"en.md", HTML, []string{"en.md", screen("<b>")}},
		{"fr.md", SameMissing, []string{"fr.md", screen("text")}},
		{"fr.md", PictureMissing, []string{"pictures/a.svg", ""}},
		{"audio/en/none.mp3", AudioScreen, []string{"audio/en/none.mp3", "ID3"}},
		{"audio/zz/one.mp3", AudioScreen, []string{"audio/zz/one.mp3", "ID3"}},
		{"audio/en/one.ogg", AudioBroken, []string{"audio/en/one.ogg", "ID3"}},
		{"audio/en/one.mp3", AudioBroken, []string{"audio/en/one.mp3", "<html>"}},
		{"audio/en/one.m4a", AudioBroken, []string{"audio/en/one.m4a", "ftyp"}},
		{"pictures/b.png", PictureBroken, []string{"pictures/b.png", jpegFile()}},
		{"pictures/c.jpg", PictureBroken, []string{"pictures/c.jpg", pngFile(2)}},
		{"pictures/c.jpg", PictureBroken, []string{"pictures/c.jpg", "GIF89a"}},
		{"pictures/d.webp", PictureBroken, []string{"pictures/d.webp", "RIFF"}},
		{"pictures/b.png", PictureLarge, []string{"pictures/b.png", pngFile(maxPixels + 1)}},
		{"pictures/a.svg", SVGElement, []string{"pictures/a.svg", svg("<script/>")}},
		{"pictures/e.gif", FileUnknown, []string{"pictures/e.gif", "GIF89a"}},
		{"zz.md", FileUnknown, []string{"zz.md", example}},
		{"en_GB.md", FileUnknown, []string{"en_GB.md", example}},
		{".hidden", FileUnknown, []string{".hidden", "x"}},
		{"index.html", FileUnknown, []string{"index.html", "<html>"}},
		{"pictures/x/e.svg", FileUnknown, []string{"pictures/x/e.svg", drawing}},
		{"more.bin", ZipNested, []string{"more.bin", "PK\x03\x04"}},
		{"audio/en/one.mp3", FileLarge, []string{"audio/en/one.mp3", "ID3" + strings.Repeat("x", int(DefaultLimits.File))}},
		{"en.md", PackageMissing, []string{"packages/quiz.h5p", ""}},
		{"packages/quiz.h5p", PackageBroken, []string{"packages/quiz.h5p", string(pack(h5p("h5p.json", ""), ""))}},
		{"packages/quiz.zip", ZipNested, []string{"packages/quiz.zip", quiz()}},
		{"video/hello.mp4", VideoBroken, []string{"video/hello.mp4", "<html>"}},
		{"video/hello.small.mp4", VideoBroken, []string{"video/hello.small.mp4", "<html>"}},
		{"video/hello.small.mp4", VideoHeavy, []string{"video/hello.small.mp4", "\x00\x00\x00\x20ftypmp42 large"}},
		{"video/other.small.mp4", VideoAlone, []string{"video/other.small.mp4", "\x00\x00\x00\x20ftypmp42"}},
		{"video/hello.small.webm", FileUnknown, []string{"video/hello.small.webm", "\x1a\x45\xdf\xa3"}},
		{"video/hello.webm", VideoBroken, []string{"video/hello.webm", "\x00\x00\x00\x20ftypmp42"}},
		{"en.md", CaptionsMissing, []string{"video/hello.en.vtt", ""}},
		{"video/hello.en.vtt", CaptionsBroken, []string{"video/hello.en.vtt", "WEBVTTX"}},
		{"video/hello.en.vtt", CaptionsBroken, []string{"video/hello.en.vtt", "<html>"}},
	}
	for _, test := range tests {
		m, err := ReadDir(folder(sample(test.changes...)))
		if m != nil || !hasFile(problems(err), test.file, test.code) {
			t.Errorf("want %s: %s\n%v", test.file, test.code, err)
		}
	}
}

func hasFile(ps Problems, file string, code Code) bool {
	for _, p := range ps {
		if p.File == file && p.Code == code {
			return true
		}
	}
	return false
}

func TestReadDirReportsEachFileOnce(t *testing.T) {
	_, err := ReadDir(folder(sample("en.md", screen("<b>"), "fr.md", screen("> a"), "x.gif", "x", "pictures/b.png", "y")))
	want := "en.md:6: html: HTMLBlock\nfr.md:6: markdown: Blockquote\npictures/b.png: picture.broken\nx.gif: file.unknown"
	if err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestReadDirBounds(t *testing.T) {
	link := folder(sample())
	link["pictures/z.svg"] = &fstest.MapFile{Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}
	many, large := sample(), sample()
	for i := range DefaultLimits.Files {
		many[fmt.Sprintf("pictures/%d.svg", i)] = "x"
	}
	for i := range DefaultLimits.Total/DefaultLimits.File + 1 {
		large[fmt.Sprintf("audio/en/%d.mp3", i)] = strings.Repeat("x", int(DefaultLimits.File))
	}
	tests := map[Code]fs.FS{FileLink: link, TotalFiles: folder(many), TotalLarge: folder(large), FileBroken: brokenFS{folder(sample())}}
	for code, dir := range tests {
		if m, err := ReadDir(dir); m != nil || !problems(err).Has(code) {
			t.Errorf("want %s: %v", code, err)
		}
	}
}

// brokenFS lists its files but opens none.
type brokenFS struct{ fstest.MapFS }

func (b brokenFS) Open(name string) (fs.File, error) {
	if strings.Contains(name, ".") && name != "." {
		return nil, fs.ErrPermission
	}
	return b.MapFS.Open(name)
}

func TestWriteZipRoundTrip(t *testing.T) {
	m, err := ReadDir(folder(sample()))
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if err := m.WriteZip(&a); err != nil {
		t.Fatal(err)
	}
	again, err := ReadZip(bytes.NewReader(a.Bytes()), int64(a.Len()), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, again); diff != "" {
		t.Error(diff)
	}
	again.Languages, again.Files = maps.Clone(again.Languages), maps.Clone(again.Files)
	if err := again.WriteZip(&b); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("equal modules, other bytes", err)
	}
}

func TestWriteZipRefuses(t *testing.T) {
	m, err := ReadDir(folder(sample()))
	if err != nil {
		t.Fatal(err)
	}
	m.Files["../evil.svg"] = []byte(drawing)
	if err := m.WriteZip(&bytes.Buffer{}); !problems(err).Has(FileUnknown) {
		t.Error(err)
	}
}
