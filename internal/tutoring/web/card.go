package web

import (
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// laterCookie remembers for a week that somebody does not want to write now.
const laterCookie = "tutor-later"

// MyTutor is a card for a learner's own page: who accompanies them, a way to write, and the question whether
// that tutor may see where they are, until it is answered. No card where nobody does. Its signature is web.Slot.
func (p *Pages) MyTutor(c *web.Ctx, owner id.ID) (templ.Component, error) {
	t, ok, err := p.Tutoring.TutorOf(c, c.PID(), owner)
	if err != nil || !ok {
		return nil, err
	}
	x := myTutor{Tutor: t, later: c.Cookie(laterCookie) != ""}
	if t.Phone != "" {
		x.link = string(whatsApp(t.Phone, c.T("tutoring.my-tutor.text", "Name", t.First, "From", c.Actor.Name)))
	}
	if q, asks := tutoring.Sharing(c.Programme); asks {
		_, said, err := people.Permissions.One(c, p.Tutoring.J.DB(), c.PID(), "and owner=$2 and purpose=$3", owner, q.ID)
		if err != nil {
			return nil, err
		}
		if !said {
			x.asks = &q
		}
	}
	return tutorCard(x, c.Lang()), nil
}

// myTutor is who accompanies a learner, as their own page shows them.
type myTutor struct {
	tutoring.Tutor
	link  string // to write; empty where there is no number
	later bool   // they do not want to write now
	asks  *programme.Purpose
}

// later folds the card for a week.
func (p *Pages) later(c *web.Ctx) error {
	c.SetCookie(laterCookie, "1", 7*24*3600)
	return c.Go("/me")
}

func instant(at int64) time.Time { return time.UnixMicro(at).UTC() }
