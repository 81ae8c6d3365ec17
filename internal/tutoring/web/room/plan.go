package room

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/text"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// planning is the form of a session's plan with what was typed so far.
type planning struct {
	c       *web.Ctx
	f       ui.Frame
	session tutoring.SessionRow // zero: a new one
	said    tutoring.Planned
	hours   string
	groups  []tutoring.GroupRow
	modules []learning.Offer
	faults  []fault.Field
}

func (x planning) action() string {
	if x.session.Owner.IsZero() {
		return "/sessions/new"
	}
	return path(x.session) + "/plan"
}

func (p *Pages) planning(c *web.Ctx, w tutoring.SessionRow, said tutoring.Planned) (x planning, err error) {
	x = planning{c: c, session: w, said: said, hours: strconv.FormatFloat(said.Hours, 'f', -1, 64), f: c.Frame(c.T("room.plan"))}
	x.f.Path = x.action()
	if x.groups, err = p.Tutoring.GroupsHeld(c, c.Actor); err != nil {
		return x, err
	}
	x.modules, err = p.Learning.Library(c, c.PID(), c.Lang(), learning.Learner{}, learning.Filter{Audience: "learner"})
	return x, err
}

func (p *Pages) fresh(c *web.Ctx) error {
	said := tutoring.Planned{
		Kind: "trial", Day: c.Query("day"), Starts: "09:30", Halves: 1, Hours: 3, Mode: "on-site",
		Languages: []string{c.Lang()},
	}
	said.Group, _ = id.Parse(c.Query("group")) // none
	x, err := p.planning(c, tutoring.SessionRow{}, said)
	if err != nil {
		return err
	}
	if len(x.groups) == 1 {
		x.said.Group, x.said.Place = x.groups[0].Owner, x.groups[0].Place
	}
	return c.Page(x.f, planPage(x))
}

func (p *Pages) plan(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	x, err := p.planning(c, w, tutoring.Planned{
		Kind: w.Kind, Title: w.Title, Day: w.HeldOn, Starts: w.Starts, Zone: w.Zone, Halves: w.Halves, Hours: w.Hours, Mode: w.Mode, Place: w.Place,
		Link: w.Link, Organisation: w.Organisation, Group: w.InGroup, Languages: strings.Fields(w.Languages), Module: w.Module, Path: w.Path,
	})
	if err != nil {
		return err
	}
	return c.Page(x.f, planPage(x))
}

func (p *Pages) create(c *web.Ctx) error {
	a := c.Act()
	return p.keep(c, tutoring.SessionRow{}, id.Derive(a.ID[:], []byte("session")))
}

func (p *Pages) change(c *web.Ctx) error {
	w, err := p.of(c)
	if err != nil {
		return err
	}
	return p.keep(c, w, w.Owner)
}

func (p *Pages) keep(c *web.Ctx, was tutoring.SessionRow, which id.ID) error {
	said, err := p.read(c, was)
	if err != nil {
		return err
	}
	err = p.Tutoring.Plan(c, c.Act(), c.Actor, tutoring.Meeting{ID: which, Said: said})
	if fs := fault.FieldsOf(err); fs != nil {
		x, err := p.planning(c, was, said)
		if err != nil {
			return err
		}
		x.faults, x.hours = fs, c.Form("hours")
		return c.Again(x.f, planPage(x))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/sessions/"+which.String(), "room.planned")
}

// read takes the form. The group says for which partner the session is, and in which country.
func (p *Pages) read(c *web.Ctx, was tutoring.SessionRow) (tutoring.Planned, error) {
	said := tutoring.Planned{
		Kind: c.Form("kind"), Title: c.Form("title"), Day: c.Form("day"), Starts: c.Form("starts"), Mode: c.Form("mode"), Place: c.Form("place"),
		Link: c.Form("link"), Languages: spoken(c), Module: c.Form("module"), Path: was.Path,
	}
	said.Halves, _ = strconv.ParseInt(c.Form("halves"), 10, 64)                                        // what is no number is refused by the service
	said.Hours, _ = strconv.ParseFloat(strings.ReplaceAll(text.Digits(c.Form("hours")), ",", "."), 64) // likewise
	said.Group, _ = id.Parse(c.Form("group"))                                                          // none
	if said.Module != "" {
		m, err := p.Learning.Module(c, c.PID(), said.Module)
		if err != nil {
			return said, err
		}
		said.Title = cmp.Or(said.Title, m.Text(c.Lang()).Title)
	}
	partner, err := p.Tutoring.Partner(c, c.Actor, said.Group, was)
	said.Organisation, said.Zone = partner.Owner, tutoring.Zone(partner.Country)
	return said, err
}

func spoken(c *web.Ctx) []string {
	return slices.DeleteFunc(slices.Clone(c.R.PostForm["language"]), func(l string) bool { return !slices.Contains(c.Programme.Languages, l) })
}

func (x planning) groupOptions() []ui.Option {
	out := []ui.Option{{Text: "—"}}
	for _, g := range x.groups {
		out = append(out, ui.Option{Value: g.Owner.String(), Text: g.Name, Chosen: g.Owner == x.said.Group})
	}
	return out
}

func (x planning) moduleOptions() []ui.Option {
	out := []ui.Option{{Text: "—"}}
	for _, m := range x.modules {
		out = append(out, ui.Option{Value: m.Slug, Text: m.Title, Chosen: m.Slug == x.said.Module})
	}
	return out
}

func (x planning) languageOptions() (out []ui.Option) {
	for _, l := range x.c.Programme.Languages {
		out = append(out, ui.Option{Value: l, Text: i18n.Name(l), Chosen: slices.Contains(x.said.Languages, l)})
	}
	return out
}
