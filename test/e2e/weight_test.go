package e2e_test

import (
	"testing"

	"github.com/chromedp/cdproto/network"
)

// Weights of a learner's pages over the wire, compressed, with all that they need.
const (
	kB         = 1000
	firstMost  = 60 * kB
	nextMost   = 15 * kB
	scriptMost = 30 * kB
)

// weights are what a learner pays for: the library and a lesson, each as the first page of a device, then
// the page after it.
func weights(t *testing.T, h *house) {
	for _, c := range []struct{ name, first, next string }{
		{"library", "/", "/?need=work"},
		{"lesson", "/learn/looking-for-work/1", "/learn/looking-for-work/2"},
	} {
		for _, lang := range []string{"fr", "uk"} {
			t.Run(c.name+" "+lang, func(t *testing.T) {
				p := h.visit(t, phone, lang)
				all, script := p.weigh(c.first)
				next, _ := p.weigh(c.next)
				t.Logf("first %d bytes, script %d, next %d", all, script, next)
				if all > firstMost || script > scriptMost || next > nextMost {
					t.Errorf("first %d (≤ %d), script %d (≤ %d), next %d (≤ %d)", all, firstMost, script, scriptMost, next, nextMost)
				}
			})
		}
	}
}

// weigh opens a page and sums what came over the wire.
func (p *tab) weigh(path string) (all, script int) {
	p.t.Helper()
	p.mu.Lock()
	clear(p.sent)
	p.mu.Unlock()
	p.open(path)
	p.until("all of it", func() error { return p.stands(p.at()) })
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.sent {
		all += int(s.bytes)
		if s.kind == network.ResourceTypeScript {
			script += int(s.bytes)
		}
	}
	return all, script
}

// alongMost is what a module in one language may weigh to take along, pictures included.
const alongMost = 150 * kB

// alongs holds every module in every language to what it may weigh to take along.
func alongs(t *testing.T, h *house) {
	p := h.visit(t, phone, "fr")
	p.open("/phone")
	for _, slug := range []string{"speaking-at-work", "knowing-society", "looking-for-work", "looking-after-myself", "first-steps-computer"} {
		found := ask[[]struct {
			Lang  string
			Bytes int
		}](p, "fetch('/learn/"+slug+"/take').then((r) => r.json())")
		if len(found) < 5 {
			t.Errorf("%s can be taken in %d languages", slug, len(found))
		}
		for _, w := range found {
			t.Logf("%s %s: %d bytes", slug, w.Lang, w.Bytes)
			if w.Bytes > alongMost {
				t.Errorf("%s in %s weighs %d bytes to take along, more than %d", slug, w.Lang, w.Bytes, alongMost)
			}
		}
	}
}
