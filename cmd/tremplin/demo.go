package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tremplin/internal/app"
)

// Demo serves MIGRANTECH with invented people.
type Demo struct {
	Stores
	Addr string `help:"Where to listen." default:"127.0.0.1:8080"`
	Stage
}

// Run loads the demonstration where the database is empty, then serves it.
func (d *Demo) Run(ctx context.Context) error {
	if d.Data == "tremplin-data" && d.Database == "" {
		d.Data = filepath.Join(os.TempDir(), fmt.Sprintf("tremplin-demo-%d", os.Getuid()))
	}
	c := d.config()
	packages, at, err := d.listen("")
	if err != nil {
		return err
	}
	c.Content = at
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	began := time.Now()
	loaded, err := a.Demo(ctx, bar("Loading MIGRANTECH"))
	if err != nil {
		return err
	}
	if loaded {
		fmt.Fprintf(os.Stderr, "Loaded in %.1f s.\n", time.Since(began).Seconds())
	}
	defer stage(a, packages)()
	return serve(ctx, a, d.Addr, true)
}
