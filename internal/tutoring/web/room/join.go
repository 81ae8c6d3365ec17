package room

import (
	"net/url"
	"time"

	"github.com/a-h/templ"
	ics "github.com/arran4/golang-ical"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// joining is what a phone sees that scanned the code of a session.
type joining struct {
	c       *web.Ctx
	f       ui.Frame
	session tutoring.SessionRow
	mine    tutoring.AttendanceRow // of the learner who is signed in
	half    int64
	title   string            // of what is learnt, in the reader's language; else the session's
	cards   []templ.Component // questionnaires of a trial
}

// door asks for the code that stands on the wall.
func (p *Pages) door(c *web.Ctx) error { return c.Page(c.Frame(c.T("room.join")), doorPage(nil, "")) }

func (p *Pages) knock(c *web.Ctx) error {
	w, err := p.Tutoring.Joining(c, c.PID(), c.Form("code"))
	if fault.Is(err, fault.NotFound) {
		f := c.Frame(c.T("room.join"))
		f.Path = "/s"
		return c.Again(f, doorPage([]fault.Field{{Name: "code", Key: "room.code.wrong"}}, c.Form("code")))
	}
	if err != nil {
		return err
	}
	return c.Go("/s/" + w.Code)
}

func (p *Pages) join(c *web.Ctx) error {
	w, err := p.Tutoring.Joining(c, c.PID(), c.R.PathValue("code"))
	if err != nil {
		return err
	}
	x := joining{c: c, session: w, title: w.Title, half: w.HalfNow(c.Now())}
	if m, err := p.Learning.Module(c, c.PID(), w.Module); err == nil {
		x.title = m.Text(c.Lang()).Title
	}
	x.f = c.Frame(x.title)
	if x.comes() {
		if x.mine, err = p.Tutoring.AttendanceOf(c, c.PID(), c.Actor.Person, w.Owner, x.half); err != nil {
			return err
		}
		if x.cards, err = p.asked(c, w, x.mine); err != nil {
			return err
		}
	}
	return c.Page(x.f, joinPage(x))
}

// asked are the questionnaires of a trial: the first one for who is there while it runs, the other one for who was
// there once it is over.
func (p *Pages) asked(c *web.Ctx, w tutoring.SessionRow, mine tutoring.AttendanceRow) ([]templ.Component, error) {
	switch {
	case w.Kind != "trial":
		return nil, nil
	case w.State == tutoring.Running && mine.There:
		return c.Slots("trial-before", c.Actor.Person)
	case w.State == tutoring.Over:
		came, err := p.Tutoring.Came(c, c.PID(), c.Actor.Person, w.Owner)
		if err != nil || !came {
			return nil, err
		}
		return c.Slots("trial-after", c.Actor.Person)
	}
	return nil, nil
}

// comes tells whether the reader is one of those who come to such a session: learners, and tutors to a training.
func (x joining) comes() bool {
	return x.c.Actor.Has(access.Learner) && !x.session.ForStaff() || x.session.Kind == "training" && x.c.Actor.Has(access.Tutor)
}

// here is somebody who says on their own phone that they are there: this is their signature.
func (p *Pages) here(c *web.Ctx) error {
	w, err := p.Tutoring.Joining(c, c.PID(), c.R.PathValue("code"))
	if err != nil {
		return err
	}
	if !(joining{c: c, session: w}).comes() {
		return fault.New(fault.NotFound, "")
	}
	if err := p.Tutoring.Here(c, c.Act(), c.Actor.Person, w.Owner, w.HalfNow(c.Now())); err != nil {
		return err
	}
	return c.GoSaying("/s/"+w.Code, "room.here.done")
}

// invite is the session for a calendar. It names the place and the hour, nobody, and not the programme.
func (p *Pages) invite(c *web.Ctx) error {
	w, err := p.Tutoring.Joining(c, c.PID(), c.R.PathValue("code"))
	if err != nil {
		return err
	}
	cal := ics.NewCalendarFor("Tremplin")
	cal.SetMethod(ics.MethodPublish)
	e := cal.AddEvent(w.Owner.String())
	e.SetDtStampTime(c.Now())
	e.SetStartAt(w.Begins())
	e.SetEndAt(w.Begins().Add(time.Duration(w.Hours * float64(time.Hour))))
	e.SetSummary(w.Title)
	e.SetLocation(w.Place)
	at := w.Link
	if at == "" {
		at = c.Origin() + "/s/" + w.Code
	}
	e.SetURL(at)
	return c.Bytes("text/calendar; charset=utf-8", "session.ics", []byte(cal.Serialize()))
}

// signInTo leads to the session again, once somebody is signed in.
func signInTo(w tutoring.SessionRow) string { return "/sign-in?to=" + url.QueryEscape("/s/"+w.Code) }
