package journal

import (
	"context"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
)

// Act is one act of one person: where, under which id, by whom, and when it happened. The ID is made before
// the first try (a hidden field of the form, the client, the statement), so that trying again is harmless.
type Act struct {
	Programme, ID id.ID
	Author        id.ID     // zero: the house itself, or nobody who is known
	At            time.Time // as claimed; zero: now
}

// Decision reads and returns; it never writes and may be run again. It runs under the head row: what it
// reads of this programme cannot change before its entries are written.
type Decision func(ctx context.Context, q db.Queryer) ([]Draft, []job.Job, error)

// Known is the decision that needs to read nothing.
func Known(drafts ...Draft) Decision {
	return func(context.Context, db.Queryer) ([]Draft, []job.Job, error) { return drafts, nil, nil }
}

// Do writes what an act decides, once. It returns when that is on disk; an act whose id is known with the
// same fingerprint (see Same) is done already. Errors of decide come back as they are.
func (j *Journal) Do(ctx context.Context, a Act, same [32]byte, decide Decision) error {
	w, err := j.writer(a.Programme)
	if err != nil {
		return err
	}
	return w.ask(ctx, a, same, decide)
}
