package web

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/paper"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// choosing is the page on which cards are chosen.
type choosing struct {
	c      *web.Ctx
	groups []tutoring.GroupRow
	chosen tutoring.GroupRow
	people []tutoring.Row
	tick   string // who is ticked: new (those without a card), all or none
	faults []fault.Field
}

// maxCards is how many cards one print takes.
const maxCards = 200

func (p *Pages) chooseCards(c *web.Ctx) error { return p.drawCards(c, c.Query("group"), nil) }

func (p *Pages) drawCards(c *web.Ctx, group string, faults []fault.Field) error {
	groups, chosen, err := p.groups(c, group)
	if err != nil {
		return err
	}
	if tutoring.SeesAll(c.Actor) && chosen.Owner.IsZero() {
		return c.Go("/group")
	}
	x := choosing{c: c, groups: groups, chosen: chosen, tick: "new", faults: faults}
	if v := c.Query("tick"); v == "all" || v == "none" {
		x.tick = v
	}
	sel := selection(c, groups)
	sel.Status, sel.After, sel.Limit = "", "", maxCards
	list, err := p.Tutoring.List(c, c.Actor, access.Read, c.Lang(), sel)
	if err != nil {
		return err
	}
	x.people = list.People
	f := c.Frame(c.T("tutoring.cards"))
	f.Path = address("/group/cards", "group", group)
	if len(faults) > 0 {
		return c.Again(f, cardsPage(x, f))
	}
	return c.Page(f, cardsPage(x, f))
}

// printCards makes new cards for those who were chosen, each in their own language.
func (p *Pages) printCards(c *web.Ctx) error {
	asked := tutoring.Ids(c.R.PostForm["person"])
	if len(asked) == 0 {
		return p.drawCards(c, c.Form("group"), []fault.Field{{Name: "person", Key: "tutoring.cards.none"}})
	}
	sel := tutoring.Selection{Groups: tutoring.Mine(c.Actor), Only: asked, Ask: tutoring.Asks(c.Programme), Limit: maxCards}
	if tutoring.SeesAll(c.Actor) {
		sel.Groups = nil
	}
	list, err := p.Tutoring.List(c, c.Actor, access.Write, c.Lang(), sel)
	if err != nil {
		return err
	}
	if len(list.People) != len(asked) { // somebody whom the reader does not accompany
		return fault.New(fault.NotFound, "")
	}
	codes, err := p.Tutoring.PrintCards(c, c.Act(), asked)
	if err != nil {
		return err
	}
	b, err := paper.Cards(c.T("tutoring.cards"), cards(c, list.People, codes), c.Now())
	if err != nil {
		return err
	}
	return c.Bytes("application/pdf", "cards.pdf", b)
}

func cards(c *web.Ctx, people []tutoring.Row, codes map[id.ID]string) (out []paper.Card) {
	for _, r := range people {
		words := c.Site.Words.In(r.Language)
		out = append(out, paper.Card{
			Tongue: tongue(words.Code), Name: r.First, Code: c.Origin() + "/card/" + codes[r.ID] + "?lang=" + words.Code,
			Lines: [2]string{words.T("tutoring.card.scan"), words.T("tutoring.card.pin")},
		})
	}
	return out
}
