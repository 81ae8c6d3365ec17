package e2e_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/learning/content"
)

// doors are the invented people of each role, as /demo/NAME.
var doors = map[access.Role]string{
	access.Learner: "fatou", access.Tutor: "leila", access.Author: "claire", access.Translator: "selim",
	access.Coordinator: "nadia", access.Funder: "jan", access.Auditor: "paula", access.Administrator: "admin",
}

// place is a page to look at, and who looks; as is empty for nobody.
type place struct{ path, as string }

func (p place) String() string { return strings.TrimPrefix(p.as+" "+p.path, " ") }

// name of a place, for a file.
func (p place) file() string {
	return strings.Trim(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(p.String(), "-"), "-")
}

// more are pages that the routes alone do not show: a list that is narrowed, one that is empty, each kind of
// activity, what is refused.
func (h *house) more(t *testing.T) []place {
	p, group := h.programme().ID(), "?group="+h.led(t, "", always).Group.String()
	out := []place{
		{"/?need=work", ""},
		{"/?need=work&level=C2", "fatou"},
		{"/people?q=nobody-is-called-so", "nadia"},
		{"/people", "fatou"},
		{"/group", doors[access.Coordinator]},
		{"/group" + group, doors[access.Coordinator]},
		{"/group/bring" + group, doors[access.Coordinator]},
		{"/group/bring" + group + "&q=a", doors[access.Coordinator]},
		{"/group/tutors" + group, doors[access.Coordinator]},
		{"/group/enter" + group + "&language=ar", doors[access.Tutor]},
		{"/group/new", doors[access.Tutor]},
		{"/sessions/new", doors[access.Coordinator]},
		{"/programme", doors[access.Coordinator]}, // an explanation waits
		{"/samples", doors[access.Coordinator]},
		{"/records", doors[access.Administrator]}, // who may connect platforms too
		{"/records/" + id.Derive(p[:], []byte("e2e standing")).String(), doors[access.Coordinator]},
		{"/records/actors?now=" + h.led(t, "", always).ID.String(), doors[access.Coordinator]},
		{"/records/actors/" + h.actorOf(t, p).String() + "?q=a", doors[access.Coordinator]},
		{"/records/actors/" + h.actorOf(t, p).String() + "?q=nobody-is-called-so", doors[access.Coordinator]},
		{"/records/actors/" + h.actorOf(t, p).String(), doors[access.Administrator]}, // who may not say who it is
		{"/learn/knowing-society/print", ""},                                         // passages of every country
		{"/no-such-page", ""},
	}
	seen := map[content.Kind]bool{}
	for i, s := range h.lesson(t, "speaking-at-work").Screens {
		if s.Activity != nil && !seen[s.Activity.Kind] {
			seen[s.Activity.Kind] = true
			out = append(out, place{"/learn/speaking-at-work/" + number(i+1), ""})
		}
	}
	return out
}

// plain are addresses that answer with no page.
var plain = []string{"/healthz", "/media/", "/me/file.json", "/demo/{name}"}

// places are all pages of the site, each by whom it is for.
func (h *house) places(t *testing.T) (out []place) {
	t.Helper()
	s := h.samples(t)
	for _, r := range h.site.Routes {
		path, get := strings.CutPrefix(r.Pattern, "GET ")
		if !get || slices.ContainsFunc(plain, func(x string) bool { return strings.HasPrefix(path, x) }) {
			continue
		}
		for _, as := range readers(r) {
			p := place{s.fill(t, r.Pattern), as}
			if h.shows(t, p) {
				out = append(out, p)
			}
		}
	}
	return append(out, h.more(t)...)
}

// readers are those for whom a page is looked at: nobody where it is open, else the first who may.
func readers(r web.Route) []string {
	allowed := r.Allowed()
	switch {
	case len(allowed) == 0:
		return nil
	case r.Section == "":
		return []string{""}
	case allowed[0] == access.Nobody:
		return []string{"", doors[access.Learner]}
	}
	return []string{doors[allowed[0]]}
}

// shows tells whether a place answers with a page of its own, not with a file and not with another place.
func (h *house) shows(t *testing.T, p place) bool {
	t.Helper()
	r := h.send(t, http.MethodGet, p.path, p.as)
	return r.StatusCode == http.StatusOK && strings.HasPrefix(r.Header.Get("Content-Type"), "text/html")
}
