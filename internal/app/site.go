package app

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	identityweb "tremplin/internal/identity/web"
	impactweb "tremplin/internal/impact/web"
	learningweb "tremplin/internal/learning/web"
	"tremplin/internal/learning/web/stage"
	"tremplin/internal/learning/web/workshop"
	peopleweb "tremplin/internal/people/web"
	recordsweb "tremplin/internal/records/web"
	tutoringweb "tremplin/internal/tutoring/web"
	"tremplin/internal/tutoring/web/room"
	assets "tremplin/web"
	player "tremplin/web/stage"
)

// locale holds the words of the main navigation.
//
//go:embed locale/*.toml
var locale embed.FS

// Site makes the whole web site of the programmes that run here. demo lets /demo sign in invented people.
func (a *App) Site(demo bool) (*web.Site, error) {
	words, err := i18n.Load(ui.Locale, locale, learningweb.Locale, workshop.Locale, identityweb.Locale, peopleweb.Locale, tutoringweb.Locale, room.Locale, impactweb.Locale, recordsweb.Locale)
	if err != nil {
		return nil, err
	}
	files, err := web.LoadAssets(assets.Files)
	if err != nil {
		return nil, err
	}
	at, err := origin(a.Config.URL)
	if err != nil {
		return nil, fmt.Errorf("--url: %w", err)
	}
	plays, err := stageOrigin(a.Config.Content, at)
	if err != nil {
		return nil, err
	}
	h := &house{a: a, ready: demo}
	site := &web.Site{
		URL: at, Stage: plays,
		Words: words, Programmes: h.running, Unready: h.unready, Seen: a.Journal.Turns.Seen, Identify: a.Identity.Identify, Now: a.Config.Now,
		Assets: files, Routes: a.routes(demo, h), First: (&peopleweb.Pages{People: a.People}).First, Nav: nav, Slots: a.slots(),
	}
	site.Programs = map[string]http.Handler{"/xapi/": recordsweb.NewAPI(a.Records, a.heads, site.Origin, a.Config.Now)}
	return site, nil
}

// heads are the programmes that run here, by their ids.
func (a *App) heads(ctx context.Context) ([]id.ID, error) { return a.Journal.Programmes(ctx, a.DB) }

// origin is an address without path; anything else would be believed and lead nowhere.
func origin(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", fmt.Errorf("%q is not an address like https://tremplin.example.org", address)
	}
	return u.Scheme + "://" + u.Host, nil
}

// stageOrigin is where packages are played. It must not be the site's own host: what they hold is somebody else's
// program, and cookies do not know ports.
func stageOrigin(address, site string) (string, error) {
	if address == "" || strings.HasPrefix(address, ":") {
		return address, nil
	}
	at, err := origin(address)
	if err != nil {
		return "", fmt.Errorf("--content-url: %w", err)
	}
	own, _ := url.Parse(site)
	theirs, _ := url.Parse(at)
	if own != nil && own.Hostname() != "" && own.Hostname() == theirs.Hostname() {
		return "", fmt.Errorf("--content-url: %q has the host name of the site; packages need one of their own, like content.%s", address, own.Hostname())
	}
	return at, nil
}

// Stage serves packages, for the site's pages alone where its address is known.
func (a *App) Stage() http.Handler {
	return stage.Handler(a.Learning, player.Files, strings.TrimSuffix(a.Config.URL, "/"))
}

// nav is the main navigation, in order; each reader sees what they may open.
var nav = []web.NavItem{
	{Path: "/programme", Key: "nav.programme", Section: access.People},
	{Path: "/people", Key: "nav.people", Section: access.People},
	{Path: "/group", Key: "nav.groups", Section: access.People},
	{Path: "/group", Key: "nav.group", Section: access.Groups},
	{Path: "/sessions", Key: "nav.sessions", Section: access.Groups},
	{Path: "/training", Key: "nav.training", Section: access.Training},
	{Path: "/modules", Key: "nav.modules", Section: access.Modules},
	{Path: "/translations", Key: "nav.translations", Section: access.Translate},
	{Path: "/indicators", Key: "nav.figures", Section: access.Figures},
	{Path: "/records", Key: "nav.records", Section: access.Records},
	{Path: "/me", Key: "nav.me", Section: access.Home},
	{Path: "/admin", Key: "nav.admin", Section: access.Settings},
}

func (a *App) routes(demo bool, h *house) []web.Route {
	lists := [][]web.Route{
		a.health(),
		(&learningweb.Pages{Learning: a.Learning}).Routes(),
		(&workshop.Pages{Learning: a.Learning, Trials: a.Tutoring.Trials}).Routes(),
		(&tutoringweb.Pages{Tutoring: a.Tutoring}).Routes(),
		a.room().Routes(),
		(&impactweb.Pages{Impact: a.Impact}).Routes(),
		(&recordsweb.Pages{Records: a.Records}).Routes(),
		(&peopleweb.Pages{People: a.People, Forget: a.Identity.Forget}).Routes(),
		(&identityweb.Pages{Identity: a.Identity, People: a.People, Learning: a.Learning, Demo: demo, House: h}).Routes(),
	}
	var out []web.Route
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func (a *App) room() *room.Pages { return &room.Pages{Tutoring: a.Tutoring, Learning: a.Learning} }

// slots are the cards that one slice shows on another's page.
func (a *App) slots() map[string][]web.Slot {
	tutoring := &tutoringweb.Pages{Tutoring: a.Tutoring}
	forms := &peopleweb.Pages{People: a.People}
	figures := &impactweb.Pages{Impact: a.Impact}
	told := &recordsweb.Pages{Records: a.Records}
	return map[string][]web.Slot{
		"me":           {forms.FormCard, tutoring.MyTutor},
		"progress":     {told.StudiesCard},
		"training":     {forms.PathCard},
		"trial-before": {forms.BeforeTrial},
		"trial-after":  {forms.AfterTrial},
		"person":       {tutoring.PersonGroups, told.ElsewhereCard},
		"screen":       {a.room().FollowBar},
		"wall":         {a.room().WallKeys},
		"programme":    {tutoring.Attention, figures.Due},
		"file":         {told.MineCard},
		"admin":        {told.ClientsCard},
	}
}
