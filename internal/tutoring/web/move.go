package web

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// bringing is the search for somebody who is known already, to bring them into a group.
type bringing struct {
	c      *web.Ctx
	group  tutoring.GroupRow
	search string
	found  []people.Person
}

// known searches people by name; without a name it asks for one.
func (p *Pages) known(c *web.Ctx) error {
	g, err := p.groupOf(c, c.Query("group"))
	if err != nil {
		return err
	}
	b := bringing{c: c, group: g, search: c.Query("q")}
	if b.search != "" {
		if b.found, err = p.Tutoring.Known(c, c.Actor, g.Owner, b.search); err != nil {
			return err
		}
	}
	f := c.Frame(c.T("tutoring.bring"))
	return c.Page(f, bringPage(b, f))
}

// bring puts somebody who is known into a group.
func (p *Pages) bring(c *web.Ctx) error {
	g, err := p.groupOf(c, c.Form("group"))
	if err != nil {
		return err
	}
	who, err := id.Parse(c.Form("person"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := p.Tutoring.Move(c, c.Actor, c.Act(), tutoring.Move{Person: who, To: g.Owner}); err != nil {
		return err
	}
	p.Tutoring.Identity.Forget()
	return c.GoSaying(address("/group", "group", g.Owner.String()), "tutoring.bring.done")
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
	var out []ui.Option
	for _, g := range x.groups {
		if g.Owner != x.group.Owner {
			out = append(out, ui.Option{Value: g.Owner.String(), Text: g.Name})
		}
	}
	return out
}
