package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
)

// today is when these tests take place.
var today = time.Date(2026, 11, 23, 8, 45, 0, 0, time.UTC)

// house is a site of two programmes with the routes of a test; the session's cookie says who reads.
func house(t *testing.T, routes ...web.Route) *web.Site {
	t.Helper()
	words, err := i18n.Load(ui.Locale)
	must(t, err)
	assets, err := web.LoadAssets(fstest.MapFS{
		"tremplin.css": {Data: []byte("body{}")}, "tremplin.js": {Data: []byte("1")}, "icon.svg": {Data: []byte("<svg/>")}, "embed.go": {Data: []byte("package web")},
	})
	must(t, err)
	near, far := &programme.Programme{Slug: "near", Countries: []string{"FR", "BE"}}, &programme.Programme{Slug: "far"}
	return &web.Site{
		Words: words, Routes: routes, Assets: assets, Now: func() time.Time { return today },
		Programmes: func() []*programme.Programme { return []*programme.Programme{near, far} },
		Identify: func(_ context.Context, token string, _ time.Time) (access.Actor, error) {
			role := access.Role(token)
			return access.Actor{Programme: far.ID(), Person: programme.IDOf(token), Name: token, Grants: []access.Grant{{Role: role, Of: far.ID()}}}, nil
		},
	}
}

// visit is somebody new on a house of these routes.
func visit(t *testing.T, routes ...web.Route) *webtest.Device {
	t.Helper()
	return webtest.New(t, house(t, routes...).Handler())
}

// as is a device on which somebody of a role is signed in.
func as(d *webtest.Device, role access.Role) *webtest.Device {
	d.Cookies[web.SessionCookie] = &http.Cookie{Name: web.SessionCookie, Value: string(role)}
	return d
}

// route answers one address.
func route(pattern string, do web.Handler) web.Route { return web.Route{Pattern: pattern, Do: do} }

// saying is a handler that shows a word.
func saying(word func(c *web.Ctx) string) web.Handler {
	return func(c *web.Ctx) error { return c.Page(c.Frame("Title"), templ.Raw("<main>"+word(c)+"</main>")) }
}

func shown(*web.Ctx) string { return "shown" }

// logged collects what a test writes into the log.
func logged(t *testing.T) *strings.Builder {
	t.Helper()
	var b strings.Builder
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&b, nil)))
	t.Cleanup(func() { slog.SetDefault(was) })
	return &b
}

func unready(context.Context) bool { return true }

// oneColumn is a learner's page.
func oneColumn() templ.Component { return ui.One() }
