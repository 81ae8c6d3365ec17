// Package web holds the pages of figures: for those who run the programme and those who pay for it the
// figures, for the auditor the samples, for everybody the results. Thin edges: parse, call the service,
// render. What a reader may not see is taken out before a page is drawn, never on it.
package web

import (
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
)

// Locale holds the slice's words.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the slice.
type Pages struct {
	Impact *impact.Service
}

// Routes lists every address of the slice.
func (p *Pages) Routes() []web.Route {
	read := func(pattern string, do web.Handler) web.Route {
		return web.Route{Pattern: pattern, Verb: access.Read, Section: access.Figures, Do: do}
	}
	write := func(pattern string, do web.Handler) web.Route {
		return web.Route{Pattern: pattern, Verb: access.Write, Section: access.Figures, Do: do}
	}
	named := func(pattern string, verb access.Verb, do web.Handler) web.Route {
		return web.Route{Pattern: pattern, Verb: verb, Section: access.Sample, Do: do}
	}
	return []web.Route{
		read("GET /indicators", p.figures),
		read("GET /indicators.csv", p.csv),
		read("GET /indicators.xlsx", p.xlsx),
		read("GET /indicators/{id}", p.figure),
		named("GET /indicators/{id}/evidence", access.Read, p.evidence),
		write("POST /indicators/freeze", p.freeze),
		write("POST /indicators/handed", p.handIn),
		read("GET /reports", p.reports),
		read("GET /reports/{id}", p.report),
		read("GET /reports/{id}/report.csv", p.reportCSV),
		read("GET /reports/{id}/report.xlsx", p.reportXLSX),
		named("GET /samples", access.Read, p.samples),
		named("POST /samples", access.Write, p.draw),
		named("GET /samples/{id}", access.Read, p.sample),
		named("POST /samples/{id}/{line}", access.Write, p.judge),
		named("GET /samples/{id}/minutes.pdf", access.Read, p.minutes),
		{Pattern: "GET /results", Do: p.results},
	}
}

// below is the size under which cells of people are hidden from whoever reads; 0: nothing is.
func below(c *web.Ctx, b *impact.Book) int64 {
	switch {
	case c.Actor.Has(access.Coordinator):
		return 0
	case c.Actor.Has(access.Auditor):
		return b.Hide(figure.Auditor)
	case c.Actor.Has(access.Funder):
		return b.Hide(figure.Funder)
	}
	return b.Hide(figure.Public)
}

// shown takes out of figures what their reader may not see.
func shown(fs []figure.Figure, below int64) []figure.Figure {
	out := make([]figure.Figure, len(fs))
	for i, f := range fs {
		out[i] = f.Hide(below)
	}
	return out
}

// maySample tells whether the reader may draw and judge samples, and see what is behind a figure.
func maySample(c *web.Ctx) bool { return c.Actor.May(access.Write, access.Sample) }

// mayFreeze tells whether the reader closes reports.
func mayFreeze(c *web.Ctx) bool { return c.Actor.May(access.Write, access.Figures) }
