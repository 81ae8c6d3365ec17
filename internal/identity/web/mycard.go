package web

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/web"
)

// myCard offers a learner the card with which they come back on any phone: who keeps their progress alone has
// no tutor to ask.
func (p *Pages) myCard(c *web.Ctx) error { return p.drawCard(c, "") }

// showCard makes the card and shows it this once. What it says stands in no address and is not kept.
func (p *Pages) showCard(c *web.Ctx) error {
	if !c.Actor.Has(access.Learner) {
		return fault.New(fault.NotFound, "")
	}
	said, err := p.Identity.Card(c, c.PID(), c.Actor.Person)
	if err != nil {
		return err
	}
	code, err := paper.QR(c.Origin() + "/card/" + said + "?lang=" + c.Lang())
	if err != nil {
		return err
	}
	return p.drawCard(c, string(code))
}

func (p *Pages) drawCard(c *web.Ctx, code string) error {
	if !c.Actor.Has(access.Learner) {
		return fault.New(fault.NotFound, "")
	}
	f := c.Frame(c.T("identity.my-card"))
	f.Path = "/account/card"
	return c.Page(f, myCardPage(c, code))
}
