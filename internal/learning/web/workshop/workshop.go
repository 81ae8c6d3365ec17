// Package workshop holds the pages of those who make modules: authors write, colleagues read before
// anything is published, translators bring other languages up to date. Thin edges: parse, call the
// service, render. What learners see is drawn by the pages of the library.
package workshop

import (
	"context"
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the workshop.
type Pages struct {
	Learning *learning.Service
	// Trials lists the sessions in which a module is tried; nil: none are held here.
	Trials func(ctx context.Context, programme id.ID, slug string) ([]learning.Trial, error)
}

// What a form may weigh: a package as large as the format allows, or a screen with its picture or video, voice and package.
const (
	maxPackage = 100 << 20
	maxScreen  = 50 << 20
)

// Routes lists every address of the workshop.
func (p *Pages) Routes() []web.Route { return append(p.authors(), p.translators()...) }

func (p *Pages) authors() []web.Route {
	read := func(pattern string, do web.Handler) web.Route {
		return web.Route{Pattern: "GET /modules" + pattern, Verb: access.Read, Section: access.Modules, Do: do}
	}
	write := func(pattern string, do web.Handler) web.Route {
		return web.Route{Pattern: "POST /modules" + pattern, Verb: access.Write, Section: access.Modules, Do: do}
	}
	out := []web.Route{
		read("", p.list), read("/new", p.new), read("/alive", p.alive), read("/{slug}", p.study), read("/{slug}/module.zip", p.download),
		read("/{slug}/import", p.incoming), read("/{slug}/edit", p.edit), read("/{slug}/head", p.head),
		read("/{slug}/edit/{screen}", p.screen), read("/{slug}/files/{hash}", p.file),
		write("/new", p.found), write("/adopt", p.adopt), write("/import", p.receive), write("/{slug}/import", p.take),
		write("/{slug}/edit", p.arrange), write("/{slug}/head", p.setHead), write("/{slug}/edit/{screen}", p.save),
		write("/{slug}/discard", p.discard), write("/{slug}/submit", p.submit), write("/{slug}/return", p.giveBack),
		write("/{slug}/publish", p.publish), write("/{slug}/decide", p.decide), write("/{slug}/findings", p.conclude), write("/{slug}/findings/decide", p.decideFinding),
		write("/{slug}/retire", p.retire), write("/{slug}/reread", p.reread),
	}
	for i := range out {
		switch out[i].Pattern {
		case "POST /modules/import":
			out[i].Max = maxPackage
		case "POST /modules/{slug}/edit/{screen}":
			out[i].Max = maxScreen
		}
	}
	return out
}

func (p *Pages) translators() []web.Route {
	const at = "/modules/{slug}/translate/{lang}"
	tr := access.Translate
	return []web.Route{
		{Pattern: "GET /translations", Verb: access.Read, Section: tr, Do: p.tasks},
		{Pattern: "GET " + at, Verb: access.Read, Section: tr, Do: p.translation},
		{Pattern: "POST " + at, Verb: access.Write, Section: tr, Do: p.publishTranslation},
		{Pattern: "GET " + at + "/{screen}", Verb: access.Read, Section: tr, Do: p.turning},
		{Pattern: "POST " + at + "/{screen}", Verb: access.Write, Section: tr, Do: p.turn, Max: maxScreen},
	}
}

// module reads the module that the address names.
func (p *Pages) module(c *web.Ctx) (learning.Module, error) {
	return p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
}

// address of a page of the module that the address names.
func address(c *web.Ctx, rest string) string { return "/modules/" + c.R.PathValue("slug") + rest }

// others are the programmes that run here beside this one.
func others(c *web.Ctx) (out []*programme.Programme) {
	for _, p := range c.Site.Programmes() {
		if p.ID() != c.PID() {
			out = append(out, p)
		}
	}
	return out
}

func programmeOf(c *web.Ctx, v id.ID) *programme.Programme {
	for _, p := range others(c) {
		if p.ID() == v {
			return p
		}
	}
	return nil
}

// picture is where a screen's picture is; empty where it has none, or a video.
func picture(m learning.Module, s content.Screen) string {
	if s.Picture == "" || content.IsVideo(s.Picture) {
		return ""
	}
	return "/media/" + m.Package + "/" + s.Picture
}
