package e2e_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// packages is an author who brings exercises made elsewhere, and learners who play them: with network and
// without, on a phone. One exercise is an enemy: it tries all that it can, and reaches nothing.
func packages(t *testing.T, h *house) {
	slug := bringsPackages(t, h)
	line := h.wire(t)
	w, p := h.words("fr"), h.visit(t, phone, "fr").along(line)
	p.base = named(line.url)
	p.signedIn(h.session(t, "oksana").Value)
	p.open("/learn/" + slug + "/1")
	p.until("stand still", func() error { // the button moves when the package tells how tall it is
		tall, err := look[bool](p, "!!document.querySelector('iframe[data-stage]').style.blockSize")
		if err == nil && !tall {
			err = errors.New("the package is not there")
		}
		return err
	})
	ask[bool](p, "new Promise((ok) => { document.querySelector('iframe[data-stage]').style.minBlockSize = '3000px'; requestAnimationFrame(() => requestAnimationFrame(() => ok(true))); })")
	p.press("button", w.T("learning.thought"))
	p.sees(w.T("learning.package.unsaid"))
	if !ask[bool](p, "(() => { const r = document.querySelector('[data-undone]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()") {
		p.fail("what is said stands below a tall package")
	}
	ask[bool](p, "!(document.querySelector('iframe[data-stage]').style.minBlockSize = '')")
	if given := ask[string](p, "document.querySelector('form [name=a]').value"); given != "0/0" {
		p.fail("who presses once more says %q", given) // it counts as done: some packages give no points
	}
	p.plays("3/5")
	p.screens(2)
	p.follow("button", w.T("learning.thought"))
	p.sees(w.T("learning.right"))
	try := h.tried(t, "oksana", slug, "jouer")
	if try.Points != 3 || try.Most != 5 || !try.Done {
		t.Errorf("%+v", try)
	}
	p.refused = true
	p.open("/learn/" + slug + "/2")
	p.plays("0/7") // of seven ways out, none led anywhere
	enemies(t, p)
	p.refused = false

	p.takes(w, slug)
	line.state.Store(cut)
	h.stage.Store(cut)
	defer h.stage.Store(whole)
	before := h.entries(t)
	p.open("/learn/" + slug + "/1")
	p.plays("3/5")
	p.screens(1)
	p.press("button", w.T("learning.thought"))
	p.sees(w.T("learning.right"))
	must(t, h.grown(t, before))
	line.state.Store(whole)
	p.open("/phone")
	p.waits(0)
	must(t, h.grown(t, before+1))
	p.takesAway(slug, w)
	run, _, err := learning.Runs.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and module=$3", h.person(t, "oksana"), learning.ModuleID(h.programme().ID(), slug))
	must(t, err)
	if run.Points != 3 || run.Most != 5 { // the most of each exercise, however often
		t.Errorf("%+v", run)
	}
}

// takesAway takes a module away from the phone, while the origin of its packages cannot be reached: they go with it.
func (p *tab) takesAway(slug string, w *i18n.Words) {
	p.t.Helper()
	stage := ask[string](p, fmt.Sprintf("caches.match('/learn/%s/take?in=fr').then((r) => r.json()).then((t) => t.stages[0])", slug))
	play := strings.Replace(stage, "/keep/", "/play/", 1)
	p.cut = true
	must(p.t, p.reaches(play))
	p.open("/phone")
	p.press("button", w.T("learning.phone.remove")+" · "+p.lesson(slug, "fr").text.Title)
	p.press("button", w.T("learning.phone.remove"))
	p.until("be gone", func() error {
		n, err := look[int](p, "caches.open('taken').then((c) => c.keys()).then((all) => all.filter((k) => k.url.includes('take?in=')).length)")
		if err == nil && n > 0 {
			err = errors.New("it is still there")
		}
		return err
	})
	p.until("take the package away", func() error {
		if p.reaches(play) == nil {
			return errors.New("it still plays")
		}
		return nil
	})
}

// reaches goes to an address of whatever host.
func (p *tab) reaches(address string) error {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, chromedp.Navigate(address))
}

// enemies holds that an enemy has left nothing behind, and is told nothing.
func enemies(t *testing.T, p *tab) {
	t.Helper()
	if at := ask[string](p, "location.pathname + document.title + document.body.dataset.owned"); strings.Contains(at, "owned") {
		t.Errorf("the page was changed: %s", at)
	}
	if n := ask[int](p, "navigator.serviceWorker.getRegistrations().then((all) => all.filter((r) => !r.active?.scriptURL.endsWith('/sw.js')).length)"); n > 0 {
		t.Errorf("%d foreign service workers", n)
	}
}

// bringsPackages is an author who makes a module of two packages in the browser; a colleague publishes it.
func bringsPackages(t *testing.T, h *house) string {
	t.Helper()
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("claire")
	p.open("/modules/new")
	p.fill(w.T("author.field.title"), "Venus d’ailleurs")
	p.follow("button", w.T("author.new.begin"))
	const slug = "venus-d-ailleurs"
	p.open("/modules/" + slug + "/head")
	p.fill(w.T("author.field.summary"), "Deux exercices faits ailleurs.")
	p.follow("button", w.T("author.save"))
	for _, s := range []struct{ title, script string }{{"Jouer", quiz}, {"Ennemi", enemy}} {
		p.open("/modules/" + slug + "/edit")
		p.fill(w.T("author.add.title"), s.title)
		p.follow("button", w.T("author.add"))
		p.pick(w.T("author.field.kind"), w.T("author.kind.package"))
		p.follow("button", w.T("author.field.kind.set"))
		p.fill(w.T("author.field.question"), "Faites l’exercice.")
		p.handTo("#package", kept(t, "broken.h5p", []byte("PK no")))
		p.follow("button", w.T("author.save"))
		p.sees(w.T("content.package.broken"))
		p.handTo("#package", kept(t, "exercise.h5p", h5p(t, s.title, s.script)))
		p.follow("button", w.T("author.save"))
		p.sees(w.T("author.field.package.have"))
		p.sees(w.T("author.field.package.outside", "Sites", "films.example"))
	}
	films(t, h, p, slug)
	p.open("/modules/" + slug + "/edit")
	p.follow("button", w.T("author.submit"))
	q := h.visit(t, laptop, "fr").as("nadia")
	q.open("/modules/" + slug + "/edit")
	q.follow("button", w.T("author.publish"))
	q.sees(w.T("author.published"))
	return slug
}

