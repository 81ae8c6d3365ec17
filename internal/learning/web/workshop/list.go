package workshop

import (
	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
)

// list shows every module, what needs its authors first.
func (p *Pages) list(c *web.Ctx) error {
	desks, err := p.Learning.Desks(c, c.Actor, c.Lang())
	if err != nil {
		return err
	}
	if err := p.origins(c, desks); err != nil {
		return err
	}
	f := c.Frame(c.T("nav.modules"))
	return c.Page(f, listPage(c, f, desks))
}

// origins marks the adopted modules of which a newer version exists where they came from.
func (p *Pages) origins(c *web.Ctx, desks []learning.Desk) error {
	for _, o := range others(c) {
		newest, err := p.Learning.Newest(c, o.ID())
		if err != nil {
			return err
		}
		for i, d := range desks {
			if m, ok := newest[d.Slug]; ok && d.Origin == o.ID() && m.Number > d.OriginNumber {
				desks[i].Newer = m.Number
			}
		}
	}
	return nil
}

// starting is the page on which a module begins: written here, brought as a file, or adopted.
type starting struct {
	c        *web.Ctx
	title    string
	source   string
	problems []problem
	faults   []fault.Field
	offers   []offered
}

// offered is a module of another programme that runs here.
type offered struct {
	learning.Offer
	programme string // its name
	slug      string // its own
	have      bool
}

func (p *Pages) starting(c *web.Ctx) (starting, error) {
	s := starting{c: c, title: c.Form("title"), source: c.Form("source")}
	if s.source == "" {
		s.source = c.Programme.Source
	}
	mine, err := p.Learning.Newest(c, c.PID())
	if err != nil {
		return s, err
	}
	for _, o := range others(c) {
		all, err := p.Learning.Library(c, o.ID(), c.Lang(), learning.Learner{}, learning.Filter{})
		if err != nil {
			return s, err
		}
		for _, m := range all {
			_, have := mine[m.Slug]
			s.offers = append(s.offers, offered{m, o.Name.In(c.Lang()), o.Slug, have})
		}
	}
	return s, nil
}

func (p *Pages) new(c *web.Ctx) error {
	s, err := p.starting(c)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("author.new"))
	return c.Page(f, newPage(s, f))
}

// again shows the page with what is wrong; what was typed stays.
func (p *Pages) again(c *web.Ctx, err error) error {
	s, failed := p.starting(c)
	if failed != nil {
		return failed
	}
	s.faults, s.problems = fault.FieldsOf(err), problemsOf(c, err)
	if e := fault.Of(err); s.faults == nil && s.problems == nil {
		if e.Code != fault.Invalid {
			return err
		}
		s.problems = []problem{{"", c.T(e.Key, e.Args...)}}
	}
	f := c.Frame(c.T("author.new"))
	return c.Again(f, newPage(s, f))
}

// found begins a module that is written here.
func (p *Pages) found(c *web.Ctx) error {
	source := c.Form("source")
	if !spoken(c, source) {
		source = c.Programme.Source
	}
	slug, err := p.Learning.Found(c, c.PID(), c.Form("title"), source)
	if err != nil {
		return p.again(c, err)
	}
	return c.Go("/modules/" + slug + "/head")
}
