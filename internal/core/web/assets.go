package web

import (
	"cmp"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"tremplin/internal/core/blob"
)

// Assets serves the house's own files. Their addresses change with their content, so a device asks
// for each once.
type Assets struct {
	files map[string][]byte // by address
	names map[string]string // file name to address
}

// LoadAssets reads every file of a folder.
func LoadAssets(dir fs.FS) (*Assets, error) {
	a := &Assets{files: map[string][]byte{}, names: map[string]string{}}
	return a, fs.WalkDir(dir, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(p, ".go") {
			return err
		}
		b, err := fs.ReadFile(dir, p)
		if err != nil {
			return err
		}
		ext := path.Ext(p)
		at := "/assets/" + strings.TrimSuffix(p, ext) + "." + string(blob.Sum(b)[:10]) + ext
		a.files[at], a.names[p] = b, at
		a.files["/"+p] = b
		return nil
	})
}

// Address is where a file is served.
func (a *Assets) Address(name string) string { return a.names[name] }

// Addresses is where some files are served.
func (a *Assets) Addresses(names ...string) (out []string) {
	for _, n := range names {
		out = append(out, a.Address(n))
	}
	return out
}

func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, ok := a.files[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", cmp.Or(mime.TypeByExtension(path.Ext(r.URL.Path)), "application/manifest+json"))
	w.Header().Set("Cache-Control", "no-cache")
	if strings.HasPrefix(r.URL.Path, "/assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, _ = w.Write(b) // the reader may have gone
}
