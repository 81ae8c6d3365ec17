// Package webtest visits pages without a browser: a device keeps its cookies, a form is sent as it stands
// on its page, and a page is looked at by its structure. It is for tests alone.
package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Host is the site's name in every test.
const Host = "http://tremplin.test"

// Device is where somebody reads: it keeps cookies, and sends the same headers each time.
type Device struct {
	T       testing.TB
	Site    http.Handler
	Cookies map[string]*http.Cookie
	Header  http.Header
}

// New is a device that has never been here.
func New(t testing.TB, site http.Handler) *Device {
	return &Device{T: t, Site: site, Cookies: map[string]*http.Cookie{}, Header: http.Header{}}
}

// Get asks for a page.
func (d *Device) Get(path string) *Page {
	d.T.Helper()
	return d.Send(http.MethodGet, path, "", nil)
}

// Post sends fields, given as name, value, name, value.
func (d *Device) Post(path string, fields ...string) *Page {
	d.T.Helper()
	return d.Send(http.MethodPost, path, values(fields).Encode(), nil)
}

func values(fields []string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		v.Add(fields[i], fields[i+1])
	}
	return v
}

// Send sends any request; header adds to the device's own.
func (d *Device) Send(method, path, body string, header http.Header) *Page {
	d.T.Helper()
	r := httptest.NewRequestWithContext(d.T.Context(), method, Host+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, h := range []http.Header{d.Header, header} {
		for name := range h {
			r.Header.Set(name, h.Get(name))
		}
	}
	for _, c := range d.Cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	d.Site.ServeHTTP(w, r)
	return d.take(path, w)
}

func (d *Device) take(path string, w *httptest.ResponseRecorder) *Page {
	d.T.Helper()
	res := w.Result()
	defer res.Body.Close() //nolint:errcheck // a recorder
	for _, c := range res.Cookies() {
		if d.Cookies[c.Name] = c; c.MaxAge < 0 {
			delete(d.Cookies, c.Name)
		}
	}
	root, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		d.T.Fatal(err)
	}
	return &Page{d: d, Path: path, Status: w.Code, Header: res.Header, Body: w.Body.Bytes(), root: root}
}

// Remembers tells whether the device keeps a cookie of this name.
func (d *Device) Remembers(cookie string) bool { return d.Cookies[cookie] != nil }

// Page is an answer.
type Page struct {
	Path   string
	Status int
	Header http.Header
	Body   []byte

	d    *Device
	root *html.Node
}

// Is holds that an answer has a status.
func (p *Page) Is(status int) *Page {
	p.d.T.Helper()
	if p.Status != status {
		p.d.T.Fatalf("%s: %d, want %d %s\n%s", p.Path, p.Status, status, p.Header.Get("Location"), p.Text("main"))
	}
	return p
}

// Goes holds that an answer leads on to a path, and goes there.
func (p *Page) Goes(to string) *Page {
	p.d.T.Helper()
	if got := p.Is(http.StatusSeeOther).Header.Get("Location"); got != to {
		p.d.T.Fatalf("%s leads to %q, want %q", p.Path, got, to)
	}
	return p.d.Get(to)
}

// All finds elements by tag and attributes, given as name, value; a value "*" is any.
func (p *Page) All(tag string, attributes ...string) []*html.Node {
	return find(p.root, tag, attributes)
}

// Has tells whether there is such an element.
func (p *Page) Has(tag string, attributes ...string) bool { return len(p.All(tag, attributes...)) > 0 }

// Text is what the first such element says, with single spaces; empty where there is none.
func (p *Page) Text(tag string, attributes ...string) string {
	if found := p.All(tag, attributes...); len(found) > 0 {
		return said(found[0])
	}
	return ""
}

// Value is what the field of a name holds, on the page itself: of boxes and buttons, the chosen one's.
func (p *Page) Value(name string) string {
	for _, main := range p.All("main") {
		return fieldsOf(main).Get(name)
	}
	return ""
}

// Submit sends the form of an action as it stands, with fields filled in.
func (p *Page) Submit(action string, fields ...string) *Page {
	p.d.T.Helper()
	forms := p.All("form", "action", action)
	if len(forms) == 0 {
		p.d.T.Fatalf("%s has no form to %s\n%s", p.Path, action, p.Text("main"))
	}
	sent := fieldsOf(forms[0])
	for name, v := range values(fields) {
		if len(find(forms[0], "", []string{"name", name})) == 0 {
			p.d.T.Fatalf("%s: the form to %s has no field %q", p.Path, action, name)
		}
		sent[name] = v
	}
	if Attr(forms[0], "method") != "post" {
		return p.d.Get(action + "?" + sent.Encode())
	}
	return p.d.Send(http.MethodPost, action, sent.Encode(), nil)
}

// Attr reads an attribute; empty where there is none.
func Attr(n *html.Node, name string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}
