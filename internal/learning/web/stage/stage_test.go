package stage_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tremplin/internal/core/blob"
	"tremplin/internal/learning"
	"tremplin/internal/learning/web/stage"
)

// packed is a package with what plays it, and with what an enemy would add.
func packed(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"h5p.json":             `{"title":"</title><script>x</script>","language":"\"onload=x","mainLibrary":"H5P.A","preloadedDependencies":[{"machineName":"H5P.A","majorVersion":1,"minorVersion":0}]}`,
		"content/content.json": "{}", "content/a.svg": "<svg onload='x'/>", "content/page.html": "<script>x</script>", "content/film.mp4": "0123456789",
		"H5P.A-1.0/library.json": "{}", "H5P.A-1.0/worker.js": "x", "H5P.A-1.0/semantics.json": "{}",
	} {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestStage(t *testing.T) {
	store := blob.In(t.TempDir())
	name, err := store.Put(packed(t))
	if err != nil {
		t.Fatal(err)
	}
	other, err := store.Put([]byte("no package: a person's paper"))
	if err != nil {
		t.Fatal(err)
	}
	player := fstest.MapFS{"sw.js": {Data: []byte("1")}, "stage.js": {Data: []byte("2")}, "keep.js": {Data: []byte("3")}, "embed.go": {Data: []byte("4")}}
	h := stage.Handler(&learning.Service{Blobs: store}, player, "https://tremplin.test")
	ask := func(path string, head ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if len(head) > 0 {
			r.Header.Set(head[0], head[1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	at := "/" + string(name)
	for path, want := range map[string]int{
		"/play" + at: 200, "/keep" + at: 200, "/list" + at: 200, "/files" + at + "/content/a.svg": 200, "/sw.js": 200, "/stage.js": 200,
		"/play/" + string(other): 404, "/files/" + string(other) + "/h5p.json": 404, "/play/x": 404, "/play/" + strings.Repeat("a", 64): 404,
		"/files" + at + "/content/page.html": 404, "/files" + at + "/content/none.js": 404, "/embed.go": 404, "/": 404, "/keys.db": 404,
	} {
		w := ask(path)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'self'") || !strings.Contains(policy, "form-action 'none'") || !strings.HasSuffix(policy, "frame-ancestors 'self' https://tremplin.test") {
			t.Errorf("%s: %s", path, policy)
		}
		if len(w.Result().Cookies()) > 0 {
			t.Errorf("%s leaves a cookie", path)
		}
	}
	if body := ask("/play" + at).Body.String(); strings.Contains(body, "<script>x") || strings.Contains(body, `"onload`) {
		t.Error(body)
	}
	if w := ask("/files"+at+"/H5P.A-1.0/worker.js", "Service-Worker", "script"); w.Code != http.StatusForbidden {
		t.Error("a package made itself a service worker", w.Code)
	}
	if w := ask("/sw.js", "Service-Worker", "script"); w.Code != http.StatusOK {
		t.Error("our own worker is refused", w.Code)
	}
	if w := ask("/files"+at+"/content/film.mp4", "Range", "bytes=2-4"); w.Code != http.StatusPartialContent || w.Body.String() != "234" {
		t.Error(w.Code, w.Body)
	}
	var list []string
	if err := json.Unmarshal(ask("/list"+at).Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(list, "/sw.js") || slices.Contains(list, "/files"+at+"/H5P.A-1.0/semantics.json") || !slices.Contains(list, "/stage.js") || !slices.Contains(list, "/files"+at+"/content/a.svg") {
		t.Error(list)
	}
	for _, path := range list {
		if ask(path).Code != http.StatusOK {
			t.Error(path, "is listed and not served")
		}
	}
}
