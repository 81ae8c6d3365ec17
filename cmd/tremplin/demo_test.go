package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tremplin/internal/core/db"
)

// demonstration is loaded once for all tests; each takes a copy.
var demonstration struct {
	once      sync.Once
	dir, said string
	err       error
}

func demoData(t *testing.T) string {
	t.Helper()
	d := &demonstration
	d.once.Do(func() { d.err = loadDemo() })
	must(t, d.err)
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(d.dir)))
	return dir
}

func loadDemo() (err error) {
	d := &demonstration
	if d.dir, err = os.MkdirTemp("", "tremplin-cmd"); err != nil {
		return err
	}
	p, err := start(context.Background(), nil, "demo", "--data", d.dir, "--addr", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if code := p.stop(); code != 0 {
		return fmt.Errorf("demo ended with %d: %s", code, p.words())
	}
	d.said = p.words()
	return nil
}

func TestDemoLoadsOnce(t *testing.T) {
	t.Parallel()
	dir := demoData(t)
	if said := demonstration.said; strings.Count(said, "Loaded in") != 1 || strings.Count(said, "Tremplin: http://127.0.0.1:") != 1 {
		t.Errorf("the first start says %q", said)
	}
	_, before := run(t, "verify", "--data", dir)
	p := begin(t, "demo", "--data", dir)
	if said := p.words(); strings.Contains(said, "Load") {
		t.Errorf("the second start says %q", said)
	}
	c := visitor(t)
	if a := get(t, c, p.base+"/demo/leila"); a.status != http.StatusSeeOther || a.goes != "/group" {
		t.Errorf("/demo/leila: %d %s", a.status, a.goes)
	}
	if code := p.stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if _, after := run(t, "verify", "--data", dir); after != before {
		t.Errorf("before: %s after: %s", before, after)
	}
}

// alter writes into a database behind Tremplin's back.
func alter(t *testing.T, source, q string, args ...any) {
	t.Helper()
	d, err := db.Open(t.Context(), source)
	must(t, err)
	done, err := d.Exec(t.Context(), q, args...)
	must(t, err)
	n, err := done.RowsAffected()
	must(t, err)
	must(t, d.Close())
	if n != 1 {
		t.Fatalf("%d rows altered: %s", n, q)
	}
}

// data is the database in a folder.
func data(dir string) string { return filepath.Join(dir, "tremplin.db") }

// one reads one value of a database.
func one[T any](t *testing.T, source, q string, args ...any) (out T) {
	t.Helper()
	d, err := db.Open(t.Context(), source)
	must(t, err)
	defer d.Close() //nolint:errcheck // a test
	must(t, d.QueryRow(t.Context(), q, args...).Scan(&out))
	return out
}
