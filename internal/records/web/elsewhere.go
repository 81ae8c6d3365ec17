package web

import (
	"cmp"
	"context"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/records"
)

// latestOf is how many of a person's statements are listed.
const latestOf = 20

// actorAt and elsewhereAt are the pages of somebody whom nobody has recognised, and of somebody who is recognised.
func actorAt(which id.ID) string      { return "/records/actors/" + which.String() }
func elsewhereAt(person id.ID) string { return "/people/" + person.String() + "/elsewhere" }

// elsewhereView is the page of a participant on other platforms.
type elsewhereView struct {
	c       *web.Ctx
	f       ui.Frame
	person  people.Person
	clients []records.ClientRow
	names   platforms
	records.Elsewhere
	told    []told          // the latest
	studies templ.Component // nil: nothing is told of any
	chosen  string          // for which platform a name was asked
	faults  []fault.Field
}

// ElsewhereCard says on a person's page how much platforms tell of them: one query. Its signature is web.Slot.
func (p *Pages) ElsewhereCard(c *web.Ctx, owner id.ID) (templ.Component, error) {
	told, err := p.Records.Told(c, c.PID(), owner)
	return elsewhereCard(told), err
}

// MineCard tells a reader which platforms tell of them: one query, no card where none does. Its signature is web.Slot.
func (p *Pages) MineCard(c *web.Ctx, owner id.ID) (templ.Component, error) {
	all, err := p.Records.PlatformsOf(c, c.PID(), owner)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return mineCard(all), nil
}

// elsewhere shows it: eight queries.
func (p *Pages) elsewhere(c *web.Ctx) error {
	v, err := p.joined(c, access.Read)
	if err != nil {
		return err
	}
	return c.Page(v.f, elsewherePage(v))
}

func (p *Pages) joined(c *web.Ctx, verb access.Verb) (v elsewhereView, err error) {
	who, err := c.ID("person")
	if err != nil {
		return v, err
	}
	v = elsewhereView{c: c, f: c.Frame(c.T("records.elsewhere.title")), names: platforms{}}
	if v.person, err = p.Records.People.Reached(c, c.Actor, verb, access.Identity, who); err != nil {
		return v, err
	}
	if v.Elsewhere, err = p.Records.Elsewhere(c, c.PID(), who, latestOf); err != nil {
		return v, err
	}
	if v.clients, err = p.Records.Connected(c, c.PID()); err != nil {
		return v, err
	}
	for _, w := range v.clients {
		v.names[w.Owner] = w.Name
	}
	if v.told, err = p.tell(c, v.Latest...); err != nil {
		return v, err
	}
	if v.studies, err = p.StudiesCard(c, who); err != nil {
		return v, err
	}
	return v, p.Records.People.Opened(c, c.Actor, who, access.Learning, "")
}

// options are the platforms for which a name can be given; one that is alone is chosen.
func (v elsewhereView) options() (out []ui.Option) {
	for _, w := range v.clients {
		if !w.Revoked {
			out = append(out, ui.Option{Value: w.Owner.String(), Text: w.Name, Chosen: w.Owner.String() == v.chosen})
		}
	}
	if len(out) > 1 {
		out = ui.OrNone(out)
	}
	return out
}

// account says by what an account is known, in two lines.
func account(ctx context.Context, a records.Account) (name, known string) {
	o := part(a.Latest.Object, "actor")
	by := knownAs(ctx, o)
	name = cmp.Or(text(o, "name"), i18n.T(ctx, "records.actor.nameless"))
	if by.page != "" {
		return name, i18n.T(ctx, "records.elsewhere.account", "Name", by.value, "Page", by.page)
	}
	return name, by.value
}

// fault is what is wrong with the choice of a platform, in words.
func (v elsewhereView) fault(ctx context.Context) string {
	return ui.Input{Name: "client", Faults: v.faults}.Fault(ctx)
}

// invite gives somebody a name for a platform.
func (p *Pages) invite(c *web.Ctx) error {
	who, err := c.ID("person")
	if err != nil {
		return err
	}
	if err := p.Records.People.Reachable(c, c.Actor, access.Write, access.Identity, who); err != nil {
		return err
	}
	client, err := id.Parse(c.Form("client"))
	if err != nil {
		return p.uninvited(c, "records.elsewhere.choose")
	}
	err = p.Records.Invite(c, c.Act(), who, client)
	if fault.Is(err, fault.NotFound) {
		return p.uninvited(c, "records.elsewhere.ended")
	}
	if err != nil {
		return err
	}
	return c.GoSaying(elsewhereAt(who), "records.elsewhere.invited")
}

// uninvited shows the page again with what is wrong.
func (p *Pages) uninvited(c *web.Ctx, key string) error {
	v, err := p.joined(c, access.Write)
	if err != nil {
		return err
	}
	v.chosen, v.faults = c.Form("client"), []fault.Field{{Name: "client", Key: key}}
	return c.Again(v.f, elsewherePage(v))
}

// part takes back that an account is somebody's. Again is a no-op.
func (p *Pages) part(c *web.Ctx) error {
	who, err := c.ID("person")
	if err != nil {
		return err
	}
	actor, err := c.ID("actor")
	if err != nil {
		return err
	}
	if err := p.Records.People.Reachable(c, c.Actor, access.Write, access.Identity, who); err != nil {
		return err
	}
	if err := p.Records.Part(c, c.Act(), actor, who); err != nil {
		return err
	}
	return c.GoSaying(elsewhereAt(who), "records.elsewhere.parted")
}
