package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"tremplin/internal/app"
)

// Stage is the origin of its own on which packages made elsewhere (H5P) play: they are somebody else's programs.
type Stage struct {
	ContentAddr string `name:"content-addr" help:"Where packages (H5P) are served from; empty: none are played." default:"127.0.0.1:0"`
	ContentURL  string `name:"content-url" help:"The address of packages, where a proxy speaks HTTPS: another host name than --url." placeholder:"URL"`
}

// listen opens the origin's address, and says what browsers are told: on one machine the other of its two
// names. A site that has a name plays nothing until packages have one too.
func (s *Stage) listen(site string) (l net.Listener, at string, err error) {
	if site != "" && s.ContentURL == "" {
		slog.Warn("packages are not played: give them a host name of their own with --content-url")
		return nil, "", nil
	}
	if s.ContentAddr == "" {
		return nil, "", nil
	}
	if l, err = net.Listen("tcp", s.ContentAddr); err != nil {
		return nil, "", fmt.Errorf("%w: choose another with --content-addr", err)
	}
	if s.ContentURL != "" {
		return l, s.ContentURL, nil
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return l, ":" + port, err
}

// stage serves packages until end is called.
func stage(a *app.App, l net.Listener) (end func()) {
	if l == nil {
		return func() {}
	}
	srv := &http.Server{Handler: a.Stage(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 5 * time.Minute, MaxHeaderBytes: 32 << 10}
	go func() { _ = srv.Serve(l) }() // it ends with the process
	return func() { _ = srv.Close() }
}
