package web

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/view"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// Bounds of the pages of people whom nobody has recognised.
const (
	actorsShown = 50
	toldShown   = 20
	foundShown  = 20
)

// actorsView is the list of those of whom platforms tell and whom nobody knows.
type actorsView struct {
	f    ui.Frame
	all  []records.Actor
	next string
	who  string // who was recognised a moment ago, and where that can be taken back
	now  string
}

// actors lists them: three queries.
func (p *Pages) actors(c *web.Ctx) error {
	after := view.ReadMark(strings.TrimPrefix(c.Query("after"), "="))
	all, err := p.Records.Strangers(c, c.PID(), after, actorsShown+1)
	if err != nil {
		return err
	}
	v := actorsView{f: c.Frame(c.T("records.actor.title")), all: all}
	if len(all) > actorsShown {
		v.all = all[:actorsShown]
		end := v.all[actorsShown-1]
		mark := view.Mark{Text: strings.Join(end.Names, ""), Owner: end.ID}
		v.next = "/records/actors?" + url.Values{"after": {"=" + mark.String()}}.Encode() // a name may begin with a space
	}
	if who, err := id.Parse(c.Query("now")); err == nil {
		known, err := p.Records.People.Reached(c, c.Actor, access.Read, access.Identity, who)
		if err == nil {
			v.who, v.now = known.Name(), elsewhereAt(who)
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return c.Page(v.f, actorsPage(v))
}

// actorView is the page of one of them.
type actorView struct {
	c         *web.Ctx
	f         ui.Frame
	actor     records.Actor
	told      []told
	clients   platforms
	suggested []people.Person
	search    string
	found     []people.Person
	looked    bool // whether it was searched
	more      bool // than are shown
	faults    []fault.Field
}

// actor shows what is told of somebody, and asks who it is: eight queries at most.
func (p *Pages) actor(c *web.Ctx) error {
	v, err := p.unknown(c, c.R.URL.Query().Has("q"), c.Query("q"))
	if err != nil {
		return recognised(c, err)
	}
	return c.Page(v.f, actorPage(v))
}

// unknown reads the page. Who has the same mailbox is offered until something else is searched; where nobody has, the
// name that was told is searched.
func (p *Pages) unknown(c *web.Ctx, asked bool, search string) (v actorView, err error) {
	which, err := c.ID("actor")
	if err != nil {
		return v, err
	}
	v = actorView{c: c, search: search}
	var said []records.Statement
	if v.actor, said, err = p.Records.Stranger(c, c.PID(), which, toldShown); err != nil {
		return v, err
	}
	v.f = c.Frame(v.name(c.Words.T))
	if v.told, err = p.tell(c, said...); err != nil {
		return v, err
	}
	if v.clients, err = p.Records.ClientNames(c, c.PID()); err != nil {
		return v, err
	}
	if !asked && xapi.Mailbox(v.agent()) != "" {
		v.search = strings.Join(v.actor.Names[:min(1, len(v.actor.Names))], "")
		v.suggested, err = p.Records.Suggested(c, c.Actor, v.agent())
		return v, err
	}
	if !asked && len(v.actor.Names) > 0 {
		v.search = v.actor.Names[0]
	}
	return v, p.look(c, &v)
}

// look searches among the participants.
func (p *Pages) look(c *web.Ctx, v *actorView) (err error) {
	if v.search == "" {
		return nil
	}
	var next string
	v.found, next, err = p.Records.People.List(c, c.Actor, access.Learner, people.Page{Search: v.search, Limit: foundShown})
	v.looked, v.more = true, next != ""
	return err
}

// agent is how the platform names them in the latest statement.
func (v actorView) agent() xapi.Object { return part(v.told[0].Object, "actor") }

func (v actorView) group() bool { return text(v.agent(), "objectType") == "Group" }

// name is under which name they were told of last.
func (v actorView) name(say func(string, ...any) string) string {
	first, _ := v.actorName()
	return cmp.Or(first, say("records.actor.nameless"))
}

func (v actorView) actorName() (string, bool) {
	if len(v.actor.Names) == 0 {
		return "", false
	}
	return v.actor.Names[0], true
}

// sources are the platforms that told of them.
func (v actorView) sources(ctx context.Context) string {
	var out []string
	seen := map[id.ID]bool{}
	for _, t := range v.told {
		if !seen[t.Client] {
			seen[t.Client] = true
			out = append(out, v.clients.called(ctx, t.Client))
		}
	}
	return strings.Join(out, ", ")
}

// fault is what is wrong with a field, in words.
func (v actorView) fault(ctx context.Context) string {
	return ui.Input{Name: "person", Faults: v.faults}.Fault(ctx)
}

// platforms are what clients are called.
type platforms map[id.ID]string

func (p platforms) called(ctx context.Context, which id.ID) string {
	return cmp.Or(p[which], i18n.T(ctx, "records.client.unknown"))
}

// claim says who somebody is. A second click goes where the first went.
func (p *Pages) claim(c *web.Ctx) error {
	actor, err := c.ID("actor")
	if err != nil {
		return err
	}
	person, err := id.Parse(c.Form("person"))
	if err != nil {
		return p.unclaimed(c, fault.Field{Name: "person", Key: "records.actor.choose"})
	}
	err = p.Records.People.Reachable(c, c.Actor, access.Write, access.Identity, person)
	if fault.Is(err, fault.NotFound) {
		return p.unclaimed(c, fault.Field{Name: "person", Key: "records.actor.gone"})
	}
	if err == nil {
		err = p.Records.Claim(c, c.Act(), actor, person)
	}
	if fs := fault.FieldsOf(err); fs != nil {
		return p.unclaimed(c, fs...)
	}
	if err != nil {
		return err
	}
	return c.Go("/records/actors?now=" + person.String())
}

// recognised goes to the list where somebody has said who this is: it says so.
func recognised(c *web.Ctx, err error) error {
	if errors.Is(err, records.ErrClaimed) {
		return c.GoSaying("/records/actors", "records.actor.claimed")
	}
	return err
}

// unclaimed shows the page again with what is wrong, and what was searched.
func (p *Pages) unclaimed(c *web.Ctx, fs ...fault.Field) error {
	v, err := p.unknown(c, c.R.PostForm.Has("q"), c.Form("q"))
	if err != nil {
		return recognised(c, err)
	}
	v.faults = fs
	return c.Again(v.f, actorPage(v))
}
