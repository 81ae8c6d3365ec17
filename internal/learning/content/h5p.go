package content

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// PackageLimits bound an H5P package: its libraries are many small files.
var PackageLimits = Limits{Files: 5000, File: 32 << 20, Total: 96 << 20, Ratio: 100}

// Package is an H5P package (h5p.org, "The .h5p specification"): a ZIP file with h5p.json, the content, and the
// libraries that play it. It is a program of somebody else's: it is only ever served from an origin of its own.
type Package struct {
	Title    string
	Language string   // as the package says; often empty or "und"
	Main     string   // the library that plays it: "H5P.DragText"
	Bytes    int64    // unpacked
	Size     int64    // as it travels
	Outside  []string // the sites from which it would fetch something; it gets nothing there
	files    map[string]*zip.File
}

// Weight is how many bytes it holds.
func (p *Package) Weight() int64 { return p.Size }

// packed are the fields of h5p.json that say what is needed to play.
type packedHead struct {
	Title                 string
	Language              string
	MainLibrary           string
	PreloadedDependencies []dependency
}

type dependency struct {
	MachineName  string
	MajorVersion json.Number
	MinorVersion json.Number
}

func (d dependency) folder() string {
	return fmt.Sprintf("%s-%s.%s", d.MachineName, d.MajorVersion, d.MinorVersion)
}

// played are the endings of what a package may hold, and under which type each is served; after the white list of
// H5P's own servers, without the documents that nothing plays.
var played = map[string]string{
	"json": "application/json", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "txt": "text/plain; charset=utf-8",
	"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "webp": "image/webp", "svg": "image/svg+xml",
	"eot": "application/vnd.ms-fontobject", "ttf": "font/ttf", "otf": "font/otf", "woff": "font/woff", "woff2": "font/woff2",
	"mp4": "video/mp4", "webm": "video/webm", "ogg": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "vtt": "text/vtt",
	"csv": "text/csv; charset=utf-8", "xml": "application/xml", "gltf": "model/gltf+json", "glb": "model/gltf-binary",
}

// ReadPackage opens an H5P package. Names, kinds and sizes are checked, and every byte is unpacked once and counted,
// so that what is served later is known to be as it says. What H5P does not play is left out. The error is Problems.
func ReadPackage(data []byte) (*Package, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, codeError(PackageBroken)
	}
	l := newLoader(PackageLimits)
	if most := int64(len(data)) * l.Ratio; most < l.room {
		l.room, l.full = most, ZipBomb
	}
	p := &Package{Size: int64(len(data)), files: map[string]*zip.File{}}
	seen := map[string]bool{}
	for _, f := range archive.File {
		if !l.more() {
			break
		}
		if l.unpack(f, seen); l.files[f.Name] != nil && played[ending(f.Name)] != "" {
			p.files[f.Name] = f
			p.Bytes += int64(len(l.files[f.Name]))
		}
		l.files[f.Name] = l.needed(f.Name)
	}
	if err := l.problems.Err(); err != nil {
		return nil, err
	}
	return p, p.head(l.files)
}

// needed keeps what says how a package is played; the rest was read only to be counted.
func (l *loader) needed(name string) []byte {
	if name == "h5p.json" || name == "content/content.json" || path.Base(name) == "library.json" {
		return l.files[name]
	}
	return nil
}

func ending(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }

func (p *Package) head(files map[string][]byte) error {
	var h packedHead
	if json.Unmarshal(files["h5p.json"], &h) != nil || h.MainLibrary == "" || !json.Valid(files["content/content.json"]) {
		return codeError(PackageBroken)
	}
	p.Title, p.Language, p.Main, p.Outside = h.Title, h.Language, h.MainLibrary, outside(files["content/content.json"])
	var ps Problems
	for _, d := range h.PreloadedDependencies {
		if lacks := p.lacks(d.folder(), files); lacks != "" {
			ps.add("", 0, PackageNeeds, lacks)
		}
	}
	if !slices.ContainsFunc(h.PreloadedDependencies, func(d dependency) bool { return d.MachineName == h.MainLibrary }) {
		ps.add("", 0, PackageNeeds, h.MainLibrary)
	}
	return ps.Err()
}

// lacks names what is missing of a library: its description, or a script without which it does not begin.
func (p *Package) lacks(folder string, files map[string][]byte) string {
	var l struct{ PreloadedJs []struct{ Path string } }
	if p.files[folder+"/library.json"] == nil || json.Unmarshal(files[folder+"/library.json"], &l) != nil {
		return folder
	}
	for _, js := range l.PreloadedJs {
		if name := path.Join(folder, js.Path); p.files[name] == nil {
			return name
		}
	}
	return ""
}

// Names lists the files of a package.
func (p *Package) Names() []string {
	out := make([]string, 0, len(p.files))
	for name := range p.files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// forEditor tells whether a file of a package is for its editor alone: nobody who plays it asks for that.
func forEditor(name string) bool {
	base := path.Base(name)
	return base == "semantics.json" || base == "presave.js" || base == "icon.svg" || strings.HasSuffix(path.Dir(name), "/language")
}

// Needed lists the files that playing a package may ask for.
func (p *Package) Needed() []string { return slices.DeleteFunc(p.Names(), forEditor) }

// File reads one file of a package, with the type under which it is served; ok is false where there is none.
func (p *Package) File(name string) (data []byte, mime string, ok bool) {
	f := p.files[name]
	if f == nil {
		return nil, "", false
	}
	data, err := readAtMost(func() (io.ReadCloser, error) { return f.Open() }, PackageLimits.File)
	return data, played[ending(name)], err == nil
}
