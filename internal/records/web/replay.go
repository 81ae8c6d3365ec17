package web

import (
	"context"
	"errors"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// replay reads again what was refused, as its client sent it. What can be taken now is kept and no longer listed; what
// is still wrong is said, and stays.
func replay(ctx context.Context, s *records.Service, home string, programme, which id.ID) error {
	r, who, came, err := s.Came(ctx, programme, which)
	if err != nil {
		return err
	}
	who.Home = home
	p, err := open(xapi.Version(r.Version), r.Type, came)
	if err == nil {
		_, err = s.Take(ctx, who, p.Parcel)
	}
	var f *xapi.Fault
	switch {
	case errors.As(err, &f):
		return fault.Fields(fault.Field{Name: "refused", Key: "records.refused.still", Args: []any{"Why", short(f.Error())}})
	case errors.Is(err, journal.ErrConflict):
		return fault.New(fault.Conflict, "records.refused.other")
	case err != nil:
		return err
	}
	return s.Settle(ctx, programme, which)
}
