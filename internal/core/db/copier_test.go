package db_test

import (
	"context"
	"errors"
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
	exec(t, d, "create table big(b bytea)")
	for range 6 {
		exec(t, d, "insert into big(b) values($1)", make([]byte, 4<<20)) // a thousand pages
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

func TestWhatIsDeletedLeavesTheFiles(t *testing.T) {
	secret := []byte("Wangari Maathai")
	source := dbtest.SQLite(t)
	d := dbtest.Open(t, source)
	settle := func() error { return d.Settle(t.Context()) }
	exec(t, d, "create table person(name text)")
	exec(t, d, "insert into person(name) values($1)", string(secret))
	if err := settle(); err != nil || !dbtest.Holds(t, source, secret) {
		t.Fatal("it is not in the file that is searched: ", err)
	}
	exec(t, d, "delete from person")
	if !dbtest.Holds(t, source, secret) {
		t.Fatal("it is gone already: this test shows nothing")
	}
	if err := settle(); err != nil || dbtest.Holds(t, source, secret) {
		t.Fatal("it stands in a file: ", err)
	}
}

// TestNothingSettlesUnderAReader: who reads a state of before keeps it, and it is said.
func TestNothingSettlesUnderAReader(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	exec(t, d, "create table person(name text)")
	err := d.Snapshot(t.Context(), func(q db.Queryer) error {
		if n := one[int](t, q, "select count(*) from person"); n != 0 {
			t.Error(n)
		}
		exec(t, d, "insert into person(name) values('Awa')")
		if d.Settle(t.Context()) == nil {
			t.Error("it settled while it was read")
		}
		return nil
	})
	if err := errors.Join(err, d.Settle(t.Context())); err != nil {
		t.Error(err)
	}
}
