package content

import (
	"io"
	"io/fs"
	"path"
	"strings"
)

// Limits bound what is read from a folder or archive, in real bytes, whatever its directory claims.
type Limits struct {
	Files int   // how many, with folders
	File  int64 // bytes of one
	Total int64 // bytes of all; also of the archive
	Ratio int64 // how many times its own size an archive may unpack to
}

// DefaultLimits fit a module of 60 screens with pictures, read aloud in ten languages.
var DefaultLimits = Limits{Files: 1000, File: 24 << 20, Total: 96 << 20, Ratio: 100}

// loader gathers files within limits.
type loader struct {
	Limits
	room     int64 // bytes left
	full     Code  // what to say when there is no room
	count    int
	files    map[string][]byte
	problems Problems
}

func newLoader(l Limits) *loader {
	return &loader{Limits: l, room: l.Total, full: TotalLarge, files: map[string][]byte{}}
}

// more tells whether another file may be looked at.
func (l *loader) more() bool {
	l.count++
	if l.count > l.Files {
		l.problems.add("", 0, TotalFiles, "")
		return false
	}
	return l.room >= 0
}

// load reads one file, and never more than one byte over a limit.
func (l *loader) load(name string, open func() (io.ReadCloser, error)) {
	data, err := readAtMost(open, min(l.File, l.room)+1)
	l.room -= int64(len(data))
	switch {
	case l.room < 0:
		l.problems.add("", 0, l.full, name)
	case int64(len(data)) > l.File:
		l.problems.add(name, 0, FileLarge, "")
	case err != nil:
		l.problems.add(name, 0, FileBroken, err.Error())
	}
	l.files[name] = data
}

func readAtMost(open func() (io.ReadCloser, error), most int64) ([]byte, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // it was only read
	return io.ReadAll(io.LimitReader(r, most))
}

// ReadDir reads a module from a folder, within DefaultLimits. The error is Problems, all of them.
func ReadDir(dir fs.FS) (*Module, error) {
	l := newLoader(DefaultLimits)
	_ = fs.WalkDir(dir, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			l.problems.add(name, 0, FileBroken, err.Error())
		case !l.more():
			return fs.SkipAll
		case isClutter(name):
		case entry.Type().IsRegular():
			l.load(name, func() (io.ReadCloser, error) { return dir.Open(name) })
		case !entry.IsDir():
			l.problems.add(name, 0, FileLink, "")
		}
		return nil
	})
	if err := l.problems.Err(); err != nil {
		return nil, err
	}
	return assemble(l.files)
}

// isClutter tells whether a file is one that macOS or Windows leaves in folders and archives: never read, never kept.
func isClutter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}

// unwrap takes away the folder that a module was packed in: the names in an archive may begin with it or not.
func unwrap(files map[string][]byte) map[string][]byte {
	bare, wrap := map[string][]byte{}, ""
	for name, data := range files {
		folder, rest, inside := strings.Cut(name, "/")
		if !inside || wrap != "" && wrap != folder {
			return files
		}
		wrap, bare[rest] = folder, data
	}
	return bare
}
