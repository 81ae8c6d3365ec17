package e2e_test

import (
	"testing"

	"github.com/chromedp/cdproto/network"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
)

// newcomer is the first five minutes of somebody on a borrowed phone, in their language.
func newcomer(t *testing.T, h *house) {
	for _, c := range []struct {
		lang, dir, name  string
		device           device
		need, slug       string
		pin, pinElsewise string
	}{
		{"uk", "ltr", "Соломія", laptop, "work", "looking-for-work", "482915", "482915"},
		{"ar", "rtl", "ريم", phone, "computer", "first-steps-computer", "٧٣٩١٥٢", "739152"},
	} {
		t.Run(c.lang, func(t *testing.T) {
			w := h.words(c.lang)
			p := h.visit(t, c.device, c.lang)
			p.open("/")
			if got := ask[string](p, "document.documentElement.lang + ' ' + document.documentElement.dir"); got != c.lang+" "+c.dir {
				p.fail("the page is in %s", got)
			}
			learnThree(p, w, c.need, c.slug)
			keepIt(p, w, c.name, c.pin)
			p.lands("/me")
			p.sees(w.T("learning.hello", "Name", c.name))
			p.sees(p.lesson(c.slug, c.lang).text.Title)
			who := p.cookie("me")
			notMyPhone(p, w)
			byCard(p, w, who, c.name, c.pinElsewise)
			p.follow("link", w.T("learning.go-on"))
			p.sees(p.lesson(c.slug, c.lang).screen(4).Title)
		})
	}
}

// learnThree chooses a need, a module and a country, and does three screens; one answer is wrong at first.
func learnThree(p *tab, w *i18n.Words, need, slug string) {
	p.t.Helper()
	l := p.lesson(slug, w.Code)
	p.sees(p.h.programme().Promise[w.Code])
	p.follow("link", needText(p.h, need, w.Code))
	p.follow("link", l.text.Title)
	if p.has("heading", w.T("learning.where")) {
		p.follow("button", w.T("country.FR"))
	} else {
		p.follow("link", w.T("learning.start"))
	}
	if p.has("button", w.T("ui.listen")) {
		p.fail("this device has no voice, so there is nothing to listen to")
	}
	erred := false
	for n := 1; n <= 3; n++ {
		if a := l.screen(n).Activity; !erred && a != nil && boxes[a.Kind] == "radio" {
			wrong := mistake(a)
			p.press("radio", wrong.Text)
			p.follow("button", w.T("learning.check"))
			p.sees(wrong.Reason)
			p.sees(w.T("learning.not-yet"))
			l.answer(a)
			p.follow("button", w.T("learning.try-again"))
			p.sees(w.T("learning.right"))
			p.follow("link", w.T("learning.next"))
			erred = true
			continue
		}
		l.pass(n)
	}
	if !erred {
		p.fail("no question was asked in three screens")
	}
	p.sees(l.screen(4).Title)
}

// keepIt says yes to "keep your progress", with a name and a code.
func keepIt(p *tab, w *i18n.Words, name, pin string) {
	p.t.Helper()
	p.sees(w.T("learning.keep.title"))
	p.follow("link", w.T("learning.keep.yes"))
	p.sees(w.T("ui.who-sees"))
	p.sees(w.T("identity.keep.promise"))
	p.fill(w.T("identity.first"), name)
	p.fill(w.T("identity.pin.new"), pin)
	p.fill(w.T("identity.pin.repeat"), pin)
	p.press("radio", w.T("identity.device.mine"))
	p.follow("button", w.T("identity.keep.go"))
}

// notMyPhone leaves the device, and nothing of the person stays on it.
func notMyPhone(p *tab, w *i18n.Words) {
	p.t.Helper()
	p.follow("button", w.T("identity.not-mine"))
	p.lands("/")
	for _, c := range p.cookies() {
		p.fail("the cookie %s stays on the phone: %s", c.Name, c.Value)
	}
	const kept = `(async () => localStorage.length + sessionStorage.length + (await caches.keys()).length +
		(await indexedDB.databases()).length + (await navigator.serviceWorker.getRegistrations()).length)()`
	if n := ask[int](p, kept); n != 0 {
		p.fail("%d things stay in the browser's stores", n)
	}
	ask[any](p, "setTimeout(() => history.back())") // the answer is here before the page is gone
	p.until("leave", func() error { return p.stands("/sign-in") })
}

// byCard signs in with the link of a card's code, on a shared device.
func byCard(p *tab, w *i18n.Words, who id.ID, name, pin string) {
	p.t.Helper()
	said, err := p.h.app.Identity.Card(p.ctx, p.h.programme().ID(), who)
	must(p.t, err)
	p.open("/card/" + said)
	p.sees(w.T("identity.hello", "Name", name))
	p.fill(w.T("identity.pin"), "111222")
	p.follow("button", w.T("identity.enter"))
	p.sees(w.T("identity.pin.wrong"))
	p.fill(w.T("identity.pin"), pin)
	p.follow("button", w.T("identity.enter"))
	p.lands("/me")
	for _, c := range p.cookies() {
		if !c.Session && c.Name != "lang" {
			p.fail("the cookie %s would stay on a shared phone", c.Name)
		}
	}
}

func (p *tab) cookies() []*network.Cookie {
	p.t.Helper()
	return tell(p, network.GetCookies, network.GetCookiesParams{URLs: []string{p.base + "/"}}).Cookies
}

// cookie reads an id that the device keeps.
func (p *tab) cookie(name string) (out id.ID) {
	p.t.Helper()
	for _, c := range p.cookies() {
		if c.Name == name {
			v, err := id.Parse(c.Value)
			must(p.t, err)
			return v
		}
	}
	p.fail("no cookie %s", name)
	return out
}
