package db_test

import (
	"context"
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
