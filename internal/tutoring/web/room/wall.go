package room

import (
	"cmp"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// wallView is what is projected before the first screen: the code to scan.
type wallView struct {
	c       *web.Ctx
	f       ui.Frame
	session tutoring.SessionRow
	code    string
	address string
}

// wall projects the code to scan, or the screen at which the session is.
func (p *Pages) wall(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	at, err := p.Tutoring.Wall(c, c.PID(), w.Owner)
	if err != nil {
		return err
	}
	if to := largeOf(w, at); to != "" {
		return c.Go(to)
	}
	x := wallView{c: c, session: w, f: c.Frame(w.Title), address: c.Origin() + "/s/" + w.Code}
	x.f.Bare = true
	code, err := paper.QR(x.address)
	if err != nil {
		return err
	}
	x.code = string(code)
	return c.Page(x.f, wallPage(x))
}

// largeOf is the large view of a screen, for the wall; empty for the code to scan.
func largeOf(w tutoring.SessionRow, at int) string {
	if w.Module == "" || at < 1 {
		return ""
	}
	return "/learn/" + w.Module + "/" + strconv.Itoa(at) + "/wall?session=" + w.Owner.String()
}

// turn projects another screen.
func (p *Pages) turn(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	at, _ := strconv.Atoi(c.Form("at")) // what is no number shows the code again
	if err := p.Tutoring.Turn(c, c.Actor, w.Owner, at); err != nil {
		return err
	}
	return c.Go(cmp.Or(largeOf(w, at), path(w)+"/wall"))
}

// WallKeys are, below the large view of a screen, the ways to the next and back, for whoever holds the session.
func (p *Pages) WallKeys(c *web.Ctx, module id.ID) (templ.Component, error) {
	which, err := id.Parse(c.Query("session"))
	if err != nil {
		return nil, nil
	}
	w, err := p.Tutoring.MeetingOf(c, c.Actor, which)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, err := p.Learning.Module(c, c.PID(), w.Module)
	if err != nil || m.Owner != module {
		return nil, err
	}
	at, _ := strconv.Atoi(c.R.PathValue("at"))
	return wallKeys(w, at, int(m.Screens)), nil
}

// roomCookie names the session that a phone follows, by its code.
const roomCookie = "room"

// now says what is on the wall: a script asks for JSON, a link is led there.
func (p *Pages) now(c *web.Ctx) error {
	w, err := p.Tutoring.Joining(c, c.PID(), c.R.PathValue("code"))
	if err != nil {
		return err
	}
	at, err := p.Tutoring.Wall(c, c.PID(), w.Owner)
	if err != nil {
		return err
	}
	if c.R.Header.Get("Accept") != "application/json" {
		return c.Go(screenOf(w, at))
	}
	return c.JSON(map[string]any{"at": at, "runs": w.State == tutoring.Running, "to": screenOf(w, at)})
}

// screenOf is where a phone finds what is on the wall, in its own language.
func screenOf(w tutoring.SessionRow, at int) string {
	if w.Module == "" || at < 1 {
		return "/s/" + w.Code
	}
	return "/learn/" + w.Module + "/" + strconv.Itoa(at)
}

// followFor is how long a phone follows.
const followFor = 10 * time.Hour

// follow makes this phone follow the session, for as long as a day of it lasts.
func (p *Pages) follow(c *web.Ctx) error {
	w, err := p.Tutoring.Joining(c, c.PID(), c.R.PathValue("code"))
	if err != nil {
		return err
	}
	c.SetCookie(roomCookie, w.Code, int(followFor/time.Second))
	at, err := p.Tutoring.Wall(c, c.PID(), w.Owner)
	if err != nil {
		return err
	}
	if w.Module != "" && at < 1 {
		return c.Go("/learn/" + w.Module)
	}
	return c.Go(screenOf(w, at))
}
