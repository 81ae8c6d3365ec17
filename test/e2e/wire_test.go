package e2e_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// wire is a network of its own between one device and the house, which a test can cut. It is cut at the
// server, since a browser's own "offline" does not reach its service workers.
type wire struct {
	url   string
	state atomic.Int32
	newer atomic.Bool // the house has a new version of the application

	mu   sync.Mutex
	lots *rand.Rand
}

// States of a wire.
const (
	whole int32 = iota
	cut         // nothing arrives
	deaf        // what is asked arrives and is done; the answer is lost
	shaky       // each request meets one of these by chance
	tired       // pages come, nothing is taken
)

func (h *house) wire(t *testing.T) *wire {
	t.Helper()
	site, w := h.handler, &wire{lots: rand.New(rand.NewPCG(7, 11))}
	srv := httptest.NewServer(http.HandlerFunc(func(a http.ResponseWriter, r *http.Request) {
		switch w.meets() {
		case cut:
			hangUp(a)
		case deaf:
			site.ServeHTTP(httptest.NewRecorder(), r)
			hangUp(a)
		case tired:
			if r.Method == http.MethodPost {
				http.Error(a, "", http.StatusServiceUnavailable)
				return
			}
			w.release(a, r, site)
		default:
			w.release(a, r, site)
		}
	}))
	t.Cleanup(srv.Close)
	w.url = srv.URL
	return w
}

// release answers as the house does, or as its next version does.
func (w *wire) release(a http.ResponseWriter, r *http.Request, site http.Handler) {
	if !w.newer.Load() || r.URL.Path != "/sw.js" {
		site.ServeHTTP(a, r)
		return
	}
	r.Header.Del("Accept-Encoding")
	old := httptest.NewRecorder()
	site.ServeHTTP(old, r)
	a.Header().Set("Content-Type", old.Header().Get("Content-Type"))
	_, _ = a.Write(append(old.Body.Bytes(), "\n// 2\n"...)) // the browser may have gone
}

// meets says what befalls the next request. A shaky wire draws lots, the same ones in every run.
func (w *wire) meets() int32 {
	state := w.state.Load()
	if state != shaky {
		return state
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return []int32{whole, whole, cut, deaf}[w.lots.IntN(4)]
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