func kept(t *testing.T, name string, b []byte) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(at, b, 0o600))
	return at
}

// named is an address of this machine under a name, of which another is a part: what is kept by a frame of
// the one is then not a stranger's to browsers.
func named(url string) string { return strings.Replace(url, "127.0.0.1", "tremplin.localhost", 1) }

// plays does what a package asks: a touch anywhere in it. Then it has given these points.
func (p *tab) plays(points string) {
	p.t.Helper()
	p.until("play", func() error {
		at, err := look[[]float64](p, "(() => { const f = document.querySelector('iframe[data-stage]'); f.scrollIntoView({block: 'center'}); const r = f.getBoundingClientRect(); return [r.x + r.width / 2, r.y + 60, r.height]; })()")
		if err != nil {
			return err
		}
		if err := p.strike(at[0], at[1]); err != nil {
			return err
		}
		got, err := look[string](p, "document.querySelector('form [name=a]').value")
		if err == nil && got != points {
			err = fmt.Errorf("the points are %q", got)
		}
		return err
	})
}

// handTo gives a file to one of several places.
func (p *tab) handTo(place, file string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.SetUploadFiles(chromedp.CSS(place), []string{file})); err != nil {
		p.fail("%s: %v", place, err)
	}
}

func (h *house) tried(t *testing.T, who, slug, screen string) learning.TryRow {
	t.Helper()
	row, _, err := learning.Tries.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and module=$3 and screen=$4",
		h.person(t, who), learning.ModuleID(h.programme().ID(), slug), screen)
	must(t, err)
	return row
}

// h5p is a package in the form of h5p.org, whose library is ours.
func h5p(t *testing.T, title, script string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"h5p.json": fmt.Sprintf(`{"title":%q,"language":"fr","mainLibrary":"H5P.House","embedTypes":["iframe"],"license":"U",`+
			`"preloadedDependencies":[{"machineName":"H5P.House","majorVersion":"1","minorVersion":"0"}]}`, title),
		"content/content.json":           `{"film":{"path":"https://films.example/1"}}`,
		"H5P.House-1.0/library.json":     `{"title":"House","machineName":"H5P.House","majorVersion":1,"minorVersion":0,"patchVersion":1,"runnable":1,"preloadedJs":[{"path":"house.js"}]}`,
		"H5P.House-1.0/house.js":         strings.Replace(shell, "ACT", script, 1),
		"H5P.House-1.0/language/fr.json": "{}",
		"H5P.House-1.0/worker.js":        "self.addEventListener('fetch', (e) => e.respondWith(new Response('owned')));",
		"content/evil.svg":               "<svg xmlns='http://www.w3.org/2000/svg' onload='parent.document.title=\"owned\"'/>",
	} {
		f, err := z.Create(name)
		must(t, err)
		_, err = f.Write([]byte(text))
		must(t, err)
	}
	must(t, z.Close())
	if _, err := content.ReadPackage(b.Bytes()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shell is a type of content as H5P wants it: a large button, and what a touch does.
const shell = `H5P.House = function (params, id) {
	H5P.EventDispatcher.call(this);
	this.attach = ($to) => {
		const b = document.createElement('button');
		b.textContent = 'Toucher';
		b.style.cssText = 'display:block;width:100%;height:160px';
		b.onclick = () => { ACT };
		$to.get(0).append(b);
		this.trigger('resize');
	};
};
H5P.House.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.House.prototype.constructor = H5P.House;`

const quiz = `this.triggerXAPIScored(3, 5, 'completed', true, true);`

// enemy counts the ways out that led somewhere: the page around, its words and storage, another page in its
// place, the site's own pages, and a worker over everything here.
const enemy = `(async () => {
	const main = [...location.ancestorOrigins].pop();
	const ways = [
		() => top.document.title = 'owned',
		() => parent.document.body.dataset.owned = 'owned',
		() => top.localStorage.length,
		() => { if (document.cookie.includes('s=')) return; throw 0; },
		() => { top.location = 'about:blank'; throw 0; },
		() => fetch(main + '/me', { credentials: 'include' }).then((r) => r.text()),
		() => navigator.serviceWorker.register(document.querySelector('script[src*=house]').src.replace('house.js', 'worker.js')),
	];
	let out = 0;
	for (const way of ways) { try { await way(); out++; } catch {} }
	this.triggerXAPIScored(out, ways.length, 'completed', true, true);
	top.postMessage({ tremplin: { points: ['<b>', 9] } }, '*');
	top.postMessage({ tremplin: { points: [9, 1] } }, '*');
})();`

// strike touches a place of the window, whatever lies there.
func (p *tab) strike(x, y float64) error {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, chromedp.MouseClickXY(x, y))
}
