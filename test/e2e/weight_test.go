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
