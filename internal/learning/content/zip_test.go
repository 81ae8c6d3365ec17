package content

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pack builds an archive of the files, each under the prefix, and then what more adds to it.
func pack(files map[string]string, prefix string, more ...func(*zip.Writer)) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entry(prefix+name, files[name])(w)
	}
	for _, add := range more {
		add(w)
	}
	_ = w.Close()
	return b.Bytes()
}

func entry(name, data string) func(*zip.Writer) {
	return headed(&zip.FileHeader{Name: name, Method: zip.Deflate}, data)
}

func headed(h *zip.FileHeader, data string) func(*zip.Writer) {
	return func(w *zip.Writer) {
		f, _ := w.CreateHeader(h)
		_, _ = f.Write([]byte(data))
	}
}

// lying writes an entry whose directory says what it likes about its sizes.
func lying(name, data string, claimed uint64) func(*zip.Writer) {
	return func(w *zip.Writer) {
		f, _ := w.CreateRaw(&zip.FileHeader{
			Name: name, CRC32: crc32.ChecksumIEEE([]byte(data)),
			CompressedSize64: uint64(len(data)), UncompressedSize64: claimed,
		})
		_, _ = f.Write([]byte(data))
	}
}

// unknownMethod adds a file that is compressed in a way nobody knows.
func unknownMethod(w *zip.Writer) {
	_, _ = w.CreateRaw(&zip.FileHeader{Name: "pictures/z.svg", Method: 99})
}

func linked() func(*zip.Writer) {
	h := &zip.FileHeader{Name: "pictures/z.svg"}
	h.SetMode(fs.ModeSymlink | 0o777)
	return headed(h, "/etc/passwd")
}

func readBytes(data []byte, l Limits) (*Module, error) {
	return ReadZip(bytes.NewReader(data), int64(len(data)), l)
}

