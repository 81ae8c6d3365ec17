// Package stage serves packages made elsewhere from an origin of its own. What they hold is a program of somebody
// else's: here it finds no session, no cookie and no page of Tremplin's, and may ask nobody but this origin.
package stage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// Handler is the whole origin. player are the files that play; frames is the origin whose pages may show it; empty: any.
func Handler(s *learning.Service, player fs.FS, frames string) http.Handler {
	h := &handler{s, player}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /play/{package}", h.play)
	mux.HandleFunc("GET /keep/{package}", h.keep)
	mux.HandleFunc("GET /list/{package}", h.list)
	mux.HandleFunc("GET /files/{package}/{path...}", h.file)
	mux.HandleFunc("GET /", h.own)
	return web.Compressed(guard(mux, cmp.Or(frames, "*")))
}

// guard keeps a package to this origin. Its scripts need what packages are written with (inline code, eval); they may
// neither leave nor make themselves the service worker of what others bring.
func guard(next http.Handler, frames string) http.Handler {
	policy := "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
		"form-action 'none'; base-uri 'self'; object-src 'none'; worker-src 'self'; frame-ancestors 'self' " + frames
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Service-Worker") != "" && r.URL.Path != "/sw.js" {
			http.Error(w, "", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

type handler struct {
	learning *learning.Service
	player   fs.FS
}

// pages are the two that this origin has: one plays, one keeps for where there is no network.
var pages = template.Must(template.New("play").Parse(`<!DOCTYPE html><html{{with .Language}} lang="{{.}}"{{end}}><head><meta charset="utf-8">` +
	`<meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}</title><link rel="stylesheet" href="/stage.css">` +
	`<script src="/storage.js" defer></script><script src="/player/main.bundle.js" defer></script><script src="/stage.js" defer></script></head>` +
	`<body><div id="stage" data-files="/files/{{.Name}}"></div></body></html>`))

var keeper = template.Must(template.New("keep").Parse(`<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>` +
	`<script src="/keep.js" defer></script></head><body data-list="/list/{{.}}"></body></html>`))

func (h *handler) play(w http.ResponseWriter, r *http.Request) {
	p, ok := h.open(w, r)
	if !ok {
		return
	}
	write(w, "text/html; charset=utf-8", func() error {
		return pages.Execute(w, struct{ Title, Language, Name string }{p.Title, language(p), r.PathValue("package")})
	})
}

// language is that of the package, where it says one.
func language(p *content.Package) string {
	if len(p.Language) < 2 || p.Language == "und" {
		return ""
	}
	return p.Language
}

func (h *handler) keep(w http.ResponseWriter, r *http.Request) {
	if _, ok := h.open(w, r); ok {
		write(w, "text/html; charset=utf-8", func() error { return keeper.Execute(w, r.PathValue("package")) })
	}
}

// apart is the file that neither playing a package nor taking it away asks for.
const apart = "sw.js"

// list names every address that playing a package, and taking it away again, may ask for.
func (h *handler) list(w http.ResponseWriter, r *http.Request) {
	p, ok := h.open(w, r)
	if !ok {
		return
	}
	name := r.PathValue("package")
	all := []string{"/play/" + name, "/keep/" + name}
	_ = fs.WalkDir(h.player, ".", func(file string, e fs.DirEntry, _ error) error {
		if !e.IsDir() && path.Ext(file) != "" && path.Ext(file) != ".go" && file != apart {
			all = append(all, "/"+file)
		}
		return nil
	})
	for _, file := range p.Needed() {
		all = append(all, "/files/"+name+"/"+file)
	}
	write(w, "application/json", func() error { return json.NewEncoder(w).Encode(all) })
}

func (h *handler) file(w http.ResponseWriter, r *http.Request) {
	p, ok := h.open(w, r)
	if !ok {
		return
	}
	data, kind, ok := p.File(r.PathValue("path"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	serve(w, r, kind, data)
}

func (h *handler) open(w http.ResponseWriter, r *http.Request) (*content.Package, bool) {
	p, err := h.learning.Played(blob.Hash(r.PathValue("package")))
	switch ps := (content.Problems{}); {
	case fault.Is(err, fault.Missing), fault.Is(err, fault.NotFound), errors.As(err, &ps):
		http.NotFound(w, r)
	case err != nil:
		http.Error(w, "", http.StatusInternalServerError)
	}
	return p, err == nil
}

// own serves the player.
func (h *handler) own(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	b, err := fs.ReadFile(h.player, name)
	if err != nil || strings.HasSuffix(name, ".go") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	serve(w, r, mime.TypeByExtension(path.Ext(name)), b)
}

func write(w http.ResponseWriter, kind string, body func() error) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-cache")
	_ = body() // the reader may have gone
}

// serve answers with bytes, or with the piece of them that was asked for: phones ask for a film piece by piece.
func serve(w http.ResponseWriter, r *http.Request, kind string, b []byte) {
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}
