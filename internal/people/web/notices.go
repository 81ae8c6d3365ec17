package web

import (
	"cmp"
	"net/url"
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// noticing is the page with the notices that somebody has not seen as they stand now.
type noticing struct {
	c      *web.Ctx
	owed   []people.Owed
	to     string // where they were going
	faults []fault.Field
}

// changed tells whether any of them is a newer text of one that was seen.
func (n noticing) changed() bool {
	return slices.ContainsFunc(n.owed, func(q people.Owed) bool { return !q.New })
}

// title heads the page.
func (n noticing) title() string {
	if n.changed() {
		return n.c.T("people.notices")
	}
	return n.c.T("people.notices.first")
}

// First leads to the notices that somebody is owed; it is web.Site.First.
func (p *Pages) First(c *web.Ctx) (string, error) {
	owed, err := p.People.Owed(c, c.Programme, c.Actor)
	if err != nil || len(owed) == 0 {
		return "", err
	}
	return "/notices?" + url.Values{"to": {c.R.URL.RequestURI()}}.Encode(), nil
}

func (p *Pages) noticing(c *web.Ctx, to string) (noticing, error) {
	owed, err := p.People.Owed(c, c.Programme, c.Actor)
	return noticing{c: c, owed: owed, to: cmp.Or(to, web.Home(c.Actor))}, err
}

func (p *Pages) notices(c *web.Ctx) error {
	n, err := p.noticing(c, c.Query("to"))
	if err != nil {
		return err
	}
	if len(n.owed) == 0 {
		return c.Go(n.to)
	}
	return c.Page(c.Frame(n.title()), noticesPage(n))
}

// noticed records which versions were shown, and the answer to each that asks. A notice that changed while
// the page was open is not among what was sent: it is shown next.
func (p *Pages) noticed(c *web.Ctx) error {
	n, err := p.noticing(c, c.Form("to"))
	if err != nil {
		return err
	}
	var shown []people.Shown
	var said []people.Permission
	for _, q := range n.owed {
		if c.Form("shown-"+q.ID) != version(q) {
			continue
		}
		shown = append(shown, people.Shown{Purpose: q.ID, Version: q.Version, Language: c.Lang()})
		if !q.Asks {
			continue
		}
		answer := c.Form("given-" + q.ID)
		if answer != "yes" && answer != "no" {
			n.faults = append(n.faults, fault.Field{Name: "given-" + q.ID, Key: "people.notices.answer"})
		}
		said = append(said, people.Permission{Purpose: q.ID, Given: answer == "yes", Version: q.Version, Opens: q.Opens})
	}
	if len(n.faults) > 0 {
		return c.Again(c.Frame(n.title()), noticesPage(n))
	}
	if len(shown) > 0 {
		if err := p.People.Tell(c, c.Act(), c.Actor.Person, shown, said); err != nil {
			return err
		}
	}
	return c.Go(n.to)
}

// answers are the two to a notice that asks; none is chosen before.
func (n noticing) answers(purpose string) []ui.Option {
	was := n.c.R.PostFormValue("given-" + purpose)
	return []ui.Option{
		{Value: "yes", Text: n.c.T("people.notices.yes"), Chosen: was == "yes"},
		{Value: "no", Text: n.c.T("people.notices.no"), Chosen: was == "no"},
	}
}
