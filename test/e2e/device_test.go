package e2e_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning/content"
)

// endures is what a phone goes through: a full disk, somebody else who looks into it, a week without the site and a
// browser that forgets, a new version of the application, a session that ends. What was done arrives all the same, once.
func endures(t *testing.T, h *house) {
	w, line := h.words("ar"), h.wire(t)
	p, l := takesModule(t, h, line, "amina", "looking-after-myself", "ar")
	line.state.Store(cut)
	before, n := h.entries(t), l.first(content.Choice)

	p.open("/learn/" + l.slug + "/" + number(n))
	p.full(true)
	l.answer(l.screen(n).Activity)
	p.press("button", l.done(l.screen(n).Activity))
	p.sees(w.T("learning.take.full"))
	p.full(false)
	p.press("button", l.done(l.screen(n).Activity)) // nothing that was chosen is lost
	p.sees(w.T("learning.right"))
	file := p.sealed(w)

	ask[any](p, "Store.wipe()") // as some phones do after a week
	p.open("/phone")
	p.sees(w.T("learning.phone.all-sent"))
	p.gives(file)
	p.sees(w.T("learning.phone.import.wrong")) // without network nobody can say whose it is
	line.state.Store(whole)
	p.open("/phone")
	p.gives(file)
	p.until("send", func() error { return h.grown(t, before+1) })
	p.waits(0)
	p.open("/me") // where the phone sees again whose it is
	p.knows()
	line.state.Store(cut)
	p.open("/learn/" + l.slug + "/" + number(n+1))
	l.passOffline(n + 1)
	p.refused = true // the house takes nothing: the console says so
	line.state.Store(tired)
	line.newer.Store(true)
	p.open("/phone")
	ask[any](p, "navigator.serviceWorker.getRegistration().then((r) => r.update())")
	waiting := ask[int](p, "Store.all().then((i) => i.length)")
	p.open("/learn/" + l.slug) // the old one goes with its last page, the new one comes with the next
	p.waits(waiting)
	tell(p, network.DeleteCookies, network.DeleteCookiesParams{Name: "s", URL: p.base})
	line.state.Store(whole)
	p.open("/phone")
	p.sees(w.T("learning.phone.sign-in"))
	must(t, h.grown(t, before+1))
	p.signedIn(h.session(t, "amina").Value)
	p.open("/phone")
	p.waits(0)
	must(t, h.grown(t, before+1+waiting))
	p.gives(file) // a second time it changes nothing
	p.open("/phone")
	p.waits(0)
	must(t, h.grown(t, before+1+waiting))
}

// sealed holds what waits on the device to be closed to whoever looks into it, a day later to its own pages too; and
// keeps it in a file.
func (p *tab) sealed(w *i18n.Words) (file string) {
	p.t.Helper()
	if bare := ask[string](p, "Store.raw().then((all) => Object.keys(all[0]).sort().join())"); bare != "at,id,n,shut,who" {
		p.t.Errorf("in the clear: %s", bare)
	}
	ask[any](p, "Store.all().then(([i]) => Store.put({...i, at: i.at - 8 * 864e5}))")
	p.open("/phone")
	p.sees(w.T("learning.phone.old"))
	ask[any](p, "Store.get('open').then((o) => Store.set('open', {...o, until: Date.now() - 1}))")
	p.open("/phone")
	p.sees(w.T("learning.phone.locked"))
	return p.keeps(w.T("learning.phone.export"))
}

// first is the place of the first screen with an activity of a kind, from 1.
func (l lesson) first(kind content.Kind) int {
	for i, s := range l.text.Screens {
		if s.Activity != nil && s.Activity.Kind == kind {
			return i + 1
		}
	}
	l.p.t.Fatalf("%s has no %s", l.slug, kind)
	return 0
}

// full has the page's storage answer as it does on a full disk, or again as ever.
func (p *tab) full(yes bool) {
	p.t.Helper()
	if yes {
		ask[any](p, "void (window.room = IDBObjectStore.prototype.add, IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); })")
		return
	}
	ask[any](p, "void (IDBObjectStore.prototype.add = window.room)")
}

// keeps presses what gives a file, and says where it is.
func (p *tab) keeps(button string) string {
	p.t.Helper()
	dir := p.t.TempDir()
	tell(p, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID})
	p.press("button", button)
	var at string
	p.until("keep a file", func() error {
		found, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err == nil && len(found) != 1 {
			return fmt.Errorf("%d files", len(found))
		}
		at = found[0]
		if info, err := os.Stat(at); err != nil || info.Size() == 0 || time.Since(info.ModTime()) < 0 {
			return fmt.Errorf("it is empty: %w", err)
		}
		return err
	})
	return at
}

// waits holds that so many things wait on this device to be sent.
func (p *tab) waits(want int) {
	p.t.Helper()
	p.until("wait", func() error {
		n, err := look[int](p, "Store.all().then((i) => i.length)")
		if err == nil && n != want {
			err = fmt.Errorf("%d items wait, not %d", n, want)
		}
		return err
	})
}

// knows waits until this device knows who reads.
func (p *tab) knows() {
	p.t.Helper()
	p.until("know", func() error {
		yes, err := look[bool](p, "Store.get('who').then((who) => !!who)")
		if err == nil && !yes {
			err = errors.New("nobody is known")
		}
		return err
	})
}

// gives hands a file to the page that takes back what was kept.
func (p *tab) gives(file string) {
	p.t.Helper()
	p.until("be ready", func() error {
		yes, err := look[bool](p, "!!document.querySelector('[data-import]').onchange")
		if err == nil && !yes {
			err = errors.New("its script is not there yet")
		}
		return err
	})
	p.handTo("[data-import]", file)
}
