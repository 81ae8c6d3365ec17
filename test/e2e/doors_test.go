package e2e_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
)

// everyDoor tries every route as every role and as nobody, and holds the answer against the access table.
func everyDoor(t *testing.T, h *house) {
	s := h.samples(t)
	for _, r := range h.site.Routes {
		method, _, _ := strings.Cut(r.Pattern, " ")
		path := s.fill(t, r.Pattern)
		for _, role := range access.Roles {
			a := h.send(t, method, path, doors[role])
			if why := wrongAnswer(a, method, role, slices.Contains(r.Allowed(), role)); why != "" {
				t.Errorf("%s as %s: %s %s: %s", r.Pattern, role, a.Status, a.Header.Get("Location"), why)
			}
		}
	}
}

func wrongAnswer(a *http.Response, method string, role access.Role, may bool) string {
	turned := strings.HasPrefix(a.Header.Get("Location"), "/sign-in?")
	ok := a.StatusCode < 400 || slices.Contains([]int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests}, a.StatusCode)
	switch {
	case may && (turned || !ok):
		return "who may is turned away"
	case may:
		return ""
	case role != access.Nobody && a.StatusCode != http.StatusForbidden:
		return "this role may not: 403"
	case role == access.Nobody && method == http.MethodGet && !turned:
		return "nobody is asked to sign in"
	case role == access.Nobody && method == http.MethodPost && a.StatusCode != http.StatusUnauthorized:
		return "nobody may not: 401"
	}
	return ""
}

// nextDoor tries the ids of another programme of the same database: they open nothing, for whoever may.
func nextDoor(t *testing.T, h *house) {
	s := h.samples(t)
	for _, theirs := range h.foreign(t) {
		other := s.over(theirs)
		for _, r := range h.site.Routes {
			path := other.fill(t, r.Pattern)
			if path == s.fill(t, r.Pattern) {
				continue
			}
			method, _, _ := strings.Cut(r.Pattern, " ")
			h.closed(t, r, method, path, theirs)
		}
	}
	for _, path := range []string{"/group", "/group/list.csv", "/group/enter", "/group/cards"} {
		for _, as := range []string{"leila", "nadia"} {
			if a := h.send(t, http.MethodGet, path+"?group="+foreignGroup.String(), as); a.StatusCode != http.StatusNotFound {
				t.Errorf("%s opens another programme's group to %s: %s", path, as, a.Status)
			}
		}
	}
}

// closed makes sure that an address of theirs shows nothing: it is not found, or leads to where it is not found,
// as after a second click, or away from theirs.
func (h *house) closed(t *testing.T, r web.Route, method, path string, theirs samples) {
	t.Helper()
	for _, role := range r.Allowed() {
		a := h.send(t, method, path, doors[role])
		to := a.Header.Get("Location")
		if a.StatusCode == http.StatusSeeOther && (!theirs.in(to) || h.send(t, http.MethodGet, to, doors[role]).StatusCode == http.StatusNotFound) {
			continue
		}
		if a.StatusCode != http.StatusNotFound {
			t.Errorf("%s as %s opens another programme's thing: %s %s", r.Pattern, role, a.Status, to)
		}
	}
}

// budget is how many statements a page may need.
const budget = 8

// queries holds every page to its budget, for whoever may open it. A file is looked at twice, since the
// first look of a day is written down: that is an act, with a budget of its own.
func queries(t *testing.T, h *house) {
	s, adopted := h.samples(t), h.adopts(t)
	for _, r := range h.site.Routes {
		if strings.HasPrefix(r.Pattern, "GET ") {
			h.thrifty(t, r, s.fill(t, r.Pattern), adopted.fill(t, r.Pattern))
		}
	}
}

// thrifty looks at some pages of a route as everybody who may.
func (h *house) thrifty(t *testing.T, r web.Route, paths ...string) {
	most := 0
	for _, role := range r.Allowed() {
		for _, path := range slices.Compact(paths) {
			h.statements(t, path, doors[role])
			most = max(most, h.statements(t, path, doors[role]))
		}
	}
	if most > budget {
		t.Errorf("%s needs %d queries, more than %d", r.Pattern, most, budget)
	}
}

// adopts brings a module of the other programme here: such a one costs more to show.
func (h *house) adopts(t *testing.T) samples {
	t.Helper()
	next := h.app.Programmes[there].ID()
	m, err := h.app.Learning.Module(t.Context(), next, foreignSlug)
	must(t, err)
	must(t, h.app.Learning.Publish(t.Context(), journaltest.Act(h.programme().ID(), id.ID{}), learning.Publication{Module: m.Content, From: next, Of: m.Number}))
	return h.samples(t).over(samples{wildcards: map[string]string{"slug": foreignSlug}})
}
