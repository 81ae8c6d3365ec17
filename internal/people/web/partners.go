package web

import (
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// partnerView is a partner with its sites, and a site about to be added.
type partnerView struct {
	c       *web.Ctx
	f       ui.Frame
	partner people.OrganisationRow
	sites   []people.SiteRow
	said    people.Site
	faults  []fault.Field
}

func (p *Pages) programme(c *web.Ctx) error {
	partners, err := p.People.Partners(c, c.PID())
	if err != nil {
		return err
	}
	sites, err := p.People.SitesOf(c, c.PID())
	if err != nil {
		return err
	}
	counts, err := p.People.Counts(c, c.PID())
	if err != nil {
		return err
	}
	cards, err := c.Slots("programme", c.Actor.Person)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("people.programme"))
	return c.Page(f, programmePage(c, f, partners, sites, counts, cards))
}

func (p *Pages) partner(c *web.Ctx) error {
	v, err := p.readPartner(c)
	if err != nil {
		return err
	}
	return c.Page(v.f, partnerPage(v))
}

func (p *Pages) readPartner(c *web.Ctx) (v partnerView, err error) {
	who, err := c.ID("organisation")
	if err != nil {
		return v, err
	}
	v.c = c
	if v.partner, err = p.People.Organisation(c, c.PID(), who); err != nil {
		return v, err
	}
	if v.partner.Owner.IsZero() {
		return v, fault.New(fault.NotFound, "")
	}
	sites, err := p.People.SitesOf(c, c.PID())
	v.sites, v.said.Country, v.f = sites[who], v.partner.Country, c.Frame(v.partner.Name)
	return v, err
}

func (p *Pages) addSite(c *web.Ctx) error {
	v, err := p.readPartner(c)
	if err != nil {
		return err
	}
	a := c.Act()
	v.said = people.Site{Name: c.Form("name"), City: c.Form("city"), Country: c.Form("country")}
	err = p.People.DescribeSite(c, a, v.partner.Owner, id.Derive(a.ID[:], []byte("site")), v.said)
	if v.faults = fault.FieldsOf(err); v.faults != nil {
		return c.Again(v.f, partnerPage(v))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/programme/partners/"+v.partner.Owner.String(), "people.site.added")
}
