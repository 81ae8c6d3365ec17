package draft_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
)

// TestChangesMeet: many at the same instant change one work, and none overwrites another.
func TestChangesMeet(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		n := name("shared", 0)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := draft.Change(t.Context(), d, n, then, func(count *int, _ bool) error {
					*count++
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		var count int
		if _, ok, err := draft.Get(t.Context(), d, n, &count); err != nil || !ok || count != 8 {
			t.Fatal(count, ok, err)
		}
	})
}

func TestRefusedChangeKeepsNothing(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		no := errors.New("no")
		_, err := draft.Change(t.Context(), d, name("a", 1), then, func(s *string, found bool) error {
			*s = "typed"
			return no
		})
		if _, _, ok := get(t, d, name("a", 1)); ok || !errors.Is(err, no) {
			t.Fatal(ok, err)
		}
	})
}

func TestEndOnlyWhatWasSeen(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		n := name("a", 1)
		put(t, d, n, "seen", then)
		_, seen, _ := get(t, d, n)
		put(t, d, n, "went on", then.Add(time.Second))
		if done, err := draft.End(t.Context(), d, n, seen); done || err != nil {
			t.Fatal(done, err)
		}
		_, now, ok := get(t, d, n)
		if done, err := draft.End(t.Context(), d, n, now); !ok || !done || err != nil {
			t.Fatal(ok, done, err)
		}
	})
}