func TestReadZip(t *testing.T) {
	want, err := ReadDir(folder(sample()))
	if err != nil {
		t.Fatal(err)
	}
	dirs := []func(*zip.Writer){entry("any/pictures/", ""), entry("any/audio/", ""), entry("__MACOSX/any/._en.md", "x"), entry("any/.DS_Store", "x")}
	for _, data := range [][]byte{pack(sample(), ""), pack(sample(), "any folder/"), pack(sample(), "any/", dirs...)} {
		got, err := readBytes(data, DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReadZipRefuses(t *testing.T) {
	tests := []struct {
		code Code
		data []byte
	}{
		{ZipBroken, nil},
		{ZipBroken, []byte("no archive")},
		{ZipBroken, pack(sample(), "")[:200]},
		{MetaMissing, pack(nil, "")},
		{MetaMissing, pack(sample(), "a/", entry("b/module.yaml", meta))},
		{MetaMissing, pack(sample(), "a/b/")},
		{ZipTraversal, pack(sample(), "", entry("../evil.svg", drawing))},
		{ZipTraversal, pack(sample(), "", entry("pictures/../../evil.svg", drawing))},
		{ZipTraversal, pack(sample(), "", entry("..", ""))},
		{ZipTraversal, pack(sample(), "", entry("../", ""))},
		{ZipAbsolute, pack(sample(), "", entry("/etc/passwd", "x"))},
		{ZipAbsolute, pack(sample(), "", entry("C:evil.svg", drawing))},
		{ZipBackslash, pack(sample(), "", entry(`..\evil.svg`, drawing))},
		{ZipName, pack(sample(), "", entry("pictures//z.svg", drawing))},
		{ZipName, pack(sample(), "", entry("./z.svg", drawing))},
		{ZipName, pack(sample(), "", entry("pictures/\xff.svg", drawing))},
		{ZipName, pack(sample(), "", entry("pictures/gvs.\u202esvg", drawing))},
		{ZipName, pack(sample(), "", entry("a\x00.svg", drawing))},
		{ZipName, pack(sample(), "", entry("", "x"))},
		{ZipDuplicate, pack(sample(), "", entry("en.md", example))},
		{ZipDuplicate, pack(sample(), "", entry("Pictures/A.svg", drawing))},
		{ZipEncrypted, pack(sample(), "", headed(&zip.FileHeader{Name: "pictures/z.svg", Flags: 1}, drawing))},
		{FileLink, pack(sample(), "", linked())},
		{ZipNested, pack(sample(), "", entry("more.ZIP", "x"))},
		{ZipNested, pack(sample(), "", entry("more", string(pack(sample(), ""))))},
		{FileUnknown, pack(sample(), "", entry("run.exe", "MZ"))},
		{FileUnknown, pack(sample(), "", entry("pictures/a.svg.html", "<html>"))},
		{FileBroken, pack(sample(), "", unknownMethod)},
		{FileBroken, pack(sample(), "", lying("pictures/z.svg", drawing, 1))},
		{FileBroken, pack(sample(), "", lying("pictures/z.svg", drawing, 1<<40))},
		{FileLarge, pack(sample(), "", entry("audio/en/four.mp3", strings.Repeat("x", 10_001)))},
		{ZipBomb, pack(sample("audio/en/one.mp3", "ID3"+strings.Repeat("x", 9_000)), "", bombs(60)...)},
		{SVGAttribute, pack(sample("pictures/a.svg", svg("<g onload='x'/>")), "")},
	}
	limits := Limits{Files: 100, File: 10_000, Total: 1 << 20, Ratio: 20}
	for i, test := range tests {
		t.Run(fmt.Sprint(i, " ", test.code), func(t *testing.T) {
			if m, err := readBytes(test.data, limits); m != nil || !problems(err).Has(test.code) {
				t.Errorf("%v", err)
			}
		})
	}
}

// bombs are n files of almost 10,000 equal bytes.
func bombs(n int) []func(*zip.Writer) {
	var list []func(*zip.Writer)
	for i := range n {
		list = append(list, entry(fmt.Sprintf("audio/en/b%d.mp3", i), strings.Repeat("x", 9_999)))
	}
	return list
}

func TestReadZipBounds(t *testing.T) {
	data := pack(sample(), "", bombs(50)...)
	tests := []struct {
		code   Code
		limits Limits
	}{
		{TotalLarge, Limits{Files: 100, File: 10_000, Total: int64(len(data)) - 1, Ratio: 1000}},
		{TotalLarge, Limits{Files: 100, File: 10_000, Total: 300_000, Ratio: 1000}},
		{TotalFiles, Limits{Files: 20, File: 10_000, Total: 1 << 20, Ratio: 1000}},
		{ZipBomb, Limits{Files: 100, File: 10_000, Total: 1 << 30, Ratio: 10}},
	}
	for _, test := range tests {
		_, err := readBytes(data, test.limits)
		if ps := problems(err); len(ps) != 1 || ps[0].Code != test.code {
			t.Errorf("want %s: %v", test.code, err)
		}
	}
}

// FuzzReadZip reads any bytes as an archive, and any file within a sound one.
func FuzzReadZip(f *testing.F) {
	small := map[string]string{metaFile: meta, "en.md": screen("text")}
	f.Add(pack(sample(), "a/"), "pictures/a.svg", []byte(drawing))
	f.Add(pack(small, ""), "fr.md", []byte(screen("texte")))
	f.Add(pack(nil, "", linked(), lying("en.md", example, 5)), `..\x`, []byte("PK\x03\x04"))
	f.Add([]byte{}, "audio/en/one.mp3", []byte("ID3"))
	f.Fuzz(func(t *testing.T, data []byte, name string, body []byte) {
		readWhole(t, data)
		readWhole(t, pack(small, "", entry(name, string(body))))
	})
}

// readWhole checks that an archive is refused with reasons, or can be written and read again.
func readWhole(t *testing.T, data []byte) {
	m, err := readBytes(data, Limits{Files: 30, File: 100_000, Total: 300_000, Ratio: 50})
	if err != nil {
		if len(problems(err)) == 0 || m != nil {
			t.Fatalf("no problems: %v", err)
		}
		return
	}
	var out bytes.Buffer
	if err := m.WriteZip(&out); err != nil {
		t.Fatal(err)
	}
	again, err := readBytes(out.Bytes(), DefaultLimits)
	if diff := cmp.Diff(m, again); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
}
