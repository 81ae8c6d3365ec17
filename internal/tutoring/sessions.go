package tutoring

import (
	"context"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// Session is a session that was held, or is about to be.
type Session struct {
	ID   id.ID // made before the first try
	Said Held
	At   time.Time // when it was written down; zero: the act's
}

// Hold records sessions: all or nothing.
func (s *Service) Hold(ctx context.Context, a journal.Act, sessions ...Session) error {
	var fs []fault.Field
	var ds []journal.Draft
	for _, w := range sessions {
		fs = append(fs, w.Said.check()...)
		ds = append(ds, KindHeld.Draft(w.ID, w.ID, w.Said).When(w.At))
	}
	if err := fault.Fields(fs...); err != nil {
		return err
	}
	return s.J.Do(ctx, a, journal.Same(sessions), journal.Known(ds...))
}

// Signature is one half-day that somebody signs.
type Signature struct {
	Person, Session id.ID
	Half            int64 // 1 or 2
	At              time.Time
}

// Sign records signatures, all or nothing. A half-day is signed once, whoever sends it again.
func (s *Service) Sign(ctx context.Context, a journal.Act, signatures ...Signature) error {
	for _, w := range signatures {
		if w.Half != 1 && w.Half != 2 {
			return fault.Fields(fault.Field{Name: "half", Key: "tutoring.session.wrong"})
		}
	}
	return s.J.Do(ctx, a, journal.Same(signatures), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		held := map[id.ID]SessionRow{}
		ds := make([]journal.Draft, len(signatures))
		for i, w := range signatures {
			if _, ok := held[w.Session]; !ok {
				row, err := Sessions.Find(ctx, q, a.Programme, "and owner=$2", w.Session)
				if err != nil {
					return nil, nil, err
				}
				held[w.Session] = row
			}
			ds[i] = w.draft(a.Programme, held[w.Session])
		}
		return ds, nil, nil
	})
}

// draft has an id of its own, made of what is signed: the paper and the phone may both say it.
func (w Signature) draft(programme id.ID, held SessionRow) journal.Draft {
	d := KindSigned.Draft(w.Person, w.Session, Signed{
		Half: w.Half, Kind: held.Kind, Organisation: held.Organisation, Path: held.Path, Module: held.Module, Number: held.Number,
	}).When(w.At)
	d.ID = id.Derive(programme[:], w.Session[:], w.Person[:], []byte{byte(w.Half)}, []byte("signed"))
	d.Same = journal.Same(w.Session, w.Person, w.Half)
	return d
}
