package web

import (
	"encoding/hex"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/identity"
	"tremplin/internal/people"
)

// visit is the anonymous visit of this device; the cookie is the library's.
func visit(c *web.Ctx) id.ID {
	v, err := id.Parse(c.Cookie("visit"))
	if err != nil {
		return id.ID{}
	}
	return v
}

// keeping is the page on which a learner chooses to keep their progress.
type keeping struct {
	c        *web.Ctx
	purposes []programme.Purpose
	name     string
	shared   bool
	faults   []fault.Field
}

func keepOf(c *web.Ctx) keeping {
	return keeping{
		c: c, purposes: c.Programme.Told(), name: c.Form("first"),
		shared: c.R.PostFormValue("device") == "shared",
	}
}

func (p *Pages) keep(c *web.Ctx) error {
	if c.Actor.SignedIn() {
		return c.Go(web.Home(c.Actor))
	}
	return c.Page(c.Frame(c.T("identity.keep.title")), keepPage(keepOf(c)))
}

// keepIt makes a person of an anonymous visit: a first name, a PIN, this phone or a shared one.
func (p *Pages) keepIt(c *web.Ctx) error {
	if c.Actor.SignedIn() { // the same form, sent again
		return c.Go(web.Home(c.Actor))
	}
	k := keepOf(c)
	said := people.Described{First: k.name, Language: c.Lang(), Country: c.Country}
	k.faults = append(said.Check(), identity.CheckPIN(c.Form("pin"), c.Form("again"))...)
	if len(k.faults) > 0 {
		return c.Again(c.Frame(c.T("identity.keep.title")), keepPage(k))
	}
	act := c.Act()
	who := id.Derive(act.ID[:], []byte("person"))
	n := people.Newcomer{ID: who, Said: said, Role: access.Learner, Shown: shown(c)}
	if err := p.Learning.Keep(c, act, visit(c), n); err != nil {
		return err
	}
	if err := p.Identity.SetPIN(c, c.PID(), who, c.Form("pin")); err != nil {
		return err
	}
	if !k.shared {
		c.SetCookie(deviceCookie, who.String(), web.Year)
	}
	c.SetCookie("visit", "", -1)
	to := "/me"
	if k.shared { // nothing stays on this phone: without a card there is no way back
		to = "/account/card"
	}
	return p.enter(c, c.PID(), who, id.ID{}, k.shared, to)
}

// shown records the notices that stood on the page.
func shown(c *web.Ctx) (out []people.Shown) {
	for _, q := range keepOf(c).purposes {
		out = append(out, people.Shown{Purpose: q.ID, Version: q.Version, Language: c.Lang()})
	}
	return out
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		return nil
	}
	return b
}
