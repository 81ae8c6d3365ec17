package app

import (
	"context"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	identityweb "tremplin/internal/identity/web"
	learningweb "tremplin/internal/learning/web"
	assets "tremplin/web"
)

// Site makes the whole web site of the programmes that run here. demo lets /demo sign in invented people.
func (a *App) Site(ctx context.Context, demo bool) (*web.Site, error) {
	running, err := a.Running(ctx)
	if err != nil {
		return nil, err
	}
	if len(running) == 0 { // the first visit chooses; until then the pages need a name to stand under
		running = []*programme.Programme{a.any()}
	}
	words, err := i18n.Load(ui.Locale, learningweb.Locale, identityweb.Locale)
	if err != nil {
		return nil, err
	}
	files, err := web.LoadAssets(assets.Files)
	if err != nil {
		return nil, err
	}
	return &web.Site{
		Words: words, Programmes: running, Identify: a.Identity.Identify, Now: a.Config.Now, Assets: files,
		Routes: a.routes(demo), Nav: nav,
	}, nil
}

// nav is the main navigation, in order; each reader sees what they may open.
var nav = []web.NavItem{}

func (a *App) routes(demo bool) []web.Route {
	lists := [][]web.Route{
		a.health(),
		(&learningweb.Pages{Learning: a.Learning}).Routes(),
		(&identityweb.Pages{Identity: a.Identity, People: a.People, Learning: a.Learning, Demo: demo}).Routes(),
	}
	var out []web.Route
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func (a *App) any() *programme.Programme {
	for _, p := range a.Programmes {
		return p
	}
	return &programme.Programme{}
}
