package room

import (
	"context"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// perPage is how many sessions a page lists.
const perPage = 30

// listing is the sessions to come, and those that are over.
type listing struct {
	c             *web.Ctx
	f             ui.Frame
	coming, over  []tutoring.SessionRow
	later, before string // where their next pages begin
}

func (p *Pages) list(c *web.Ctx) (err error) {
	x := listing{c: c, f: c.Frame(c.T("room.sessions"))}
	if x.coming, x.later, err = p.Tutoring.Meetings(c, c.Actor, false, c.Query("later"), perPage); err != nil {
		return err
	}
	if x.over, x.before, err = p.Tutoring.Meetings(c, c.Actor, true, c.Query("before"), perPage); err != nil {
		return err
	}
	return c.Page(x.f, listPage(x))
}

// tags of a session's state.
var tags = map[string]string{tutoring.ToCome: "", tutoring.Running: "wait", tutoring.Over: "ok", tutoring.Dropped: "quiet"}

// dayOf says the day of a session, as it is called where it is held.
func dayOf(ctx context.Context, w tutoring.SessionRow) string {
	t, err := time.Parse(time.DateOnly, w.HeldOn)
	if err != nil {
		return w.HeldOn
	}
	return i18n.Date(ctx, t)
}
