package app

import (
	"runtime/debug"

	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
)

// health answers monitors, and shows every component.
func (a *App) health() []web.Route {
	return []web.Route{
		{Pattern: "GET /healthz", Early: true, Do: func(c *web.Ctx) error {
			status := "ok"
			if err := a.DB.QueryRow(c, "select 1").Scan(new(int)); err != nil {
				status = "database"
			}
			return c.JSON(map[string]string{"status": status, "version": Version(), "engine": string(a.DB.Engine)})
		}},
		{Pattern: "GET /ui", Do: func(c *web.Ctx) error { return c.Page(c.Frame("Tremplin"), ui.Gallery()) }},
	}
}

// Version is the binary's, from the build.
func Version() string {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Version != "" {
		return b.Main.Version
	}
	return "(devel)"
}
