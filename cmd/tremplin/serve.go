package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"tremplin/internal/app"
)

// Serve serves the site.
type Serve struct {
	Stores
	Addr string `help:"Where to listen." default:"127.0.0.1:8080"`
	URL  string `name:"url" help:"The address that people type, where a proxy speaks HTTPS before Tremplin: https://…" placeholder:"URL"`
	Stage
	Programme string `help:"Begin this programme if the database is empty." placeholder:"SLUG"`
}

// Run serves until the process is asked to stop, and finishes what is under way.
func (s *Serve) Run(ctx context.Context) error {
	c := s.config()
	c.URL = s.URL
	packages, at, err := s.listen(s.URL)
	if err != nil {
		return err
	}
	c.Content = at
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
	defer stage(a, packages)()
	return serve(ctx, a, s.Addr, false)
}

// patience is how long requests under way, and then the job under way, may take when the process is to end.
const patience = 20 * time.Second

// serve listens and says where.
func serve(ctx context.Context, a *app.App, addr string, demo bool) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w: choose another with --addr", err)
	}
	return serveOn(ctx, a, l, demo)
}

// serveOn serves until ctx ends, then stops in order: no new request, the requests under way, the job under
// way. The databases close after that.
func serveOn(ctx context.Context, a *app.App, l net.Listener, demo bool) error {
	if err := errors.Join(a.CheckDocuments(ctx), a.PlanTidy(ctx, a.Config.Now()), a.Records.PlanForwards(ctx)); err != nil {
		return err
	}
	site, err := a.Site(demo)
	if err != nil {
		return err
	}
	srv := &http.Server{
		Handler: site.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
	}
	defer work(ctx, a)()
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	fmt.Fprintf(os.Stderr, "Tremplin: http://%s\n", l.Addr())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	return finish(ctx, srv)
}

// work does jobs until end is called, which waits for the one under way.
func work(ctx context.Context, a *app.App) (end func()) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.Jobs.Patience = patience
	var running sync.WaitGroup
	running.Go(func() { a.Jobs.Run(ctx) })
	return func() { stop(); running.Wait() }
}

// finish takes no new request and waits for those under way.
func finish(ctx context.Context, srv *http.Server) error {
	bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := srv.Shutdown(bye)
	if errors.Is(err, context.DeadlineExceeded) {
		slog.Warn("requests were cut: they took too long", "after", patience)
		return srv.Close()
	}
	return err
}
