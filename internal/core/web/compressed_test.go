package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tremplin/internal/core/web"
)

// A browser that could take zstd gets gzip, which is smaller here; who takes neither gets the page as it is.
func TestCompressed(t *testing.T) {
	h := web.Compressed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, strings.Repeat("a page ", 1000))
	}))
	for offered, want := range map[string]string{"gzip, deflate, br, zstd": "gzip", "zstd": "", "": ""} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", offered)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("%q is answered with %q", offered, got)
		}
	}
}
