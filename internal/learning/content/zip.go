package content

import (
	"archive/zip"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// encrypted are the flags of the two ways to encrypt a file, and of a masked directory.
const encrypted = 1<<0 | 1<<6 | 1<<13

var (
	driveForm = regexp.MustCompile(`^[A-Za-z]:`)
	// packed is the time of every file in a package: the earliest that ZIP can say.
	packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
)

// ReadZip reads a module from an archive of size bytes, with or without its folder. Nothing in the archive is trusted:
// names, types and sizes are checked, and bytes are counted as they are unpacked. The error is Problems.
func ReadZip(r io.ReaderAt, size int64, limits Limits) (*Module, error) {
	files, err := Unpack(r, size, limits)
	if err != nil {
		return nil, err
	}
	return assemble(unwrap(files))
}

// Unpack gives the files of an archive by their names, with the same care and whatever they are: for other formats
// that are archives too. The error is Problems.
func Unpack(r io.ReaderAt, size int64, limits Limits) (map[string][]byte, error) {
	if size > limits.Total {
		return nil, codeError(TotalLarge)
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, codeError(ZipBroken)
	}
	l := newLoader(limits)
	if most := size * limits.Ratio; most < l.room {
		l.room, l.full = most, ZipBomb
	}
	seen := map[string]bool{}
	for _, f := range archive.File {
		if !l.more() {
			break
		}
		l.unpack(f, seen)
	}
	return l.files, l.problems.Err()
}

func (l *loader) unpack(f *zip.File, seen map[string]bool) {
	name := strings.TrimSuffix(f.Name, "/")
	key := strings.ToLower(name)
	code := entryCode(f)
	if code == "" && seen[key] {
		code = ZipDuplicate
	}
	seen[key] = true
	switch {
	case code != "":
		l.problems.add(f.Name, 0, code, "")
	case name == f.Name && !isClutter(name):
		l.load(name, f.Open)
	}
}

// entryCode is empty, or says why an entry is refused without looking into it.
func entryCode(f *zip.File) Code {
	if code := nameCode(f.Name); code != "" {
		return code
	}
	switch kind := f.Mode().Type(); {
	case f.Flags&encrypted != 0:
		return ZipEncrypted
	case kind != 0 && kind != fs.ModeDir:
		return FileLink
	case strings.EqualFold(path.Ext(f.Name), ".zip"):
		return ZipNested
	}
	return ""
}

func nameCode(name string) Code {
	switch {
	case strings.Contains(name, `\`):
		return ZipBackslash
	case strings.HasPrefix(name, "/") || driveForm.MatchString(name):
		return ZipAbsolute
	case slices.Contains(strings.Split(name, "/"), ".."):
		return ZipTraversal
	case !fs.ValidPath(strings.TrimSuffix(name, "/")) || runesCode(name) != "":
		return ZipName
	}
	return ""
}

// WriteZip writes the module as an archive, in a folder of its slug. Equal modules give equal bytes, so that a package
// can be named by its hash: fixed times, sorted names, and no compression, which could change from one Go to the next.
// The error is Problems if the module is one that ReadZip would refuse, or the writer's.
func (m *Module) WriteZip(w io.Writer) error {
	files, err := m.files()
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := archive.CreateHeader(&zip.FileHeader{Name: m.Slug + "/" + name, Modified: packed})
		if err != nil {
			return err
		}
		if _, err := f.Write(files[name]); err != nil {
			return err
		}
	}
	return archive.Close()
}

// files gives every file of the module by its path.
func (m *Module) files() (map[string][]byte, error) {
	if err := m.Check().Err(); err != nil {
		return nil, err
	}
	meta, err := m.format()
	files := map[string][]byte{metaFile: meta}
	for lang, text := range m.Languages {
		files[lang+".md"] = text.Format()
	}
	maps.Copy(files, m.Files)
	return files, err
}
