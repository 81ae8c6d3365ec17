package web

import (
	"tremplin/internal/core/web"
)

// wall is one screen for a projector: large, to read together. Nothing is answered on it.
func (p *Pages) wall(c *web.Ctx) error {
	s, err := p.show(c)
	if err != nil {
		return err
	}
	if s.cards, err = c.Slots("wall", s.module.Owner); err != nil {
		return err
	}
	f := c.Frame(s.screen().Title)
	f.Bare = true
	return c.Page(f, wallPage(s, f))
}
