package web

import (
	"cmp"
	"encoding/json"
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

func (p *Pages) whoSees(c *web.Ctx) error {
	return c.Page(c.Frame(c.T("ui.who-sees")), whoSeesPage(c, c.Programme.Purposes))
}

// mine is a person's own file: what is known, what they agreed to, who looked.
type mine struct {
	c       *web.Ctx
	person  people.Person
	looks   []people.LookRow
	names   map[string]string // of organisations, by id
	options []programme.Purpose
	cards   []templ.Component // of other slices
}

func (p *Pages) myFile(c *web.Ctx) error {
	m := mine{c: c, names: map[string]string{}}
	var err error
	if m.person, err = p.People.Person(c, c.PID(), c.Actor.Person); err != nil {
		return err
	}
	if m.looks, err = p.People.Lookers(c, c.PID(), c.Actor.Person); err != nil {
		return err
	}
	partners, err := p.People.Partners(c, c.PID())
	if err != nil {
		return err
	}
	for _, o := range partners {
		m.names[o.Owner.String()] = o.Name
	}
	for _, q := range c.Programme.Purposes {
		if q.Optional {
			m.options = append(m.options, q)
		}
	}
	if m.cards, err = c.Slots("file", c.Actor.Person); err != nil {
		return err
	}
	return c.Page(c.Frame(c.T("people.my-file")), myFilePage(m))
}

// permit records a yes or a no; the page says what follows.
func (p *Pages) permit(c *web.Ctx) error {
	q, ok := c.Programme.Purpose(c.Form("purpose"))
	if !ok || !q.Optional {
		return fault.New(fault.NotFound, "")
	}
	given := c.Form("given") == "yes"
	err := p.People.Permit(c, c.Act(), c.Actor.Person, people.Permission{Purpose: q.ID, Given: given, Version: q.Version, Opens: q.Opens})
	if err != nil {
		return err
	}
	p.Forget()
	key := "people.permission.withdrawn"
	if given {
		key = "people.permission.given"
	}
	return c.GoSaying(cmp.Or(c.Form("to"), "/me/file"), key)
}

// exported is one line of the export: what happened, when, and what was said.
type exported struct {
	At   time.Time       `json:"at"`
	What string          `json:"what"`
	Said json.RawMessage `json:"said"`
}

// export gives a person everything that the programme holds of them, as JSON.
func (p *Pages) export(c *web.Ctx) error {
	story, err := p.People.J.History(c, c.PID(), c.Actor.Person)
	if err != nil {
		return err
	}
	out := make([]exported, 0, len(story))
	for i := range story {
		e := &story[i]
		out = append(out, exported{At: time.UnixMicro(e.At).UTC(), What: e.Kind, Said: e.Body()})
	}
	b, err := json.MarshalIndent(map[string]any{"person": c.Actor.Person, "programme": c.Programme.Slug, "story": out}, "", "  ")
	if err != nil {
		return err
	}
	return c.Bytes("application/json; charset=utf-8", "tremplin.json", b)
}

// list is the coordinator's: everybody they reach, found by name.
func (p *Pages) list(c *web.Ctx) error {
	role := access.Role(c.Query("role"))
	if role == "" {
		role = access.Learner
	}
	found, next, err := p.People.List(c, c.Actor, role, people.Page{Search: c.Query("q"), After: c.Query("after"), Limit: 50})
	if err != nil {
		return err
	}
	f := c.Frame(c.T("people.list"))
	return c.Page(f, listPage(c, f, found, next, role))
}

func (p *Pages) person(c *web.Ctx) error { return p.personAgain(c, nil, nil) }

func (p *Pages) personAgain(c *web.Ctx, d *people.Described, faults []fault.Field) error {
	who, err := c.ID("person")
	if err != nil {
		return err
	}
	if err := p.People.Reachable(c, c.Actor, access.Read, access.Identity, who); err != nil {
		return err
	}
	person, err := p.People.Person(c, c.PID(), who)
	if err != nil {
		return err
	}
	if err := p.People.Opened(c, c.Actor, who, access.Identity, ""); err != nil {
		return err
	}
	cards, err := c.Slots("person", who)
	if err != nil {
		return err
	}
	f := c.Frame(person.Name())
	if d == nil {
		return c.Page(f, personPage(c, f, person, described(person), cards, nil))
	}
	return c.Again(f, personPage(c, f, person, *d, cards, faults))
}

func described(p people.Person) people.Described {
	return people.Described{
		First: p.First, Last: p.Last, Language: p.Language, Country: p.Country, Gender: p.Gender, BirthYear: p.BirthYear,
		Phone: p.Phone, Email: p.Email, Number: p.Number, Invented: p.Invented,
	}
}

func (p *Pages) describe(c *web.Ctx) error {
	who, err := c.ID("person")
	if err != nil {
		return err
	}
	if err := p.People.Reachable(c, c.Actor, access.Write, access.Identity, who); err != nil {
		return err
	}
	person, err := p.People.Person(c, c.PID(), who)
	if err != nil {
		return err
	}
	d := described(person)
	d.First, d.Last, d.Language, d.Country, d.Email = c.Form("first"), c.Form("last"), c.Form("language"), c.Form("country"), c.Form("email")
	d.Phone = people.Phone(c.Form("phone"), d.Country)
	err = p.People.Describe(c, c.Act(), who, d)
	if fs := fault.FieldsOf(err); fs != nil {
		return p.personAgain(c, &d, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/people/"+who.String(), "people.saved")
}

func (p *Pages) erase(c *web.Ctx) error {
	who, err := c.ID("person")
	if err != nil {
		return err
	}
	if err := p.People.Reachable(c, c.Actor, access.Write, access.Identity, who); err != nil {
		return err
	}
	if c.Form("sure") != "yes" {
		return fault.New(fault.Invalid, "people.erase.sure")
	}
	if err := p.People.Erase(c, c.Act(), who, ""); err != nil {
		return err
	}
	p.Forget()
	return c.GoSaying("/people", "people.erased")
}
