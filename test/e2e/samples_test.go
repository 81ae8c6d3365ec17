package e2e_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/learning/content"
)

// samples say what stands for each wildcard of a route: things that are there. A route of its own may need
// other things than its wildcards' names say.
type samples struct {
	wildcards map[string]string
	routes    map[string]string
}

var wildcard = regexp.MustCompile(`\{([^}]*)\}`)

// fill makes an address of a route's pattern.
func (s samples) fill(t *testing.T, pattern string) string {
	t.Helper()
	if path, ok := s.routes[pattern]; ok {
		return path
	}
	_, path, _ := strings.Cut(pattern, " ")
	return wildcard.ReplaceAllStringFunc(path, func(w string) string {
		name := strings.TrimSuffix(strings.Trim(w, "{}"), "...")
		if name == "$" {
			return ""
		}
		v, ok := s.wildcards[name]
		if !ok {
			t.Errorf("%s: say in samples what stands for {%s}", pattern, name)
		}
		return v
	})
}

// samples of the demonstration.
func (h *house) samples(t *testing.T) samples {
	t.Helper()
	m, err := h.app.Learning.Module(t.Context(), h.programme().ID(), "looking-for-work")
	must(t, err)
	fatou := h.person(t, "fatou")
	card, err := h.app.Identity.Card(t.Context(), h.programme().ID(), fatou)
	must(t, err)
	return samples{wildcards: map[string]string{
		"slug": m.Slug, "at": "1", "package": m.Package, "path": slices.Sorted(maps.Keys(m.Content.Files))[0],
		"person": fatou.String(), "token": card, "name": "fatou", "key": id.New().String(),
	}}
}

// foreign are the same things of another programme; what is not listed is nobody's secret.
func (h *house) foreign() map[string]string {
	return map[string]string{"slug": foreignSlug, "person": neighbour.String()}
}

// person is the id of somebody of the demonstration.
func (h *house) person(t *testing.T, name string) id.ID {
	t.Helper()
	who, err := h.app.Identity.Invented(t.Context(), h.programme().ID(), name)
	must(t, err)
	return who
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
