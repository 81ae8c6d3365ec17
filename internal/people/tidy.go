package people

import (
	"context"
	"errors"
	"time"

	"tremplin/internal/core/draft"
)

// Days that work in progress stays when nobody touches it: a form that somebody has begun, and a file on its
// way in, which may speak of many people.
const (
	KeepHalf = 90
	KeepFile = 7
)

// Tidy deletes what was begun and left.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	var errs []error
	const day = 24 * time.Hour
	for kind, life := range map[string]time.Duration{
		halfKind: KeepHalf * day, laterKind: PutOffFor, TableKind: KeepFile * day, TrialKind: KeepFile * day,
	} {
		errs = append(errs, draft.Expire(ctx, s.J.DB(), kind, now.Add(-life)))
	}
	return errors.Join(errs...)
}
