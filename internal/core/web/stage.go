package web

import (
	"net"
	"net/http"
	"strings"
)

// Stage is the origin that plays packages made elsewhere, as this reader reaches it; empty where there is none.
func (c *Ctx) Stage() string { return c.Site.stage(c.R) }

// stage gives the origin of packages another host name than the reader's own: cookies do not know ports, so
// another port alone would share them.
func (s *Site) stage(r *http.Request) string {
	if !strings.HasPrefix(s.Stage, ":") {
		return s.Stage
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if host == "localhost" {
		return "http://127.0.0.1" + s.Stage
	}
	return "http://localhost" + s.Stage
}

// frames is the part of the policy that lets packages be shown.
func (s *Site) frames(r *http.Request) string {
	if at := s.stage(r); at != "" {
		return "; frame-src " + at
	}
	return ""
}
