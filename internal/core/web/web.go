// Package web is the edge: routes as data, one place that turns errors into pages, and the protections
// that every page has. It knows no slice; handlers get a Ctx and return an error.
package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
)

// Handler answers one request; an error becomes a page.
type Handler func(c *Ctx) error

// Route is one address. Section and Verb are held against the access table before Do runs; an empty
// Section is open to all.
type Route struct {
	Pattern string // "GET /group/{person}"
	Verb    access.Verb
	Section access.Section
	Do      Handler
	Max     int64 // bytes of the body; zero: 64 KiB
	Early   bool  // answers before the first account exists too; all others lead to /setup then
	Free    bool  // opens though something waits to be read first: see Site.First
	Late    bool  // may be sent later, by a device that had no network: see outbox.go
}

// NavItem is a place in the main navigation, shown to those who may read its section.
type NavItem struct {
	Path, Key string
	Section   access.Section
}

// Site is what every request needs.
type Site struct {
	URL string // the address that people type, where a proxy stands before us: https://tremplin.example.org
	// Stage is the origin that plays packages made elsewhere: https://content.example.org. ":8081" is that port of this
	// machine, under the name that the reader does not use. Empty: there is none.
	Stage      string
	Words      *i18n.Catalogue
	Programmes func() []*programme.Programme  // that run here; the first is the one that visitors see
	Unready    func(ctx context.Context) bool // nobody can sign in yet: the first visit sets up
	Seen       func(time.Time)                // is told of every page that is asked for; nil: nobody is
	Identify   func(ctx context.Context, token string, now time.Time) (access.Actor, error)
	First      func(c *Ctx) (to string, err error) // what somebody signed in must read before any other page; empty: nothing
	Nav        []NavItem
	Routes     []Route
	Now        func() time.Time
	Assets     *Assets
	Slots      map[string][]Slot
	// Programs are what other programs ask, by the beginning of their addresses: each finds out for itself who asks, and
	// no cookie counts there, so that another site's page may ask too.
	Programs map[string]http.Handler

	pages *http.ServeMux // set by Handler
}

// Slot is a card that one slice shows on another's page; app fills it.
type Slot func(c *Ctx, owner id.ID) (templ.Component, error)

// Ctx is one request with who asks, in which language and programme.
type Ctx struct {
	context.Context
	W         http.ResponseWriter
	R         *http.Request
	Site      *Site
	Programme *programme.Programme
	Actor     access.Actor
	Words     *i18n.Words
	Country   string // where the reader lives, if they said so: "FR"
}

// T says a message in the reader's language.
func (c *Ctx) T(key string, args ...any) string { return c.Words.T(key, args...) }

// Lang is the reader's language code.
func (c *Ctx) Lang() string { return c.Words.Code }

// Now is the site's clock, UTC.
func (c *Ctx) Now() time.Time { return c.Site.Now().UTC() }

// PID is the programme's id.
func (c *Ctx) PID() id.ID { return c.Programme.ID() }

// ID reads an id from the path; anything else is "not found".
func (c *Ctx) ID(name string) (id.ID, error) {
	v, err := id.Parse(c.R.PathValue(name))
	if err != nil {
		return v, fault.New(fault.NotFound, "")
	}
	return v, nil
}

// File reads a file of the posted form and its name; nil where none was chosen. The route's Max bounds it.
func (c *Ctx) File(field string) (data []byte, name string, err error) {
	f, h, err := c.R.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	data, err = io.ReadAll(f)
	return data, h.Filename, err
}

// Form reads a field of the posted form, trimmed of outer space and bounded.
func (c *Ctx) Form(name string) string { return clean(c.R.PostFormValue(name)) }

// Query reads a value from the address.
func (c *Ctx) Query(name string) string { return clean(c.R.URL.Query().Get(name)) }

// Act is what the posted form asks for, by whoever asks: its id is the one that the form carries; a form
// without one gets a new one. What a device sends late happened when the device says.
func (c *Ctx) Act() journal.Act {
	v, err := id.Parse(c.R.PostFormValue("cid"))
	if err != nil {
		v = id.New()
	}
	return journal.Act{Programme: c.PID(), ID: v, Author: c.Actor.Person, At: lateAt(c)}
}

// Frame begins a page with a title.
func (c *Ctx) Frame(title string) ui.Frame {
	f := ui.Frame{
		Title: title, Programme: c.Programme.Name.In(c.Lang()), Path: c.R.URL.RequestURI(), Who: c.Actor.Name,
		Languages: i18n.Languages, Style: c.Site.Assets.Address("tremplin.css"), Script: c.Site.Assets.Address("tremplin.js"),
		Emblem: c.Programme.Emblem, Funder: c.Programme.Funder.In(c.Lang()), Said: c.said(),
		Later: c.Site.Assets.Addresses("seal.js", "store.js", "judge.js", "phone.js"), Tag: tag(c.Actor), Keeps: !c.Actor.Shared,
	}
	if c.R.Method != http.MethodGet {
		f.Path = c.before()
	}
	f.Nav = c.nav()
	return f
}

