package journal_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// answered holds the answers of a group against what they should be, and the log that it leaves.
func (h house) answered(entries int64, want []error, cs ...command) {
	h.t.Helper()
	for i, got := range h.grouped(cs...) {
		if !errors.Is(got, want[i]) || want[i] == nil && got != nil {
			h.t.Errorf("command %d: %v, want %v", i, got, want[i])
		}
	}
	h.whole(entries)
}

// Who is placed together is answered as if each had come alone.
func TestStoryEndsWithinAGroup(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.answered(3, []error{nil, nil, journal.ErrErased, nil},
			say(id.New(), "a", naming(1, "Awa")), erasing(1), say(id.New(), "b", naming(1, "Awa")), say(id.New(), "c", naming(2, "Bo")))
		if h.summary(1).N != 0 || h.summary(2).N != 1 {
			t.Error(h.summary(1), h.summary(2))
		}
	})
}

func TestEndedStoryAmongOthers(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		h.do(erasing(1))
		again, v := say(id.New(), "a", naming(2, "Bo"), naming(1, "Awa")), id.New()
		h.answered(3, []error{journal.ErrErased, journal.ErrErased, nil, journal.ErrErased, journal.ErrErased, nil}, again, again,
			say(id.New(), "b", naming(2, "Bo")), say(id.New(), "c", statement(v, 1, "Awa")), say(id.New(), "d", statement(v, 1, "Awa")),
			say(id.New(), "e", naming(3, "Cem")))
	})
}

func TestVoidWithinAGroup(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		before, after := id.New(), id.New()
		h.answered(4, []error{nil, nil, nil, nil}, voiding(1, before), say(id.New(), "a", statement(before, 1, "Awa")),
			say(id.New(), "b", statement(after, 2, "Bo")), voiding(2, after))
		if h.summary(1).N != 0 || h.summary(2).N != 0 {
			t.Error(h.summary(1), h.summary(2))
		}
	})
}

// A decision that reads one row finds what its neighbours said too.
func TestDecisionCountsItsGroup(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		var seen int
		count := deciding(func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
			return nil, q.QueryRow(ctx, "select count(*) from entry where programme=$1", programme).Scan(&seen)
		})
		h.answered(2, []error{nil, nil, nil}, say(id.New(), "a", naming(1, "Awa")), say(id.New(), "b", naming(2, "Bo")), count)
		if seen != 2 {
			t.Error(seen)
		}
	})
}

// What waits cannot be placed: whoever decides after it is not answered with a guess, and does so again alone.
func TestDecisionAfterPoison(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		poison := say(id.New(), "kind", journal.Draft{Kind: "test.bad.body", Owner: thing("owner", 1), Body: badJSON{}})
		var seen []int
		count := deciding(func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
			n := -1
			_ = q.QueryRow(ctx, "select count(*) from entry where programme=$1", programme).Scan(&n)
			seen = append(seen, n)
			return []journal.Draft{naming(2, "Bo")}, nil
		})
		got := h.grouped(poison, count)
		if got[0] == nil || got[1] != nil || len(seen) != 2 || seen[1] != 0 {
			t.Error(got, seen)
		}
		h.whole(1)
	})
}

func TestJobsOfAGroup(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		withJob := func(owner int) command {
			return command{Act: act(id.New()), decide: func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
				w, err := job.New("test.work", owner)
				return []journal.Draft{naming(owner, "Awa")}, []job.Job{w}, err
			}}
		}
		h.answered(2, []error{nil, nil, errNo}, withJob(1), withJob(2), deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) { return nil, errNo }))
		if got := len(h.jobs()); got != 2 {
			t.Error(got)
		}
	})
}

// What is standing is read without what waits beside it, but for what was to stand at once.
func TestStanding(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		var seen []int64
		reading := deciding(func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
			var n int64
			err := journal.Standing(q).QueryRow(ctx, "select count(*) from entry where programme=$1", programme).Scan(&n)
			seen = append(seen, n)
			return nil, err
		})
		again := reading
		again.ID = id.New()
		at := naming(2, "Bo")
		at.AtOnce = true
		h.answered(3, []error{nil, nil, nil, nil, nil}, say(id.New(), "a", naming(1, "Awa")), reading, say(id.New(), "b", at), again, say(id.New(), "c", naming(3, "Cy")))
		if !slices.Equal(seen, []int64{0, 2}) {
			t.Fatal(seen)
		}
		if journal.Standing(h.DB()) != db.Queryer(h.DB()) {
			t.Fatal("outside a decision it is what was given")
		}
	})
}
