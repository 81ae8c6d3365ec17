package web

import (
	"cmp"
	"slices"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// bringing is how people who are known come into a group: those who are in none are offered, others are
// searched by name.
type bringing struct {
	c        *web.Ctx
	group    tutoring.GroupRow
	search   string
	found    []tutoring.Known
	unplaced []people.PersonRow
	all      bool // are ticked
	faults   []fault.Field
}

func (p *Pages) known(c *web.Ctx) error { return p.drawBring(c, c.Query("group"), nil) }

func (p *Pages) drawBring(c *web.Ctx, group string, faults []fault.Field) error {
	g, err := p.groupOf(c, group)
	if err != nil {
		return err
	}
	b := bringing{c: c, group: g, search: c.Query("q"), all: c.Query("all") != "", faults: faults}
	if b.search != "" {
		b.found, err = p.Tutoring.Known(c, c.Actor, g.Owner, b.search)
	} else {
		b.unplaced, err = p.Tutoring.Unplaced(c, c.Actor)
	}
	if err != nil {
		return err
	}
	f := c.Frame(c.T("tutoring.bring"))
	f.Path = address("/group/bring", "group", group, "q", b.search)
	if len(faults) > 0 {
		return c.Again(f, bringPage(b, f))
	}
	return c.Page(f, bringPage(b, f))
}

// bring puts people who are known into a group.
func (p *Pages) bring(c *web.Ctx) error {
	g, err := p.groupOf(c, c.Form("group"))
	if err != nil {
		return err
	}
	asked := tutoring.Ids(c.R.PostForm["person"])
	if len(asked) == 0 {
		return p.drawBring(c, c.Form("group"), []fault.Field{{Name: "person", Key: "tutoring.cards.none"}})
	}
	if err := p.Tutoring.Bring(c, c.Actor, c.Act(), g.Owner, asked); err != nil {
		return err
	}
	p.Tutoring.Identity.Forget()
	return c.GoSaying(cmp.Or(c.Form("back"), address("/group", "group", g.Owner.String())), "tutoring.bring.done")
}

// move puts a learner into another group of the reader's, or takes them out of theirs.
func (p *Pages) move(c *web.Ctx) error {
	row, err := p.one(c, access.Write)
	if err != nil {
		return err
	}
	m := tutoring.Move{Person: row.ID, From: row.Group}
	if c.Form("do") != "out" {
		if m.To, err = id.Parse(c.Form("to")); err != nil {
			return c.GoSaying(groupPath(row), "tutoring.move.choose")
		}
	}
	if err := p.Tutoring.Move(c, c.Actor, c.Act(), m); err != nil {
		return err
	}
	p.Tutoring.Identity.Forget()
	if m.To.IsZero() {
		return c.GoSaying(address("/group", "group", m.From.String()), "tutoring.move.out.done")
	}
	return c.GoSaying(groupPath(row), "tutoring.move.done")
}

// elsewhere are the groups into which the person could go.
func (x file) elsewhere() []ui.Option {
	return groupOptions(slices.DeleteFunc(slices.Clone(x.groups), func(g tutoring.GroupRow) bool { return g.Owner == x.group.Owner }), "")
}

// PersonGroups is a card for a coordinator's page of a person: where they are accompanied. Its signature is
// web.Slot.
func (p *Pages) PersonGroups(c *web.Ctx, owner id.ID) (templ.Component, error) {
	in, learns, err := p.Tutoring.GroupsOf(c, c.PID(), owner)
	if err != nil || !tutoring.SeesAll(c.Actor) {
		return nil, err
	}
	var all []tutoring.GroupRow
	if learns && len(in) == 0 {
		if all, err = p.Tutoring.GroupsFor(c, c.Actor); err != nil {
			return nil, err
		}
	}
	return personGroups(owner, in, groupOptions(all, ""), learns), nil
}

// Attention is a card for the coordinator's first page: groups without a tutor, people without a group. No
// card where everybody is looked after. Its signature is web.Slot.
func (p *Pages) Attention(c *web.Ctx, _ id.ID) (templ.Component, error) {
	u, err := p.Tutoring.Unattended(c, c.PID())
	if err != nil || len(u.Groups) == 0 && u.Alone == 0 {
		return nil, err
	}
	return attention(u), nil
}
