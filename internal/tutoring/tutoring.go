// Package tutoring is the work of those who accompany: groups and who is in them, how each person is
// getting on, asking how somebody is, handing over cards and PINs, sessions and who signed, and the
// tutors' own training. How people are getting on is computed from what they did; nobody types it. It
// keeps no message that was sent, and no PIN.
package tutoring

import (
	"context"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/identity"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Service does what tutors ask of this slice.
type Service struct {
	J        *journal.Journal
	People   *people.Service
	Learning *learning.Service
	Identity *identity.Service
	memo     memo
}

// Act is one act of one person: where, under which id, by whom, and when it happened.
type Act struct {
	Programme, Command, Author id.ID
	At                         time.Time // zero: now
}

// decision reads and returns the entries of an act.
type decision func(ctx context.Context, q db.Queryer) ([]journal.Draft, error)

// do writes what a decision returns, once for the act's id.
func (s *Service) do(ctx context.Context, a Act, same [32]byte, decide decision) error {
	return s.J.Do(ctx, a.Programme, journal.Command{
		ID: a.Command, Same: same, Author: a.Author, At: a.At,
		Decide: func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
			ds, err := decide(ctx, q)
			return ds, nil, err
		},
	})
}

// known is a decision that needs to read nothing.
func known(ds ...journal.Draft) decision {
	return func(context.Context, db.Queryer) ([]journal.Draft, error) { return ds, nil }
}

// at puts an instant of its own on a draft; zero leaves the act's.
func at(d journal.Draft, t time.Time) journal.Draft {
	if !t.IsZero() {
		d.At = t.UnixMicro()
	}
	return d
}
