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

// existing are the commands that work on what is there.
func existing(t *testing.T) [][]string {
	t.Helper()
	table := filepath.Join(t.TempDir(), "people.csv")
	must(t, os.WriteFile(table, []byte("number;first;language\n7;Fatou;fr"), 0o600))
	return [][]string{{"verify"}, {"rebuild"}, {"rebuild", "--check"}, {"password", "a@b.org"}, {"import", "participants", table}}
}

// A mistyped place is said, and nothing is made there.
func TestNothingIsBegunByMistake(t *testing.T) {
	t.Parallel()
	for _, command := range existing(t) {
		dir := filepath.Join(t.TempDir(), "mistyped")
		code, said := run(t, append(command, "--data", dir)...)
		if code != 1 || !strings.Contains(said, "no Tremplin here: "+dir) || !strings.Contains(said, "--data") {
			t.Errorf("%v: %d %s", command, code, said)
		}
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("%v makes the folder: %v", command, err)
		}
	}
}

func TestNothingIsBegunInAnotherDatabase(t *testing.T) {
	t.Parallel()
	if os.Getenv(dbtest.Env) == "" {
		t.Skip("no PostgreSQL: `make test` starts one")
	}
	source := dbtest.PostgreSQL(t)
	for _, command := range existing(t) {
		dir := t.TempDir()
		code, said := run(t, append(command, "--data", dir, "--database", source)...)
		if code != 1 || !strings.Contains(said, "no Tremplin here: postgres://") {
			t.Errorf("%v: %d %s", command, code, said)
		}
		if made, err := os.ReadDir(dir); err != nil || len(made) > 0 {
			t.Errorf("%v makes %v, %v", command, made, err)
		}
		if n := one[int](t, source, "select count(*) from pg_tables where schemaname=current_schema()"); n > 0 {
			t.Errorf("%v makes %d tables", command, n)
		}
	}
}

// The keys are no less needed than the entries: another place of theirs is not begun either.
func TestKeysAreNotBegunByMistake(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code := begin(t, "serve", "--data", dir).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	keys := filepath.Join(dir, "mistyped.db")
	code, said := run(t, "verify", "--data", dir, "--keys", keys)
	if code != 1 || !strings.Contains(said, "no Tremplin here: "+keys) {
		t.Errorf("%d %s", code, said)
	}
	if _, err := os.Stat(keys); !os.IsNotExist(err) {
		t.Errorf("the file of keys is made: %v", err)
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
	if code := begin(t, append([]string{"serve"}, flags...)...).stop(); code != 0 {
		t.Fatalf("serve: %d", code)
	}
	alter(t, source, migrated)
	for _, command := range []string{"serve --addr 127.0.0.1:0", "verify"} {
		code, said := run(t, append(strings.Fields(command), flags...)...)
		if code != 1 || !strings.Contains(said, "newer version") {
			t.Errorf("%s: %d %s", command, code, said)
		}
	}
}
