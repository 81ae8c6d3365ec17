package web

import (
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
)

// laterCookie remembers for a week that somebody does not want to write now.
const laterCookie = "tutor-later"

// MyTutor is a card for a learner's own page: who accompanies them, and a way to write. No card where
// nobody does. Its signature is web.Slot.
func (p *Pages) MyTutor(c *web.Ctx, owner id.ID) (templ.Component, error) {
	t, ok, err := p.Tutoring.TutorOf(c, c.PID(), owner)
	if err != nil || !ok {
		return nil, err
	}
	link := ""
	if t.Phone != "" {
		link = string(whatsApp(t.Phone, c.T("tutoring.my-tutor.text", "Name", t.First, "From", c.Actor.Name)))
	}
	return tutorCard(t, link, c.Cookie(laterCookie) != ""), nil
}

// later folds the card for a week.
func (p *Pages) later(c *web.Ctx) error {
	c.SetCookie(laterCookie, "1", 7*24*3600)
	return c.Go("/me")
}

func instant(at int64) time.Time { return time.UnixMicro(at).UTC() }
