package app

import (
	"context"
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	identityweb "tremplin/internal/identity/web"
	learningweb "tremplin/internal/learning/web"
	peopleweb "tremplin/internal/people/web"
	assets "tremplin/web"
)

// locale holds the words of the main navigation.
//
//go:embed locale/*.toml
var locale embed.FS

// Site makes the whole web site of the programmes that run here. demo lets /demo sign in invented people.
func (a *App) Site(ctx context.Context, demo bool) (*web.Site, error) {
	running, err := a.Running(ctx)
	if err != nil {
		return nil, err
	}
	if len(running) == 0 { // the first visit chooses; until then the pages need a name to stand under
		running = []*programme.Programme{a.any()}
	}
	words, err := i18n.Load(ui.Locale, locale, learningweb.Locale, identityweb.Locale, peopleweb.Locale)
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
var nav = []web.NavItem{
	{Path: "/programme", Key: "nav.programme", Section: access.People},
	{Path: "/people", Key: "nav.people", Section: access.People},
	{Path: "/me", Key: "nav.me", Section: access.MyFile},
}

func (a *App) routes(demo bool) []web.Route {
	lists := [][]web.Route{
		a.health(),
		(&learningweb.Pages{Learning: a.Learning}).Routes(),
		(&peopleweb.Pages{People: a.People, Forget: a.Identity.Forget}).Routes(),
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
