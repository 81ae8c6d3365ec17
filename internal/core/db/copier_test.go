package db_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
)

// TestLogIsCopiedBesideTheWriter: fewer pages wait than the writer itself would copy, and more than may wait.
func TestLogIsCopiedBesideTheWriter(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	ctx, end := context.WithTimeout(t.Context(), time.Minute)
	defer end()
	exec := func(q string, args ...any) {
		t.Helper()
		if err := d.Update(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, q, args...); return err }); err != nil {
			t.Fatal(err)
		}
	}
	exec("create table big(b bytea)")
	for range 6 {
		exec("insert into big(b) values($1)", make([]byte, 4<<20)) // a thousand pages
	}
	for waiting := 6000; waiting >= 4000; {
		var busy, logged, copied int
		if err := d.QueryRow(ctx, "pragma wal_checkpoint(noop)").Scan(&busy, &logged, &copied); err != nil {
			t.Fatalf("%d pages still wait: %v", waiting, err)
		}
		waiting = logged - copied
	}
	if n := one[int](t, d, "select count(*) from big"); n != 6 {
		t.Error(n)
	}
}

// found tells whether a text stands in any file of a database.
func found(t *testing.T, source, text string) (yes bool) {
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
		yes = yes || bytes.Contains(b, []byte(text))
	}
	return yes
}

func TestWhatIsDeletedLeavesTheFiles(t *testing.T) {
	const secret = "Wangari Maathai"
	source := dbtest.SQLite(t)
	d := dbtest.Open(t, source)
	exec := func(q string, args ...any) {
		t.Helper()
		if _, err := d.Exec(t.Context(), q, args...); err != nil {
			t.Fatal(err)
		}
	}
	settle := func() error { return d.Settle(t.Context()) }
	exec("create table person(name text)")
	exec("insert into person(name) values($1)", secret)
	if err := settle(); err != nil || !found(t, source, secret) {
		t.Fatal("it is not in the file that is searched: ", err)
	}
	exec("delete from person")
	if !found(t, source, secret) {
		t.Fatal("it is gone already: this test shows nothing")
	}
	if err := settle(); err != nil || found(t, source, secret) {
		t.Fatal("it stands in a file: ", err)
	}
}

// TestNothingSettlesUnderAReader: who reads a state of before keeps it, and it is said.
func TestNothingSettlesUnderAReader(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	if _, err := d.Exec(t.Context(), "create table person(name text)"); err != nil {
		t.Fatal(err)
	}
	err := d.Snapshot(t.Context(), func(q db.Queryer) error {
		if n := one[int](t, q, "select count(*) from person"); n != 0 {
			t.Error(n)
		}
		if _, err := d.Exec(t.Context(), "insert into person(name) values('Awa')"); err != nil {
			t.Error(err)
		}
		if d.Settle(t.Context()) == nil {
			t.Error("it settled while it was read")
		}
		return nil
	})
	if err := errors.Join(err, d.Settle(t.Context())); err != nil {
		t.Error(err)
	}
}
