// Package dbtest runs one test on every engine. It is for tests alone.
package dbtest

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"tremplin/internal/core/db"
)

// Env names the variable that holds a postgres:// address; `make test` starts a server and sets it.
const Env = "TREMPLIN_TEST_POSTGRES"

// New makes an empty database and returns its source for db.Open.
type New func(t testing.TB) string

// Each runs f once per engine.
func Each(t *testing.T, f func(t *testing.T, fresh New)) {
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite) })
	t.Run("postgres", func(t *testing.T) {
		if os.Getenv(Env) == "" {
			t.Skip("no PostgreSQL: `make test` starts one")
		}
		f(t, PostgreSQL)
	})
}

// SQLite makes an empty file.
func SQLite(t testing.TB) string { return filepath.Join(t.TempDir(), "tremplin.db") }

// PostgreSQL makes an empty schema on the test server, as good as a database and a hundred times faster
// to make, and drops it afterwards.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("t%x", rand.Uint64())
	admin(t, "create schema "+name)
	t.Cleanup(func() { admin(t, "drop schema "+name+" cascade") })
	return os.Getenv(Env) + "&search_path=" + name
}

func admin(t testing.TB, text string) {
	t.Helper()
	d, err := sql.Open("pgx", os.Getenv(Env))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test
	if _, err := d.Exec(text); err != nil {
		t.Error(err)
	}
}

// Open opens a fresh database and closes it after the test.
func Open(t testing.TB, source string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Holds tells whether bytes stand in any file of an SQLite database: in its own, or in its log.
func Holds(t testing.TB, source string, what []byte) (yes bool) {
	t.Helper()
	files, err := filepath.Glob(source + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		yes = yes || bytes.Contains(b, what)
	}
	return yes
}
