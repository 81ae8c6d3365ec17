package e2e_test

import (
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/impact"
	"tremplin/internal/learning/content"
	"tremplin/internal/tutoring"
)

// samples say what stands for each wildcard of a route: things that are there. {id} is many things: routes
// say which, by how an address begins.
type samples struct {
	wildcards map[string]string
	routes    map[string]string
}

var wildcard = regexp.MustCompile(`\{([^}]*)\}`)

// fill makes an address of a route's pattern.
func (s samples) fill(t *testing.T, pattern string) string {
	t.Helper()
	_, path, _ := strings.Cut(pattern, " ")
	return wildcard.ReplaceAllStringFunc(path, func(w string) string {
		name := strings.TrimSuffix(strings.Trim(w, "{}"), "...")
		v, ok := s.wildcards[name]
		if name == "id" {
			v, ok = s.routes[path[:strings.Index(path, "{")]]
		}
		if !ok && name != "$" {
			t.Errorf("%s: say in samples what stands for {%s}", pattern, name)
		}
		return v
	})
}

// over puts other things in the place of some.
func (s samples) over(o samples) samples {
	out := samples{maps.Clone(s.wildcards), maps.Clone(s.routes)}
	maps.Copy(out.wildcards, o.wildcards)
	maps.Copy(out.routes, o.routes)
	return out
}

// in tells whether an address names one of them.
func (s samples) in(address string) bool {
	for _, things := range []map[string]string{s.wildcards, s.routes} {
		for _, v := range things {
			if strings.Contains(address, v) {
				return true
			}
		}
	}
	return false
}

// samples of the demonstration.
func (h *house) samples(t *testing.T) samples {
	t.Helper()
	p := h.programme().ID()
	m, err := h.app.Learning.Module(t.Context(), p, "looking-for-work")
	must(t, err)
	card, err := h.app.Identity.Card(t.Context(), p, h.person(t, "fatou"))
	must(t, err)
	picture := m.Text("fr").Screens[0].Picture
	return samples{wildcards: map[string]string{
		"slug": m.Slug, "at": "1", "package": m.Package, "path": picture, "screen": m.Text("fr").Screens[0].ID, "lang": "tr",
		"hash": h.fileOf(t, m.Slug, picture), "person": h.led(t, "", always).ID.String(), "token": card, "name": "fatou", "key": id.New().String(),
		"session": meetingOf(p).String(), "paper": paperOf(p).String(), "code": h.code(t, p),
		"form": "welcome", "number": h.certificate(t), "line": "1", "organisation": h.programme().OrganisationID("amsed").String(),
		"statement": statementOf(p).String(), "client": connection(p).ID.String(), "refused": h.refusedOf(t, p).String(),
		"forward": h.goesOn(t, p).String(), "actor": h.actorOf(t, p).String(),
	}, routes: map[string]string{
		"/indicators/": "tutors-trained", "/reports/": impact.ReportID(filing(p)).String(), "/samples/": impact.SampleID(drawing(p)).String(),
	}}
}

// foreign are the same things of another programme; what is not listed is nobody's secret.
func (h *house) foreign(t *testing.T) []samples {
	p := h.app.Programmes[there].ID()
	return []samples{
		{wildcards: map[string]string{"slug": foreignSlug}},
		{wildcards: map[string]string{"session": meetingOf(p).String()}},
		{wildcards: map[string]string{"code": h.code(t, p)}},
		{wildcards: map[string]string{"statement": statementOf(p).String()}},
		{wildcards: map[string]string{"client": connection(p).ID.String()}},
		{wildcards: map[string]string{"refused": h.refusedOf(t, p).String()}},
		{wildcards: map[string]string{"forward": h.goesOn(t, p).String()}},
		{wildcards: map[string]string{"actor": h.actorOf(t, p).String()}},
		{wildcards: map[string]string{"person": foreignPerson.String()}},
		{wildcards: map[string]string{"organisation": h.app.Programmes[there].OrganisationID("amsed").String()}},
		{routes: map[string]string{"/reports/": impact.ReportID(filing(p)).String()}},
		{routes: map[string]string{"/samples/": impact.SampleID(drawing(p)).String()}},
	}
}

// person is the id of somebody of the demonstration.
func (h *house) person(t *testing.T, name string) id.ID {
	t.Helper()
	who, err := h.app.Identity.Invented(t.Context(), h.programme().ID(), name)
	must(t, err)
	return who
}

// code is what one types to join the session that runs.
func (h *house) code(t *testing.T, p id.ID) string {
	t.Helper()
	w, err := tutoring.Sessions.Find(t.Context(), h.app.DB, p, "and owner=$2", meetingOf(p))
	must(t, err)
	return w.Code
}

func (h *house) certificate(t *testing.T) string {
	t.Helper()
	rows, err := tutoring.Certificates.Select(t.Context(), h.app.DB, h.programme().ID(), "order by number limit 1")
	must(t, err)
	return rows[0].Number
}

// fileOf is where a picture of a module's draft is kept.
func (h *house) fileOf(t *testing.T, slug, picture string) string {
	t.Helper()
	m, _, err := h.app.Learning.Opened(t.Context(), h.programme().ID(), slug)
	must(t, err)
	return string(m.Files[picture])
}

func (h *house) lesson(t *testing.T, slug string) *content.Text {
	t.Helper()
	m, err := h.app.Learning.Module(t.Context(), h.programme().ID(), slug)
	must(t, err)
	return m.Text("fr")
}

func number(n int) string { return strconv.Itoa(n) }

// send asks without a browser, as somebody of the demonstration; a redirect is an answer.
func (h *house) send(t *testing.T, method, path, as string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, h.base+path, nil)
	must(t, err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if as != "" {
		r.AddCookie(h.session(t, as))
	}
	a, err := direct.Do(r)
	must(t, err)
	must(t, a.Body.Close())
	return a
}

// session signs in anew: some requests end it.
func (h *house) session(t *testing.T, as string) *http.Cookie {
	t.Helper()
	a := h.send(t, http.MethodGet, "/demo/"+as, "")
	for _, c := range a.Cookies() {
		if c.Name == "s" {
			return c
		}
	}
	t.Fatalf("/demo/%s signs nobody in: %s", as, a.Status)
	return nil
}

var direct = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
