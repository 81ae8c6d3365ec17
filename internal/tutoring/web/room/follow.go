package room

import (
	"strconv"

	"github.com/a-h/templ"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// FollowBar is, on a lesson, the way to what is on the wall: shown on a phone that follows a session of this
// module, while it runs.
func (p *Pages) FollowBar(c *web.Ctx, module id.ID) (templ.Component, error) {
	code := c.Cookie(roomCookie)
	if code == "" {
		return nil, nil
	}
	w, err := p.Tutoring.Joining(c, c.PID(), code)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil || w.State != tutoring.Running || learning.ModuleID(c.PID(), w.Module) != module {
		return nil, err
	}
	v, err := p.Tutoring.Wall(c, c.PID(), w.Owner)
	if err != nil {
		return nil, err
	}
	here, _ := strconv.Atoi(c.R.PathValue("at")) // "next" and others: not known
	return followBar(w, v, here), nil
}
