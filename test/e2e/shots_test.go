package e2e_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"tremplin/internal/core/dbtest"
)

// TestShots takes pictures of every page, for people to look at: `make shots`.
func TestShots(t *testing.T) {
	dir := os.Getenv("TREMPLIN_SHOTS")
	if dir == "" {
		t.Skip("make shots takes the pictures")
	}
	h := open(start(t), t, dbtest.SQLite)
	for _, lang := range []string{"fr", "ar"} {
		p := h.visit(t, laptop, lang)
		for _, q := range h.places(t) {
			p.enter(q)
			p.open(q.path)
			p.portray(filepath.Join(dir, lang), q.file())
		}
		for _, s := range scenes {
			p.enter(place{"", s.as})
			s.play(p, h.words(lang))
			p.portray(filepath.Join(dir, lang), place{s.name, "scene"}.file())
		}
	}
}

// portray takes the page that is open on both devices, light and dark.
func (p *tab) portray(dir, file string) {
	p.t.Helper()
	for name, d := range map[string]device{"360x740": phone, "1280x800": laptop} {
		p.hold(d)
		for _, scheme := range []string{"light", "dark"} {
			p.prefer(scheme)
			p.shoot(d, filepath.Join(dir, scheme, name, file+".png"))
		}
	}
}

// shoot takes the whole page, however long, in a window as long as it: what lies beyond a window comes out
// shifted where a page is written from right to left.
func (p *tab) shoot(d device, at string) {
	p.t.Helper()
	p.hold(d)
	d.height = max(d.height, ask[int64](p, "document.documentElement.scrollHeight"))
	p.hold(d)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.fail("picture: %v", err)
	}
	must(p.t, keep(at, png))
}
