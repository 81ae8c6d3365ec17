package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tremplin/internal/core/dbtest"
)

// The keys in the database that they seal would be no keys: that is refused, however it is spelled.
func TestKeysNeedTheirOwnDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cases := map[string][]string{
		"the same file":          {"--keys", filepath.Join(dir, "tremplin.db")},
		"the same file, spelled": {"--keys", dir + "/./tremplin.db"},
	}
	if os.Getenv(dbtest.Env) != "" {
		source := dbtest.PostgreSQL(t)
		cases["the same database"] = []string{"--database", source, "--keys", source}
		cases["the same database, spelled"] = []string{"--database", source, "--keys", strings.Replace(source, "postgres:", "postgresql:", 1) + "&application_name=keys"}
	}
	for name, args := range cases {
		code, said := run(t, append([]string{"verify", "--data", dir}, args...)...)
		if code != 1 || !strings.Contains(said, "--keys") {
			t.Errorf("%s: %d %s", name, code, said)
		}
	}
}

// A newer binary may have changed what this one would misread.
func TestNewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	const migrated = "insert into goose_db_version(version_id,is_applied) values(9999,true)"
	for _, file := range []string{"tremplin.db", "keys.db"} {
		t.Run(file, func(t *testing.T) {
			dir := t.TempDir()
			refusesNewer(t, filepath.Join(dir, file), migrated, "--data", dir)
		})
	}
	t.Run("postgres", func(t *testing.T) {
		if os.Getenv(dbtest.Env) == "" {
			t.Skip("no PostgreSQL: `make test` starts one")
		}
		source := dbtest.PostgreSQL(t)
		refusesNewer(t, source, migrated, "--data", t.TempDir(), "--database", source)
	})
}

func refusesNewer(t *testing.T, source, migrated string, flags ...string) {
	t.Helper()
	if code, said := run(t, append([]string{"verify"}, flags...)...); code != 0 {
		t.Fatalf("%d %s", code, said)
	}
	alter(t, source, migrated)
	for _, command := range []string{"serve --addr 127.0.0.1:0", "verify"} {
		code, said := run(t, append(strings.Fields(command), flags...)...)
		if code != 1 || !strings.Contains(said, "newer version") {
			t.Errorf("%s: %d %s", command, code, said)
		}
	}
}
