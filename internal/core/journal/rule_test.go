package journal_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// opening opens an owner's one referral, unless it is open; closing closes it.
func opening(owner int) command { return passing(owner, "closed", "open") }
func closing(owner int) command { return passing(owner, "open", "closed") }

func passing(owner int, from, to string) command {
	o := thing("owner", owner)
	return deciding(func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
		r, found, err := referrals.One(ctx, q, programme, "and owner=$2", o)
		if err != nil {
			return nil, err
		}
		if found && r.State != from || !found && from == "open" {
			return nil, errNo
		}
		return []journal.Draft{referralMoved.Draft(o, thing("referral", 0), moved{to})}, nil
	})
}

// Two journals stand for two processes on one database: whatever they race for, an owner has at most
// one open referral, and a command sent to both is written once.
func TestOneRuleTwoProcesses(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		both := []house{h, h.reopened(testView())}
		var written atomic.Int64
		var all sync.WaitGroup
		for n := range 32 {
			r := rand.New(rand.NewPCG(uint64(n), 1))
			all.Go(func() {
				for range 6 {
					compete(t, both, r, &written)
				}
			})
		}
		all.Wait()
		h.whole(written.Load())
		if rs := mustRows(t, h); slices.ContainsFunc(rs, func(r referral) bool { return r.Wrong > 0 }) {
			t.Fatalf("the rule was broken: %+v", rs)
		}
	})
}

func compete(t *testing.T, both []house, r *rand.Rand, written *atomic.Int64) {
	c := []func(int) command{opening, closing}[r.IntN(2)](r.IntN(3))
	first := r.IntN(2)
	err := c.to(t.Context(), both[first].Journal)
	switch {
	case err == nil:
		written.Add(1)
		if err := c.to(t.Context(), both[1-first].Journal); err != nil {
			t.Errorf("sent again to the other: %v", err)
		}
	case !errors.Is(err, errNo):
		t.Error(err)
	}
}

func mustRows(t *testing.T, h house) []referral {
	t.Helper()
	rs, err := referrals.Select(t.Context(), h.DB(), programme, "order by owner,id")
	must(t, err)
	return rs
}

// One command sent to both at the same moment is written once.
func TestSameMomentTwoProcesses(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		both := []house{h, h.reopened(testView())}
		var all sync.WaitGroup
		for range 20 {
			c := say(id.New(), "one", naming(1, "Awa"))
			for _, p := range both {
				all.Go(func() {
					if err := c.to(t.Context(), p.Journal); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		h.whole(20)
	})
}
