package web

import (
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// opening is the form that opens a group.
type opening struct {
	c                       *web.Ctx
	name, place, org, tutor string
	partners                []people.OrganisationRow
	places                  []string // sites of partners, offered
	tutors                  []tutoring.Candidate
	faults                  []fault.Field
}

func (p *Pages) opening(c *web.Ctx) (x opening, err error) {
	v := c.R.PostFormValue
	x = opening{c: c, name: v("name"), place: v("place"), org: v("organisation"), tutor: v("tutor")}
	if x.partners, err = p.Tutoring.People.Partners(c, c.PID()); err != nil {
		return x, err
	}
	if own := c.Actor.Organisation; !tutoring.SeesAll(c.Actor) && !own.IsZero() { // a tutor acts for theirs alone
		x.org = own.String()
		x.partners = slices.DeleteFunc(x.partners, func(o people.OrganisationRow) bool { return o.Owner != own })
	}
	sites, err := p.Tutoring.People.SitesOf(c, c.PID())
	if err != nil {
		return x, err
	}
	for _, o := range x.partners {
		for _, s := range sites[o.Owner] {
			x.places = append(x.places, s.Name+", "+s.City)
		}
	}
	if tutoring.SeesAll(c.Actor) {
		x.tutors, err = p.Tutoring.Tutors(c, c.PID())
	}
	return x, err
}

func (p *Pages) newGroup(c *web.Ctx) error {
	x, err := p.opening(c)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("tutoring.group.new"))
	return c.Page(f, groupForm(x, f))
}

// openGroup opens a group: a coordinator says for whom, a tutor opens it for themselves.
func (p *Pages) openGroup(c *web.Ctx) error {
	a := c.Act()
	g := tutoring.NewGroup{ID: id.Derive(a.ID[:], []byte("group")), Said: tutoring.Opened{Name: c.Form("name"), Place: c.Form("place")}, Tutor: c.Actor.Person}
	if tutoring.SeesAll(c.Actor) {
		g.Tutor, _ = id.Parse(c.Form("tutor")) // nobody yet
	}
	g.Said.Organisation, _ = id.Parse(c.Form("organisation")) // none
	if own := c.Actor.Organisation; !tutoring.SeesAll(c.Actor) && !own.IsZero() {
		g.Said.Organisation = own
	}
	if err := p.Tutoring.OpenGroup(c, a, g); err != nil {
		return p.groupAgain(c, err)
	}
	p.Tutoring.Identity.Forget() // the tutor has a role more
	return c.GoSaying(address("/group", "group", g.ID.String()), "tutoring.group.opened")
}

func (p *Pages) groupAgain(c *web.Ctx, err error) error {
	fs := fault.FieldsOf(err)
	if fs == nil {
		return err
	}
	x, err := p.opening(c)
	if err != nil {
		return err
	}
	x.faults = fs
	f := c.Frame(c.T("tutoring.group.new"))
	f.Path = "/group/new"
	return c.Again(f, groupForm(x, f))
}

func (x opening) partnerOptions() []ui.Option {
	out := []ui.Option{{Text: "—"}}
	for _, o := range x.partners {
		out = append(out, ui.Option{Value: o.Owner.String(), Text: o.Name, Chosen: o.Owner.String() == x.org})
	}
	return out
}

func (x opening) tutorOptions() []ui.Option {
	out := []ui.Option{{Text: "—"}}
	for _, t := range x.tutors {
		out = append(out, ui.Option{Value: t.ID.String(), Text: t.Name, Chosen: t.ID.String() == x.tutor})
	}
	return out
}
