package web

import (
	"net/url"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// deviceCookie names whose phone this is, so that a first name need not be asked among many.
const deviceCookie = "me"

// withoutLang takes ?lang= out of an address, since the device has just been told.
func withoutLang(to string) string {
	u, err := url.Parse(to)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Del("lang")
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

// signing is the sign-in page: of a learner on their own phone, and of staff.
type signing struct {
	c      *web.Ctx
	to     string
	mine   string // the first name of whose phone this is
	email  string
	faults []fault.Field
	learn  bool // the fault is the learner's
	demo   bool
}

func (p *Pages) signing(c *web.Ctx) signing {
	s := signing{c: c, demo: p.Demo, to: c.R.FormValue("to"), email: c.R.PostFormValue("email")}
	if who, ok := device(c); ok {
		if row, found, err := people.Persons.One(c, p.Identity.J.DB(), c.PID(), "and owner=$2", who); err == nil && found {
			s.mine = row.First
		}
	}
	return s
}

func device(c *web.Ctx) (id.ID, bool) {
	v, err := id.Parse(c.Cookie(deviceCookie))
	return v, err == nil
}

func (p *Pages) signIn(c *web.Ctx) error {
	if c.Actor.SignedIn() {
		return c.Go(web.Home(c.Actor))
	}
	return c.Page(c.Frame(c.T("ui.sign-in")), signInPage(p.signing(c)))
}

func (p *Pages) again(c *web.Ctx, err error, learner bool) error {
	s := p.signing(c)
	e := fault.Of(err)
	if e.Code != fault.Invalid && e.Code != fault.TooMany {
		return err
	}
	s.faults, s.learn = e.Fields, learner
	if e.Key != "" {
		s.faults = append(s.faults, fault.Field{Name: "pin", Key: e.Key, Args: e.Args})
	}
	return c.Again(c.Frame(c.T("ui.sign-in")), signInPage(s))
}

func (p *Pages) signInStaff(c *web.Ctx) error {
	account, err := p.Identity.CheckStaff(c, c.Form("email"), c.R.PostFormValue("password"))
	if err != nil {
		return p.again(c, err, false)
	}
	for _, g := range c.Site.Programmes() {
		who, err := p.Identity.PersonOf(c, g.ID(), account)
		if err != nil {
			return err
		}
		if !who.IsZero() {
			return p.enter(c, g.ID(), who, account, false, c.Form("to"))
		}
	}
	return fault.New(fault.Forbidden, "identity.no-role")
}

func (p *Pages) signInLearner(c *web.Ctx) error {
	who, ok := device(c)
	if !ok {
		return c.Go("/sign-in")
	}
	if err := p.Identity.CheckLearner(c, c.PID(), who, c.Form("pin")); err != nil {
		return p.again(c, err, true)
	}
	return p.enter(c, c.PID(), who, id.ID{}, false, "/me")
}

// enter begins a session on this device.
func (p *Pages) enter(c *web.Ctx, programme, person, account id.ID, shared bool, to string) error {
	said, life, err := p.Identity.Begin(c, programme, person, account, shared, c.R.UserAgent())
	if err != nil {
		return err
	}
	seconds := int(life / time.Second)
	if shared {
		seconds = 0 // gone with the browser's window
	}
	c.SetCookie(web.SessionCookie, said, seconds)
	if to == "" {
		a, err := p.Identity.Identify(c, said, c.Now())
		if err != nil {
			return err
		}
		to = web.Home(a)
	}
	return c.Go(to)
}

func (p *Pages) signOut(c *web.Ctx) error {
	if err := p.Identity.End(c, c.Cookie(web.SessionCookie)); err != nil {
		return err
	}
	c.SetCookie(web.SessionCookie, "", -1)
	return c.Go("/")
}

// notMyPhone signs out and wipes all that this device remembers.
func (p *Pages) notMyPhone(c *web.Ctx) error {
	for _, name := range []string{deviceCookie, "visit", web.CountryCookie, "later", web.LangCookie} {
		c.SetCookie(name, "", -1)
	}
	c.W.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return p.signOut(c)
}

// card is what the QR code of a card opens: on a shared device, the PIN is asked.
func (p *Pages) card(c *web.Ctx) error { return p.cardPage(c, nil) }

func (p *Pages) cardPage(c *web.Ctx, faults []fault.Field) error {
	who, err := p.Identity.CardHolder(c, c.PID(), c.R.PathValue("token"))
	if err != nil {
		return err
	}
	person, err := p.People.Person(c, c.PID(), who)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("identity.hello", "Name", person.First))
	f.Path = c.R.URL.Path
	body := cardInPage(c.R.PathValue("token"), person.First, faults)
	if len(faults) > 0 {
		return c.Again(f, body)
	}
	return c.Page(f, body)
}

func (p *Pages) cardIn(c *web.Ctx) error {
	who, err := p.Identity.CardHolder(c, c.PID(), c.R.PathValue("token"))
	if err != nil {
		return err
	}
	if err := p.Identity.CheckLearner(c, c.PID(), who, c.Form("pin")); err != nil {
		if fs := fault.FieldsOf(err); fs != nil {
			return p.cardPage(c, fs)
		}
		return err
	}
	shared := c.Form("device") != "mine"
	if !shared {
		c.SetCookie(deviceCookie, who.String(), web.Year)
	}
	return p.enter(c, c.PID(), who, id.ID{}, shared, "/me")
}

func (p *Pages) demo(c *web.Ctx) error {
	return c.Page(c.Frame(c.T("identity.demo.title")), demoPage())
}

func (p *Pages) demoAs(c *web.Ctx) error {
	who, err := p.Identity.Invented(c, c.PID(), c.R.PathValue("name"))
	if err != nil {
		return err
	}
	return p.enter(c, c.PID(), who, id.ID{}, false, "")
}

func (p *Pages) account(c *web.Ctx) error { return p.accountAgain(c, nil) }

func (p *Pages) accountAgain(c *web.Ctx, faults []fault.Field) error {
	list, err := p.Identity.Sessions(c, c.Actor)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("identity.account"))
	if len(faults) == 0 {
		return c.Page(f, accountPage(c, f, list, nil))
	}
	f.Path = "/account"
	return c.Again(f, accountPage(c, f, list, faults))
}

// pin changes a learner's own code.
func (p *Pages) pin(c *web.Ctx) error {
	err := p.Identity.ChangePIN(c, c.Actor, c.Form("old"), c.Form("pin"), c.Form("again"))
	if fs := fault.FieldsOf(err); fs != nil {
		return p.accountAgain(c, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/account", "identity.pin.changed")
}

func (p *Pages) endSession(c *web.Ctx) error {
	if err := p.Identity.EndOf(c, c.Actor, unhex(c.Form("session"))); err != nil {
		return err
	}
	return c.GoSaying("/account", "identity.session.ended")
}

func pinInput(c ui.Input) ui.Input {
	c.Type, c.Mode, c.Pattern, c.Max, c.Required = "password", "numeric", "[0-9٠-٩۰-۹]{6}", 6, true
	return c
}
