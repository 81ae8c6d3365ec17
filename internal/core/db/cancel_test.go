package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
)

// TestWhoeverGoesLeavesTheWriter: somebody may leave a page at any moment of its writing, also while it begins.
func TestWhoeverGoesLeavesTheWriter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		d := dbtest.Open(t, fresh(t))
		if _, err := d.Exec(t.Context(), "create table c(n bigint)"); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 200 {
					ctx, leave := context.WithCancel(t.Context())
					go leave()
					if err := d.Update(ctx, func(*db.Tx) error { return nil }); err != nil && !errors.Is(err, context.Canceled) {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		if _, err := d.Exec(t.Context(), "insert into c(n) values(1)"); err != nil {
			t.Error("nobody can write any more: ", err)
		}
	})
}
