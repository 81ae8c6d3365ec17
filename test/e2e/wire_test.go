package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// wire is a network of its own between one device and the house, which a test can cut. It is cut at the
// server, since a browser's own "offline" does not reach its service workers.
type wire struct {
	url   string
	state atomic.Int32
}

// States of a wire.
const (
	whole int32 = iota
	cut         // nothing arrives
	deaf        // what is asked arrives and is done; the answer is lost
)

func (h *house) wire(t *testing.T) *wire {
	t.Helper()
	site, w := h.counting(h.site.Handler()), &wire{}
	srv := httptest.NewServer(http.HandlerFunc(func(a http.ResponseWriter, r *http.Request) {
		switch w.state.Load() {
		case cut:
			hangUp(a)
		case deaf:
			site.ServeHTTP(httptest.NewRecorder(), r)
			hangUp(a)
		default:
			site.ServeHTTP(a, r)
		}
	}))
	t.Cleanup(srv.Close)
	w.url = srv.URL
	return w
}

func hangUp(a http.ResponseWriter) {
	if c, _, err := http.NewResponseController(a).Hijack(); err == nil {
		_ = c.Close()
	}
}

// along is a device that reaches the house by a wire.
func (p *tab) along(w *wire) *tab {
	p.base, p.cut = w.url, true
	return p
}
