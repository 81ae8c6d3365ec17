package web

import (
	"context"
	"errors"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// replay reads again what was refused, as its client sent it. What can be taken now is kept and no longer listed; what
// is still wrong is said, and stays.
func replay(ctx context.Context, w *i18n.Words, s *records.Service, home string, programme, which id.ID) error {
	r, who, came, err := s.Came(ctx, programme, which)
	if err != nil {
		return err
	}
	who.Home = home
	p, err := open(xapi.Version(r.Version), r.Type, came)
	if err == nil {
		_, err = s.Take(ctx, who, p.Parcel)
	}
	if why := refusedFor(w, err); why != nil {
		return why
	}
	if err != nil {
		return err
	}
	return s.Settle(ctx, programme, which)
}

// refusedFor says why what came cannot be taken, in words of the page; nil where it is none of that.
func refusedFor(w *i18n.Words, err error) error {
	var f *xapi.Fault
	still := fault.Field{Name: "refused", Key: "records.refused.still"}
	switch {
	case errors.As(err, &f):
		f = f.Short()
		still.Args = []any{"Why", reason(w, f.Reason.Code, f.At, f.Args)}
	case errors.Is(err, journal.ErrConflict):
		still.Key = "records.refused.other"
	case errors.Is(err, journal.ErrErased):
		still.Key = "records.refused.erased"
	default:
		return nil
	}
	return fault.Fields(still)
}

// reason says why something was refused, and where in it: "This is no e-mail address … (actor.mbox)".
func reason(w *i18n.Words, code, where string, quoted []string) string {
	var args []any
	for i, q := range quoted {
		args = append(args, string(rune('A'+i)), q)
	}
	said := w.T("records.why."+code, args...)
	if where == "" {
		return said
	}
	return w.T("records.refused.at", "Where", where, "Why", said)
}
