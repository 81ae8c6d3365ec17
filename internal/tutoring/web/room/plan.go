package room

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/text"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/people"
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

	partners []people.OrganisationRow // whose tutors one may invite to a training
	tutors   []tutoring.Candidate
	faults   []fault.Field
}

func (x planning) action() string {
	if x.session.Owner.IsZero() {
		return "/sessions/new"
	}
	return path(x.session) + "/plan"
}

func (p *Pages) planning(c *web.Ctx, w tutoring.SessionRow, said tutoring.Planned) (x planning, err error) {
	x = planning{c: c, session: w, said: said, hours: c.Words.Decimal(said.Hours), f: c.Frame(c.T("room.plan"))}
	x.f.Path = x.action()
	if x.groups, err = p.Tutoring.GroupsHeld(c, c.Actor); err != nil {
		return x, err
	}
	if x.modules, err = p.Learning.Library(c, c.PID(), c.Lang(), learning.Learner{}, learning.Filter{Audience: "learner"}); err != nil {
		return x, err
	}
	if !tutoring.SeesAll(c.Actor) {
		return x, nil
	}
	if x.partners, err = p.Tutoring.People.Partners(c, c.PID()); err != nil {
		return x, err
	}
	x.partners = slices.DeleteFunc(x.partners, func(o people.OrganisationRow) bool { return o.Kind == "funder" })
	x.tutors, err = p.Tutoring.Tutors(c, c.PID())
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
	said := w.Invited()
	said.Kind, said.Title, said.Day, said.Starts, said.Zone, said.Halves, said.Hours = w.Kind, w.Title, w.HeldOn, w.Starts, w.Zone, w.Halves, w.Hours
	said.Mode, said.Place, said.Link, said.Organisation, said.Module, said.Path = w.Mode, w.Place, w.Link, w.Organisation, w.Module, w.Path
	said.Languages = strings.Fields(w.Languages)
	x, err := p.planning(c, w, said)
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
		Link: c.Form("link"), Languages: spoken(c), Module: c.Form("module"), Path: pathOf(c, was),
	}
	said.Halves, _ = strconv.ParseInt(c.Form("halves"), 10, 64)                                        // what is no number is refused by the service
	said.Hours, _ = strconv.ParseFloat(strings.ReplaceAll(text.Digits(c.Form("hours")), ",", "."), 64) // likewise
	invited(c, was, &said)
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

// pathOf is for which path a training counts: the one that was chosen, else the programme's first.
func pathOf(c *web.Ctx, was tutoring.SessionRow) string {
	if c.Form("kind") != "training" {
		return ""
	}
	for _, asked := range []string{c.Form("path"), was.Path} {
		if slices.ContainsFunc(c.Programme.Paths, func(p programme.Path) bool { return p.ID == asked }) {
			return asked
		}
	}
	if len(c.Programme.Paths) == 0 {
		return ""
	}
	return c.Programme.Paths[0].ID
}

// invited takes whom the form invites. Groups that are not the reader's were not offered: they stay.
func invited(c *web.Ctx, was tutoring.SessionRow, said *tutoring.Planned) {
	groups := tutoring.Ids(append([]string{c.Form("group")}, c.R.PostForm["also"]...))
	if !tutoring.SeesAll(c.Actor) {
		for _, g := range was.Groups() {
			if !slices.Contains(tutoring.Mine(c.Actor), g) && !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	if len(groups) > 0 {
		said.Group, said.Also = groups[0], groups[1:]
	}
	said.Partners, said.Tutors = tutoring.Ids(c.R.PostForm["partner"]), tutoring.Ids(c.R.PostForm["tutor"])
}

// alsoOptions are the groups that may come too.
func (x planning) alsoOptions() (out []ui.Option) {
	for _, g := range x.groups {
		out = append(out, ui.Option{Value: g.Owner.String(), Text: g.Name, Chosen: slices.Contains(x.said.Also, g.Owner)})
	}
	return out
}

func (x planning) partnerOptions() (out []ui.Option) {
	for _, o := range x.partners {
		out = append(out, ui.Option{Value: o.Owner.String(), Text: o.Name, Chosen: slices.Contains(x.said.Partners, o.Owner)})
	}
	return out
}

func (x planning) tutorOptions() (out []ui.Option) {
	for _, t := range x.tutors {
		out = append(out, ui.Option{Value: t.ID.String(), Text: t.Name, Chosen: slices.Contains(x.said.Tutors, t.ID)})
	}
	return out
}

func (x planning) pathOptions() (out []ui.Option) {
	for _, w := range x.c.Programme.Paths {
		out = append(out, ui.Option{Value: w.ID, Text: w.Title.In(x.c.Lang()), Chosen: w.ID == x.said.Path})
	}
	return out
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
