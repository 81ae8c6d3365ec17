package web

import (
	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/identity"
	"tremplin/internal/people"
)

// setting is the first visit: the administrator and the programme.
type setting struct {
	c       *web.Ctx
	member  identity.Member
	folders []*programme.Programme
	chosen  string
	first   bool // nobody has an account yet
	faults  []fault.Field
}

// unready refuses the first visit's page once somebody can sign in.
func (p *Pages) unready(c *web.Ctx) error {
	has, err := p.Identity.HasAccounts(c)
	if err == nil && (has || p.Demo) {
		return fault.New(fault.NotFound, "")
	}
	return err
}

func (p *Pages) setting(c *web.Ctx) setting {
	return setting{c: c, folders: p.House.Folders(), chosen: c.R.PostFormValue("programme"), member: member(c)}
}

// member reads somebody to be let in from a form.
func member(c *web.Ctx) identity.Member {
	m := identity.Member{
		First: c.Form("first"), Last: c.Form("last"), Email: c.Form("email"),
		Password: c.R.PostFormValue("password"), Language: c.Lang(), Role: access.Role(c.Form("role")),
	}
	m.Organisation, _ = id.Parse(c.R.PostFormValue("organisation")) // none chosen: the programme itself
	return m
}

func (p *Pages) setup(c *web.Ctx) error {
	if err := p.unready(c); err != nil {
		return err
	}
	f, s := p.first(c)
	return c.Page(f, setupPage(s))
}

// first is the first visit, from which no other page can be opened yet.
func (p *Pages) first(c *web.Ctx) (ui.Frame, setting) {
	f, s := c.Frame(c.T("identity.setup.title")), p.setting(c)
	f.Alone, s.first = true, true
	return f, s
}

// setUp makes the first account, an administrator who also coordinates, and begins the programme.
func (p *Pages) setUp(c *web.Ctx) error {
	if err := p.unready(c); err != nil {
		return err
	}
	f, s := p.first(c)
	if err := s.member.Check(true); err != nil { // before the programme begins: another may be chosen then
		s.faults = fault.Of(err).Fields
		return c.Again(f, setupPage(s))
	}
	if err := p.House.Begin(c, s.chosen); err != nil {
		return err
	}
	in := programme.IDOf(s.chosen)
	act := journal.Act{Programme: in, ID: c.Act().ID} // by nobody: there is nobody yet
	s.member.Role, s.member.Organisation = access.Administrator, id.ID{}
	if err := p.Identity.Let(c, act, s.member); err != nil {
		return err
	}
	account := identity.AccountID(s.member.Email)
	who := identity.PersonID(in, account)
	act.ID, act.Author = id.Derive(act.ID[:], []byte("coordinator")), who
	if err := p.People.Give(c, act, who, people.RoleOf{Role: access.Coordinator}); err != nil {
		return err
	}
	return p.enter(c, in, who, account, false, "/programme")
}

// administering is the administrator's page.
type administering struct {
	setting
	team     []identity.Colleague
	partners []people.OrganisationRow
	running  []*programme.Programme
	jobs     []job.Job
	cards    []templ.Component // of other slices
}

func (p *Pages) administering(c *web.Ctx) (a administering, err error) {
	a = administering{setting: p.setting(c), running: c.Site.Programmes()}
	if a.partners, err = p.People.Partners(c, c.PID()); err != nil {
		return a, err
	}
	if a.team, err = p.Identity.Team(c, c.PID()); err != nil {
		return a, err
	}
	if a.cards, err = c.Slots("admin", c.PID()); err != nil {
		return a, err
	}
	a.jobs, err = p.House.Waiting(c, c.PID())
	return a, err
}

func (p *Pages) admin(c *web.Ctx) error {
	a, err := p.administering(c)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("identity.admin"))
	return c.Page(f, adminPage(a, f))
}

func (p *Pages) let(c *web.Ctx) error {
	a, err := p.administering(c)
	if err != nil {
		return err
	}
	known, err := p.Identity.Has(c, a.member.Email)
	if err != nil {
		return err
	}
	err = p.Identity.Let(c, c.Act(), a.member)
	if a.faults = fault.FieldsOf(err); a.faults != nil {
		f := c.Frame(c.T("identity.admin"))
		return c.Again(f, adminPage(a, f))
	}
	if err != nil {
		return err
	}
	p.Identity.Forget()
	if known {
		return c.GoSaying("/admin", "identity.admin.let.known")
	}
	return c.GoSaying("/admin", "identity.admin.let.done")
}

func (p *Pages) begin(c *web.Ctx) error {
	if err := p.House.Begin(c, c.Form("slug")); err != nil {
		return err
	}
	return c.Go("/admin")
}

// tryAgain has a job tried at once; one that was done meanwhile stays done.
func (p *Pages) tryAgain(c *web.Ctx) error {
	v, err := id.Parse(c.Form("job"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := p.House.Again(c, c.PID(), v); err != nil {
		return err
	}
	return c.GoSaying("/admin", "identity.admin.again.done")
}

// jobName says what a job does; one that only its programmers know is called as they do.
func jobName(c *web.Ctx, kind string) string {
	key := "identity.job." + kind
	if said := c.T(key); said != key {
		return said
	}
	return kind
}

func (p *Pages) password(c *web.Ctx) error {
	err := p.Identity.Password(c, c.Actor, c.R.PostFormValue("old"), c.R.PostFormValue("password"))
	if fs := fault.FieldsOf(err); fs != nil {
		return c.Again(c.Frame(c.T("identity.account")), passwordPage(fs))
	}
	if err != nil {
		return err
	}
	c.SetCookie(web.SessionCookie, "", -1)
	return c.GoSaying("/sign-in", "identity.password.changed")
}

// leave ends a colleague's access.
func (p *Pages) leave(c *web.Ctx) error {
	who, err := id.Parse(c.Form("person"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := p.Identity.Leave(c, c.Act(), who); err != nil {
		return err
	}
	return c.GoSaying("/admin", "identity.admin.left")
}
