package web

import (
	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// portrait shows somebody's photo, to whoever may see them; no device keeps it.
func (p *Pages) portrait(c *web.Ctx) error {
	who, err := c.ID("person")
	if err != nil {
		return err
	}
	b, err := p.Tutoring.Portrait(c, c.Programme, c.Actor, who)
	if err != nil {
		return err
	}
	return c.Bytes("image/jpeg", "", b)
}

// keepPortrait takes a photo of somebody who agrees to it.
func (p *Pages) keepPortrait(c *web.Ctx) error {
	row, q, err := p.pictured(c)
	if err != nil {
		return err
	}
	taken, _, err := c.File("photo")
	if err != nil {
		return err
	}
	err = p.Tutoring.KeepPortrait(c, c.Act(), c.Actor, row.ID, q, c.Form("agrees") == "yes", taken)
	if fs := fault.FieldsOf(err); fs != nil {
		return p.drawPerson(c, row, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(groupPath(row), "tutoring.photo.kept")
}

// dropPortrait takes the permission back, and the photo away.
func (p *Pages) dropPortrait(c *web.Ctx) error {
	row, q, err := p.pictured(c)
	if err != nil {
		return err
	}
	if err := p.Tutoring.DropPortrait(c, c.Act(), c.Actor, row.ID, q); err != nil {
		return err
	}
	return c.GoSaying(groupPath(row), "tutoring.photo.dropped")
}

// pictured reads the person and the purpose under which photos are shown.
func (p *Pages) pictured(c *web.Ctx) (row tutoring.Row, q programme.Purpose, err error) {
	q, ok := tutoring.Picturing(c.Programme)
	if !ok {
		return row, q, fault.New(fault.NotFound, "")
	}
	row, err = p.one(c, access.Write)
	return row, q, err
}
