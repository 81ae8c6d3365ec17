package web_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	pages "tremplin/internal/learning/web"
	"tremplin/internal/people"
)

const meta = `slug: work
source: en
needs: [work]
sector: catering
level: A2
minutes: 12
countries: [FR, BE]
audience: learner
licence: CC-BY-4.0
`

// text has a screen of each kind of activity.
const text = `---
title: Finding work
summary: Where to look.
---

# Where to look {#where}
![A woman reads](pictures/a.svg)

There are **three** places.

::: FR
In France.
:::

::: BE
In Belgium.
:::

::: other
Elsewhere.
:::

# One {#one}
` + "``` choice\nWhich one?\n- [x] Ask > Right, one asks.\n- [ ] Wait > Nobody comes.\n> Well done.\n```" + `

# Several {#several}
` + "``` choices\nWhich ones?\n- [x] Read\n- [x] Write\n- [ ] Sleep > Not now.\n```" + `

# Order {#order}
` + "``` order\nIn which order?\n1. First\n2. Second\n3. Third\n```" + `

# Match {#match}
` + "``` match\nWhat goes together?\n- Bread = Baker\n- Meat = Butcher\n```" + `

# Fill {#fill}
` + "``` fill\nFill in.\nI {look|search} for a {job}.\n```" + `

# Short {#short}
` + "``` short\nWhich number?\n= 112 | one one two\n```" + `

# Think {#think}
` + "``` reflection\nWhat do you like?\n> Thank you.\n```" + `
`

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>`

// screens of that module.
const screens = 8

// house serves the library with one module; the session's cookie says who reads.
type house struct {
	*learning.Service
	t   *testing.T
	c   *journaltest.Clock
	p   *programme.Programme
	who map[string]access.Actor
}

func each(t *testing.T, f func(h *house)) {
	p, err := programme.Read(os.DirFS("../../../programmes/migrantech"))
	if err != nil {
		t.Fatal(err)
	}
	journaltest.Each(t, []*journal.View{people.View, learning.View}, []id.ID{p.ID()}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		h := &house{Service: &learning.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}}, t: t, c: c, p: p, who: map[string]access.Actor{}}
		h.publish(nil)
		f(h)
	})
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// publish puts the module on the shelf, with some words changed.
func (h *house) publish(change *strings.Replacer) {
	h.t.Helper()
	if change == nil {
		change = strings.NewReplacer()
	}
	m, err := content.ReadDir(fstest.MapFS{
		"module.yaml": {Data: []byte(change.Replace(meta))}, "en.md": {Data: []byte(change.Replace(text))}, "pictures/a.svg": {Data: []byte(drawing)},
		"audio/en/where.mp3": {Data: []byte("ID3\x04 a recording")}, "video/hello.mp4": {Data: []byte("\x00\x00\x00\x20ftypmp42 a film")}, "video/both.mp4": {Data: append([]byte("\x00\x00\x00\x20ftypmp42"), make([]byte, 14_000_000)...)},
		"video/both.small.mp4": {Data: append([]byte("\x00\x00\x00\x20ftypmp42 small"), make([]byte, 2_000_000)...)}, "video/both.en.vtt": {Data: []byte("WEBVTT\n")},
		"video/hello.en.vtt": {Data: []byte("WEBVTT\n")},
	})
	h.must(err)
	h.must(h.Publish(h.t.Context(), journaltest.Act(h.p.ID(), id.ID{}), learning.Publication{Module: m}))
}

// device is a phone that has never been here, whose browser speaks English.
func (h *house) device() *webtest.Device {
	h.t.Helper()
	words, err := i18n.Load(ui.Locale, pages.Locale)
	h.must(err)
	assets, err := web.LoadAssets(fstest.MapFS{"tremplin.css": {Data: []byte("a")}, "tremplin.js": {Data: []byte("b")}})
	h.must(err)
	d := webtest.New(h.t, (&web.Site{
		Words: words, Routes: (&pages.Pages{Learning: h.Service}).Routes(), Assets: assets, Now: h.J.Now,
		Programmes: func() []*programme.Programme { return []*programme.Programme{h.p} },
		Identify:   func(_ context.Context, token string, _ time.Time) (access.Actor, error) { return h.who[token], nil },
		Slots: map[string][]web.Slot{"me": {func(_ *web.Ctx, owner id.ID) (templ.Component, error) {
			return templ.Raw(`<p class="slot">` + owner.String() + `</p>`), nil
		}}},
	}).Handler())
	d.Header.Set("Accept-Language", "en")
	return d
}

// learner is a device on which somebody is signed in.
func (h *house) learner(name string) *webtest.Device {
	h.t.Helper()
	who := id.Named("person", name)
	h.must(h.People.Enter(h.t.Context(), journaltest.Act(h.p.ID(), who), people.Newcomer{ID: who, Said: people.Described{First: name}, Role: access.Learner}))
	h.who[name] = access.Actor{Programme: h.p.ID(), Person: who, Name: name, Grants: []access.Grant{{Role: access.Learner, Of: h.p.ID()}}}
	d := h.device()
	d.Cookies[web.SessionCookie] = cookie(web.SessionCookie, name)
	return d
}

// run is how far the learner of a device is.
func (h *house) run(d *webtest.Device) learning.RunRow {
	h.t.Helper()
	var l learning.Learner
	if k := d.Cookies["visit"]; k != nil {
		v, err := id.Parse(k.Value)
		h.must(err)
		l.ID = v
	}
	if k := d.Cookies[web.SessionCookie]; k != nil {
		l = learning.Of(h.who[k.Value], l.ID)
	}
	r, err := h.Run(h.t.Context(), h.p.ID(), l, learning.ModuleID(h.p.ID(), "work"))
	h.must(err)
	return r
}
