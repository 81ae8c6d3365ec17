package words

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Folder is one locale folder: the words of one slice.
type Folder struct {
	Dir   string
	Texts map[string]Messages // by language
	Sums  map[string]Sums     // by language, the source has none
}

// Sums say which source each translation was made from: hash by key.
type Sums map[string]string

// Read finds every locale folder that has an English file.
func Read(files fs.FS) ([]Folder, error) {
	var out []Folder
	err := walk(files, func(name string) error {
		if path.Base(name) != Source+".toml" || path.Base(path.Dir(name)) != "locale" {
			return nil
		}
		f, err := readFolder(files, path.Dir(name))
		out = append(out, f)
		return err
	})
	return out, err
}

// walk visits the project's own files: nothing hidden, made or fetched.
func walk(files fs.FS, visit func(name string) error) error {
	skip := []string{"bin", "shots", "testdata", "node_modules", "vendor", "tremplin-data"}
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := len(d.Name()) > 1 && d.Name()[0] == '.'
		if d.IsDir() && (hidden || slices.Contains(skip, d.Name())) {
			return fs.SkipDir
		}
		if d.IsDir() {
			return nil
		}
		return visit(name)
	})
}

func readFolder(files fs.FS, dir string) (Folder, error) {
	f := Folder{Dir: dir, Texts: map[string]Messages{}, Sums: map[string]Sums{}}
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return f, err
	}
	for _, e := range entries {
		lang, kind, _ := strings.Cut(e.Name(), ".")
		switch kind {
		case "toml":
			f.Texts[lang], err = parse(files, path.Join(dir, e.Name()))
		case "sum":
			f.Sums[lang], err = parseSums(files, path.Join(dir, e.Name()))
		default:
			err = fmt.Errorf("%s: neither .toml nor .sum", path.Join(dir, e.Name()))
		}
		if err != nil {
			return f, err
		}
	}
	return f, nil
}

func parseSums(files fs.FS, name string) (Sums, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	out := Sums{}
	for line := range strings.Lines(string(text)) {
		key, sum, ok := strings.Cut(strings.TrimSpace(line), " ")
		if _, twice := out[key]; !ok || len(sum) != 8 || twice {
			return nil, fmt.Errorf("%s: %q is not a key and a hash, once", name, strings.TrimSpace(line))
		}
		out[key] = sum
	}
	return out, nil
}

// String is the .sum file.
func (s Sums) String() string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&b, "%s %s\n", k, s[k])
	}
	return b.String()
}
