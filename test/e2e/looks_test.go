package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
)

// ways are how a page is looked at: each device and each theme once. The second look is for what colours,
// widths and directions decide; what a page is made of is the same in both languages.
var ways = map[string]way{
	"fr": {phone, "light", rules},
	"ar": {laptop, "dark", drawn},
}

type way struct {
	device device
	scheme string
	rules  string
}

// looks examines every page in French and Arabic, on a phone and a laptop, light and dark, and at 400 %.
func looks(t *testing.T, h *house) {
	for _, lang := range h.languages() {
		p := h.visit(t, laptop, lang)
		p.tour(t, lang+" ", h.places(t), func() { p.examineIn(ways[lang]) })
		for _, s := range scenes {
			t.Run(lang+" "+s.name, func(t *testing.T) {
				p.within(t, func() {
					p.enter(place{"", s.as})
					s.play(p, h.words(lang))
					p.examineIn(ways[lang])
				})
			})
		}
	}
}

// speaks looks at every page in the other languages by turns: long words must fit into a window at 400 %.
func speaks(t *testing.T, h *house) {
	tabs, langs := []*tab{}, []string{"en", "pt", "tr", "uk"}
	for _, lang := range langs {
		tabs = append(tabs, h.visit(t, laptop, lang))
	}
	share := make([][]place, len(langs))
	for i, q := range h.places(t) {
		share[i%len(langs)] = append(share[i%len(langs)], q)
	}
	for i, p := range tabs {
		p.tour(t, "", share[i], func() {
			if lang := ask[string](p, "document.documentElement.lang"); lang != langs[i] {
				p.t.Error("speaks " + lang)
			}
			p.fits()
		})
	}
}

// tour opens places one after the other, those of one reader together, since to sign in costs as much as to look.
func (p *tab) tour(t *testing.T, name string, all []place, look func()) {
	slices.SortStableFunc(all, func(a, b place) int { return strings.Compare(a.as, b.as) })
	for i, q := range all {
		t.Run(name+q.String(), func(t *testing.T) {
			p.within(t, func() {
				if i == 0 || all[i-1].as != q.as {
					p.enter(q)
				}
				p.open(q.path)
				look()
			})
		})
	}
}

// within goes on in the same window for another test, which answers for what happens there.
func (p *tab) within(t *testing.T, look func()) {
	before := p.t
	p.t = t
	defer func() {
		p.finish()
		p.t = before
	}()
	look()
}

// enter is signed in as who looks at a place, and holds a laptop in the light. The page before is left first:
// its script shall not ask for something as nobody. (An address of another site would cost a process.)
func (p *tab) enter(q place) {
	p.t.Helper()
	p.open("/healthz")
	tell(p, network.ClearBrowserCookies, cdp.Empty{})
	p.hold(laptop)
	p.prefer("light")
	if q.as != "" {
		p.signedIn(p.h.session(p.t, q.as).Value)
	}
}

// examineIn looks at the page that is open in a way, and at 400 %. The window is as high as the page, so that
// nothing lies under the dock, where colours cannot be measured.
func (p *tab) examineIn(w way) {
	p.t.Helper()
	p.hold(w.device)
	p.prefer(w.scheme)
	tall := w.device
	tall.height = max(tall.height, ask[int64](p, "document.scrollingElement.scrollHeight"))
	p.hold(tall)
	report(p.t, p.examine(w.rules))
	p.fits()
}

// fits looks at the page that is open at 400 %.
func (p *tab) fits() {
	p.t.Helper()
	p.hold(zoomed)
	for _, w := range ask[[]string](p, lost) {
		p.t.Error("at 400 %: " + w)
	}
}

// lost finds what a window of 320 pixels does not show: a page wider than it, words outside or cut off. What
// stands in a place that scrolls by itself is not lost.
const lost = `(() => {
	const out = [], wide = innerWidth, page = document.scrollingElement;
	if (page.scrollWidth > wide) out.push('the page is ' + page.scrollWidth + ' px wide');
	const scrolls = (e) => e && e !== document.body && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
	const aloud = (e) => e && e !== document.body && (getComputedStyle(e).clipPath !== 'none' || aloud(e.parentElement)); // for ears alone
	for (const e of document.querySelectorAll('body *')) {
		if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || scrolls(e) || aloud(e)) continue;
		const r = e.getBoundingClientRect(), says = e.textContent.trim().slice(0, 40);
		if (r.left < -1 || r.right > wide + 1) out.push(Math.round(r.left) + '…' + Math.round(r.right) + ' is outside: ' + says);
		if (/hidden|clip/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1) out.push('is cut off: ' + says);
	}
	return out.slice(0, 5);
})()`
