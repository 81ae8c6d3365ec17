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
			for name, d := range map[string]device{"360x740": phone, "1280x800": laptop} {
				p.hold(d)
				for _, scheme := range []string{"light", "dark"} {
					p.prefer(scheme)
					p.shoot(filepath.Join(dir, lang, scheme, name, q.file()+".png"))
				}
			}
		}
	}
}

// shoot takes the whole page, however long.
func (p *tab) shoot(at string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.fail("picture: %v", err)
	}
	must(p.t, keep(at, png))
}
