package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"tremplin/internal/core/db"
)

// TestWhoeverGoesLeavesTheWriter: somebody may leave a page at any moment of its writing, also while it begins.
func TestWhoeverGoesLeavesTheWriter(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
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
		exec(t, d, put, 1, 2, []byte{3}) // else nobody could write any more
	})
}
