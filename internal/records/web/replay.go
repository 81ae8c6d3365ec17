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
	if why := refusedFor(err); why != nil {
		return why
	}
	if err != nil {
		return err
	}
	return s.Settle(ctx, programme, which)
}

// refusedFor says why what came cannot be taken, in words of the page; nil where it is none of that.
func refusedFor(err error) error {
	var f *xapi.Fault
	var no *refusal
	still := fault.Field{Name: "refused", Key: "records.refused.still"}
	switch {
	case errors.As(err, &f), errors.As(err, &no):
		still.Args = []any{"Why", short(err.Error())}
	case errors.Is(err, journal.ErrConflict):
		still.Key = "records.refused.other"
	case errors.Is(err, journal.ErrErased):
		still.Key = "records.refused.erased"
	default:
		return nil
	}
	return fault.Fields(still)
}
