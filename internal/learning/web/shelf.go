package web

import (
	"slices"

	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
)

// shelf is the front page: what do you need, and what is on the shelf.
func (p *Pages) shelf(c *web.Ctx) error {
	f := learning.Filter{
		Need: c.Query("need"), Sector: c.Query("sector"), Level: c.Query("level"), Language: c.Query("speaks"),
		Country: c.Query("country"), Audience: "learner",
	}
	if f.Need == "unknown" {
		f.Need = ""
	}
	all, err := p.Learning.Library(c, c.PID(), c.Lang(), learner(c), learning.Filter{Audience: "learner"})
	if err != nil {
		return err
	}
	s := shelf{c: c, needs: c.Programme.Needs, filter: f, need: c.Query("need"), resume: resume(all)}
	for _, o := range all {
		if fits(o, f) {
			s.offers = append(s.offers, o)
		}
	}
	s.sectors, s.levels = choices(all)
	return c.Page(c.Frame(c.T("learning.library")), shelfPage(s))
}

type shelf struct {
	c               *web.Ctx
	needs           []programme.Need
	filter          learning.Filter
	need            string
	offers          []learning.Offer
	resume          *learning.Offer
	sectors, levels []string
}

// fits applies the filter of the address to what was read once for the whole page.
func fits(o learning.Offer, f learning.Filter) bool {
	in := func(list, v string) bool { return v == "" || slices.Contains(learning.Codes(list), v) }
	return in(o.Needs, f.Need) && in(o.Languages, f.Language) && (o.Countries == "" || in(o.Countries, f.Country)) &&
		(f.Sector == "" || o.Sector == f.Sector) && (f.Level == "" || o.Level == f.Level)
}

// resume is the module begun last and not finished.
func resume(all []learning.Offer) *learning.Offer {
	var best *learning.Offer
	for i := range all {
		if r := all[i].Run; r.LastAt > 0 && r.FinishedAt == 0 && (best == nil || r.LastAt > best.Run.LastAt) {
			best = &all[i]
		}
	}
	return best
}

func choices(all []learning.Offer) (sectors, levels []string) {
	for _, o := range all {
		if o.Sector != "" && !slices.Contains(sectors, o.Sector) {
			sectors = append(sectors, o.Sector)
		}
		if !slices.Contains(levels, o.Level) {
			levels = append(levels, o.Level)
		}
	}
	slices.Sort(sectors)
	slices.Sort(levels)
	return sectors, levels
}

// left is the time that a module still asks for, in minutes, at least one.
func left(o learning.Offer) int64 {
	if o.Run.Of == 0 {
		return o.Minutes
	}
	return max(1, o.Minutes*(o.Run.Of-o.Run.Done)/o.Run.Of)
}
