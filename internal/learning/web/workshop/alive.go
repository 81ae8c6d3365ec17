package workshop

import (
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
)

// alive shows what must be done so that the library stays true: what nobody has read again for a year, which
// language is missing where, which sector has no module.
func (p *Pages) alive(c *web.Ctx) error {
	all, err := p.Learning.Lives(c, c.PID(), c.Lang(), c.Programme.Languages, c.Now())
	if err != nil {
		return err
	}
	f := c.Frame(c.T("author.alive"))
	return c.Page(f, alivePage(c, f, all))
}

// reread records that the module still holds.
func (p *Pages) reread(c *web.Ctx) error {
	m, err := p.module(c)
	if err != nil {
		return err
	}
	if err := p.Learning.Reread(c, c.Act(), m); err != nil {
		return err
	}
	return c.GoSaying("/modules/alive", "author.reread.done")
}

// standing is how a module stands in a language: fresh, stale or missing.
func standing(l learning.Life, lang string) string {
	switch {
	case !l.Has(lang):
		return "missing"
	case l.Stale[lang] > 0:
		return "stale"
	}
	return "fresh"
}

// standingTags are their colours.
var standingTags = map[string]string{"fresh": "ok", "stale": "wait", "missing": ""}
