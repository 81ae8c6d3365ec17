package web

import (
	"github.com/a-h/templ"

	"tremplin/internal/core/web"
	"tremplin/internal/learning"
)

// home is a learner's own page: one card, the next step.
func (p *Pages) home(c *web.Ctx) error {
	all, err := p.Learning.Library(c, c.PID(), c.Lang(), learner(c), learning.Filter{Audience: "learner"})
	if err != nil {
		return err
	}
	cards, err := c.Slots("me", c.Actor.Person)
	if err != nil {
		return err
	}
	h := home{c: c, next: next(all), cards: cards}
	if h.elsewhere, err = c.Slots("progress", c.Actor.Person); err != nil {
		return err
	}
	for _, o := range all {
		if o.Run.StartedAt > 0 {
			h.begun = append(h.begun, o)
		}
	}
	return c.Page(c.Frame(c.T("learning.home")), homePage(h))
}

type home struct {
	c     *web.Ctx
	next  *learning.Offer
	begun []learning.Offer
	cards []templ.Component

	elsewhere []templ.Component // what is learnt on other platforms
}

// next is what to go on with: the module begun last, else the first not finished.
func next(all []learning.Offer) *learning.Offer {
	if o := resume(all); o != nil {
		return o
	}
	for i := range all {
		if all[i].Run.FinishedAt == 0 {
			return &all[i]
		}
	}
	return nil
}
