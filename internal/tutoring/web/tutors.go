package web

import (
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// accompanying is who accompanies a group, and who could.
type accompanying struct {
	c      *web.Ctx
	group  tutoring.GroupRow
	here   []tutoring.Candidate
	others []tutoring.Candidate
	chosen string
	faults []fault.Field
}

func (p *Pages) accompanying(c *web.Ctx, group string) (x accompanying, err error) {
	x = accompanying{c: c, chosen: c.R.PostFormValue("tutor")}
	if x.group, err = p.groupOf(c, group); err != nil {
		return x, err
	}
	if x.here, err = p.Tutoring.TutorsOf(c, c.PID(), x.group.Owner); err != nil {
		return x, err
	}
	x.others, err = p.Tutoring.Tutors(c, c.PID())
	x.others = slices.DeleteFunc(x.others, func(t tutoring.Candidate) bool { return slices.Contains(x.here, t) })
	return x, err
}

// groupOf reads the group that a field names; anything else is "not found".
func (p *Pages) groupOf(c *web.Ctx, group string) (tutoring.GroupRow, error) {
	g, err := id.Parse(group)
	if err != nil {
		return tutoring.GroupRow{}, fault.New(fault.NotFound, "")
	}
	return p.Tutoring.Group(c, c.Actor, g)
}

func (p *Pages) tutors(c *web.Ctx) error {
	x, err := p.accompanying(c, c.Query("group"))
	if err != nil {
		return err
	}
	f := c.Frame(c.T("tutoring.group.tutors"))
	return c.Page(f, tutorsPage(x, f))
}

func (x accompanying) at() string { return address("/group/tutors", "group", x.group.Owner.String()) }

// assign gives a group one more tutor: what a coordinator does.
func (p *Pages) assign(c *web.Ctx) error {
	x, err := p.accompanying(c, c.Form("group"))
	if err != nil {
		return err
	}
	tutor, _ := id.Parse(c.Form("tutor")) // nobody: refused below
	err = p.Tutoring.AssignTutor(c, c.Act(), x.group.Owner, tutor)
	if x.faults = fault.FieldsOf(err); x.faults != nil {
		f := c.Frame(c.T("tutoring.group.tutors"))
		f.Path = x.at()
		return c.Again(f, tutorsPage(x, f))
	}
	if err != nil {
		return err
	}
	p.Tutoring.Identity.Forget()
	return c.GoSaying(x.at(), "tutoring.group.tutor.given")
}

// unassign takes a tutor off a group; that nobody accompanies it any more is said.
func (p *Pages) unassign(c *web.Ctx) error {
	x, err := p.accompanying(c, c.Form("group"))
	if err != nil {
		return err
	}
	tutor, err := id.Parse(c.Form("tutor"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	alone, err := p.Tutoring.Unassign(c, c.Act(), x.group.Owner, tutor)
	if err != nil {
		return err
	}
	p.Tutoring.Identity.Forget()
	if alone {
		return c.GoSaying(x.at(), "tutoring.group.tutor.gone-last")
	}
	return c.GoSaying(x.at(), "tutoring.group.tutor.gone")
}

func (x accompanying) options() []ui.Option {
	var out []ui.Option
	for _, t := range x.others {
		out = append(out, ui.Option{Value: t.ID.String(), Text: t.Name, Chosen: t.ID.String() == x.chosen})
	}
	return ui.OrNone(out)
}
