package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"tremplin/internal/app"
)

// Serve serves the site.
type Serve struct {
	Stores
	Addr      string `help:"Where to listen." default:"127.0.0.1:8080"`
	URL       string `name:"url" help:"The address that people type, where a proxy speaks HTTPS before Tremplin: https://…" placeholder:"URL"`
	Programme string `help:"Begin this programme if the database is empty." placeholder:"SLUG"`
}

// Run serves until the process is asked to stop, and finishes what is under way.
func (s *Serve) Run(ctx context.Context) error {
	c := s.config()
	c.URL = s.URL
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	if s.Programme != "" {
		if _, err := a.Begin(ctx, s.Programme, time.Time{}); err != nil {
			return err
		}
	}
	return serve(ctx, a, s.Addr, false)
}

// serve listens, says where, and stops in order: no new request, what is under way, the journal.
func serve(ctx context.Context, a *app.App, addr string, demo bool) error {
	if err := a.CheckDocuments(ctx); err != nil {
		return err
	}
	site, err := a.Site(demo)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w: choose another with --addr", err)
	}
	srv := &http.Server{
		Handler: site.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
	}
	work, done := context.WithCancel(context.WithoutCancel(ctx))
	defer done()
	go a.Jobs.Run(work)
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	fmt.Fprintf(os.Stderr, "Tremplin: http://%s\n", l.Addr())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	bye, cancel := context.WithTimeout(work, 20*time.Second)
	defer cancel()
	if err := srv.Shutdown(bye); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}
