// Package web holds the pages of the library: for everybody the shelf and the player, for authors and
// translators the workshop. Thin edges: parse, call the service, render.
package web

import (
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/memo"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the slice.
type Pages struct {
	Learning *learning.Service
	parcels  memo.Of[drawn, []parcelOf]
}

// Routes lists every address of the slice.
func (p *Pages) Routes() []web.Route {
	lib := access.Library
	return []web.Route{
		{Pattern: "GET /{$}", Verb: access.Read, Section: lib, Do: p.shelf},
		{Pattern: "GET /learn/{slug}", Verb: access.Read, Section: lib, Do: p.cover},
		{Pattern: "GET /learn/{slug}/{at}", Verb: access.Read, Section: lib, Do: p.screen},
		{Pattern: "POST /learn/{slug}/{at}", Verb: access.Read, Section: lib, Do: p.answer, Late: true},
		{Pattern: "GET /learn/{slug}/end", Verb: access.Read, Section: lib, Do: p.end},
		{Pattern: "GET /learn/{slug}/print", Verb: access.Read, Section: lib, Do: p.print},
		{Pattern: "GET /learn/{slug}/{at}/wall", Verb: access.Read, Section: lib, Do: p.wall},
		{Pattern: "POST /learn/{slug}/remark", Verb: access.Read, Section: lib, Do: p.remark, Late: true},
		{Pattern: "GET /learn/{slug}/take", Verb: access.Read, Section: lib, Do: p.take},
		{Pattern: "GET /phone", Verb: access.Read, Section: lib, Do: p.phone},
		{Pattern: "GET /me", Verb: access.Read, Section: access.Home, Do: p.home},
		{Pattern: "GET /media/{package}/{path...}", Do: p.media},
		{Pattern: "GET /poster.pdf", Verb: access.Read, Section: lib, Do: p.poster},
		{Pattern: "POST /country", Do: p.country},
		{Pattern: "POST /later", Do: p.later},
	}
}

// captions is the path of a video's captions in a language, else in the source; empty where there are none.
func captions(m learning.Module, video, lang string) string {
	if !content.IsVideo(video) {
		return ""
	}
	for _, l := range []string{lang, m.Source} {
		if at := content.CaptionsPath(video, l); m.Content.Files[at] != nil {
			return at
		}
	}
	return ""
}

// visitCookie holds the random number of an anonymous visit: all that a device says of its learner.
const visitCookie = "visit"

// roomCookie says which session this device follows, by its code; whoever holds sessions sets it.
const roomCookie = "room"

// Visit reads the anonymous visit of a device, if it has begun one.
func Visit(c *web.Ctx) id.ID {
	v, err := id.Parse(c.Cookie(visitCookie))
	if err != nil {
		return id.ID{}
	}
	return v
}

// Forget ends the anonymous visit on this device.
func Forget(c *web.Ctx) { c.SetCookie(visitCookie, "", -1) }

// learner is who learns here now.
func learner(c *web.Ctx) learning.Learner { return learning.Of(c.Actor, Visit(c)) }

// begin is learner, with a visit begun where there is none.
func begin(c *web.Ctx) learning.Learner {
	l := learner(c)
	if l.ID.IsZero() {
		if l.ID = c.Device(); l.ID.IsZero() {
			l.ID = id.New()
		}
		c.SetCookie(visitCookie, l.ID.String(), web.Year)
	}
	return l
}
