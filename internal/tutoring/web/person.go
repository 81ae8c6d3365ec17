package web

import (
	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// file is one person as the tutor sees them, by what they may see.
type file struct {
	c       *web.Ctx
	row     tutoring.Row
	group   tutoring.GroupRow
	groups  []tutoring.GroupRow // where the reader could put them
	nudges  []tutoring.NudgeRow
	remarks []learning.RemarkRow // on the screen where the person is stuck
	contact bool                 // telephone and e-mail may be seen
	cards   []templ.Component    // what other slices know of how far they are

	picturing *programme.Purpose // under which photos are shown; none: no photos here
	faults    []fault.Field      // with the photo that was sent
}

func (p *Pages) person(c *web.Ctx) error {
	row, err := p.one(c, access.Read)
	if err != nil {
		return err
	}
	return p.drawPerson(c, row, nil)
}

func (p *Pages) drawPerson(c *web.Ctx, row tutoring.Row, faults []fault.Field) (err error) {
	x := file{c: c, row: row, contact: c.Actor.May(access.Read, access.Contact), faults: faults}
	if err := p.opened(c, x); err != nil {
		return err
	}
	if x.groups, err = p.Tutoring.GroupsFor(c, c.Actor); err != nil {
		return err
	}
	if x.group, err = p.groupIn(c, x.groups, row.Group); err != nil {
		return err
	}
	if row.Standing != tutoring.Private {
		if x.cards, err = c.Slots("progress", row.ID); err != nil {
			return err
		}
	}
	if x.nudges, err = p.Tutoring.NudgesOf(c, c.PID(), row.ID); err != nil {
		return err
	}
	if run, ok := row.Blocked(); ok {
		if x.remarks, err = p.Tutoring.Learning.OpenRemarks(c, c.PID(), run.Module, run.Screen, tutoring.MaxRemarks); err != nil {
			return err
		}
	}
	if q, ok := tutoring.Picturing(c.Programme); ok && c.Actor.May(access.Write, access.Groups) {
		x.picturing = &q
	}
	f := c.Frame(row.Name())
	if faults != nil {
		f.Path = groupPath(row)
		return c.Again(f, personPage(x, f))
	}
	return c.Page(f, personPage(x, f))
}

// groupIn finds a group among those at hand; a list that is cut may lack it.
func (p *Pages) groupIn(c *web.Ctx, groups []tutoring.GroupRow, group id.ID) (tutoring.GroupRow, error) {
	for _, g := range groups {
		if g.Owner == group {
			return g, nil
		}
	}
	return p.Tutoring.Group(c, c.Actor, group)
}

// opened notes that the file was read: the sections that the page shows.
func (p *Pages) opened(c *web.Ctx, x file) error {
	section := access.Learning
	if x.row.Standing == tutoring.Private {
		section = access.Identity
	}
	if err := p.Tutoring.People.Opened(c, c.Actor, x.row.ID, section, ""); err != nil {
		return err
	}
	if x.contact && (x.row.Phone != "" || x.row.Email != "") {
		return p.Tutoring.People.Opened(c, c.Actor, x.row.ID, access.Contact, "")
	}
	return nil
}

// resetPIN shows a new PIN, this once: never in an address, never kept.
func (p *Pages) resetPIN(c *web.Ctx) error {
	row, err := p.one(c, access.Write)
	if err != nil {
		return err
	}
	pin, err := p.Tutoring.ResetPIN(c, c.Act(), row.ID)
	if err != nil {
		return err
	}
	return p.showPIN(c, row, pin, c.T("tutoring.pin.new"))
}

func (p *Pages) showPIN(c *web.Ctx, row tutoring.Row, pin, title string) error {
	f := c.Frame(title)
	f.Path = groupPath(row)
	return c.Page(f, pinPage(row, pin[:3]+" "+pin[3:], title, f))
}

// setPhone notes a number that somebody gave, then offers to ask how they are.
func (p *Pages) setPhone(c *web.Ctx) error {
	row, err := p.one(c, access.Write)
	if err != nil {
		return err
	}
	err = p.Tutoring.SetPhone(c, c.Act(), row.ID, c.Form("phone"))
	if fs := fault.FieldsOf(err); fs != nil {
		return p.drawNudge(c, row, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(groupPath(row)+"/nudge", "tutoring.phone.kept")
}
