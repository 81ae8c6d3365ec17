package e2e_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/access"
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
	ok := a.StatusCode < 400 || slices.Contains([]int{http.StatusNotFound, http.StatusUnprocessableEntity}, a.StatusCode)
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
	s, foreign := h.samples(t), h.foreign()
	for _, r := range h.site.Routes {
		for name, theirs := range foreign {
			if !strings.Contains(r.Pattern, "{"+name+"}") {
				continue
			}
			there := s
			there.wildcards = with(s.wildcards, name, theirs)
			method, _, _ := strings.Cut(r.Pattern, " ")
			for _, role := range r.Allowed() {
				if a := h.send(t, method, there.fill(t, r.Pattern), doors[role]); a.StatusCode != http.StatusNotFound {
					t.Errorf("%s as %s opens what another programme calls {%s}: %s", r.Pattern, role, name, a.Status)
				}
			}
		}
	}
}

func with(m map[string]string, key, value string) map[string]string {
	out := map[string]string{key: value}
	for k, v := range m {
		if k != key {
			out[k] = v
		}
	}
	return out
}

// budget is how many statements a page may need.
const budget = 8

// queries holds every page to its budget: those that the walks have opened so far, and all others now.
func queries(t *testing.T, h *house) {
	s := h.samples(t)
	for _, r := range h.site.Routes {
		path, get := s.fill(t, r.Pattern), strings.HasPrefix(r.Pattern, "GET ")
		if !get {
			continue
		}
		for _, role := range r.Allowed() {
			h.send(t, http.MethodGet, path, doors[role])
		}
		h.mu.Lock()
		n := h.queries[r.Pattern]
		h.mu.Unlock()
		if n > budget {
			t.Errorf("%s needs %d queries, more than %d", r.Pattern, n, budget)
		}
	}
}