// before is the page whose form was sent: to it leads what is chosen on the page that answers, a language for one.
func (c *Ctx) before() string {
	if from, ours := strings.CutPrefix(c.R.Referer(), c.Origin()); ours && c.Site.opens(from) {
		return from
	}
	if c.Site.opens(c.R.URL.Path) {
		return c.R.URL.Path
	}
	return "/"
}

// nav is what the reader may open. Of two names for one page, the first that they may see stands there.
func (c *Ctx) nav() (out []ui.Link) {
	for _, n := range c.Site.Nav {
		shown := slices.ContainsFunc(out, func(l ui.Link) bool { return l.Href == n.Path })
		if !shown && c.Actor.SignedIn() && c.Actor.May(access.Read, n.Section) {
			out = append(out, ui.Link{Href: n.Path, Text: c.T(n.Key), Here: here(c.R.URL.Path, n.Path)})
		}
	}
	return out
}

func here(path, item string) bool {
	return path == item || len(path) > len(item) && path[:len(item)] == item && path[len(item)] == '/'
}

// Page renders a page inside its frame.
func (c *Ctx) Page(f ui.Frame, body templ.Component) error { return c.page(http.StatusOK, f, body) }

// Again renders a form that was not accepted: what was typed stays, with what is wrong.
func (c *Ctx) Again(f ui.Frame, body templ.Component) error {
	return c.page(http.StatusUnprocessableEntity, f, body)
}

func (c *Ctx) page(status int, f ui.Frame, body templ.Component) error {
	b, err := c.Draw(f, body)
	if err != nil {
		return err
	}
	h := c.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Language", c.Lang())
	c.W.WriteHeader(status)
	_, _ = c.W.Write(b) // the reader may have gone
	return nil
}

// Draw is a whole page as HTML, for who takes it along.
func (c *Ctx) Draw(f ui.Frame, body templ.Component) ([]byte, error) {
	ctx := ui.Saying(i18n.With(c.Context, c.Words), f.Said)
	var b bytes.Buffer
	err := ui.Page(f).Render(templ.WithChildren(ctx, body), &b)
	return b.Bytes(), err
}

// Part renders a piece of a page, for what htmx or a script fetches.
func (c *Ctx) Part(body templ.Component) error {
	var b bytes.Buffer
	if err := body.Render(i18n.With(c.Context, c.Words), &b); err != nil {
		return err
	}
	return c.Bytes("text/html; charset=utf-8", "", b.Bytes())
}

// Bytes answers with a file; name is empty for what is shown in place.
func (c *Ctx) Bytes(mime, name string, b []byte) error {
	h := c.W.Header()
	h.Set("Content-Type", mime)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	if name != "" {
		h.Set("Content-Disposition", disposition(name))
	}
	_, _ = c.W.Write(b) // the reader may have gone
	return nil
}

// JSON answers a script.
func (c *Ctx) JSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return c.Bytes("application/json", "", b)
}

// Go answers a post: the reader goes on to another page of this site.
func (c *Ctx) Go(to string) error {
	http.Redirect(c.W, c.R, local(to), http.StatusSeeOther)
	return nil
}

// GoSaying is Go with a word about what was done, shown once.
func (c *Ctx) GoSaying(to, key string) error {
	c.setCookie("said", key, 60)
	return c.Go(to)
}

// Origin is this site's address as the reader reaches it, for links that are printed.
func (c *Ctx) Origin() string { return c.Site.Origin(c.R) }

// Origin is this site's address as whoever asks reaches it.
func (s *Site) Origin(r *http.Request) string {
	switch {
	case s.URL != "":
		return s.URL
	case s.secure(r):
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Reached tells whether others than this machine can open Origin: what is printed must lead somewhere.
func (c *Ctx) Reached() bool {
	u, err := url.Parse(c.Origin())
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() != "localhost" && (err != nil || !at.IsLoopback())
}

// FormsTo lets a form of this page lead on to addresses beyond this site: the policy otherwise stops a
// redirect that leaves it.
func (c *Ctx) FormsTo(sources ...string) {
	const self = "form-action 'self'"
	h := c.W.Header()
	h.Set(policy, strings.Replace(h.Get(policy), self, self+" "+strings.Join(sources, " "), 1))
}

// Camera lets this page alone ask for the device's camera.
func (c *Ctx) Camera() {
	c.W.Header().Set(permissions, strings.Replace(noPermission, "camera=()", "camera=(self)", 1))
}

// permissions is the header that says what of the device a page may ask for.
const (
	permissions  = "Permissions-Policy"
	noPermission = "camera=(), microphone=(), geolocation=()"
)

// policy is the header that says what a page may load and where its forms may go.
const policy = "Content-Security-Policy"

// Slots draws the cards that other slices have for a place on a page, about owner.
func (c *Ctx) Slots(place string, owner id.ID) (out []templ.Component, err error) {
	for _, s := range c.Site.Slots[place] {
		card, err := s(c, owner)
		if err != nil {
			return nil, err
		}
		if card != nil {
			out = append(out, card)
		}
	}
	return out, nil
}
