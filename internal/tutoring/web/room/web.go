// Package room holds the pages of a session: its plan, the roll, what is projected on the wall, and what
// each phone in the room follows. Thin edges: parse, call the service, render.
package room

import (
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the room.
type Pages struct {
	Tutoring *tutoring.Service
	Learning *learning.Service
}

// Routes lists every address of the room.
func (p *Pages) Routes() []web.Route {
	groups, library := access.Groups, access.Library
	return []web.Route{
		{Pattern: "GET /sessions", Verb: access.Read, Section: groups, Do: p.list},
		{Pattern: "GET /sessions/new", Verb: access.Write, Section: groups, Do: p.fresh},
		{Pattern: "POST /sessions/new", Verb: access.Write, Section: groups, Do: p.create},
		{Pattern: "GET /sessions/{session}", Verb: access.Write, Section: groups, Do: p.session},
		{Pattern: "GET /sessions/{session}/plan", Verb: access.Write, Section: groups, Do: p.plan},
		{Pattern: "POST /sessions/{session}/plan", Verb: access.Write, Section: groups, Do: p.change},
		{Pattern: "POST /sessions/{session}/start", Verb: access.Write, Section: groups, Do: p.start, Late: true},
		{Pattern: "POST /sessions/{session}/off", Verb: access.Write, Section: groups, Do: p.callOff},
		{Pattern: "POST /sessions/{session}/roll", Verb: access.Write, Section: groups, Do: p.mark, Late: true},
		{Pattern: "POST /sessions/{session}/rest", Verb: access.Write, Section: groups, Do: p.markRest, Late: true},
		{Pattern: "POST /sessions/{session}/walk-in", Verb: access.Write, Section: groups, Do: p.walkIn, Late: true},
		{Pattern: "POST /sessions/{session}/end", Verb: access.Write, Section: groups, Do: p.end, Late: true},
		{Pattern: "GET /sessions/{session}/wall", Verb: access.Write, Section: groups, Do: p.wall},
		{Pattern: "POST /sessions/{session}/wall", Verb: access.Write, Section: groups, Do: p.turn},
		{Pattern: "POST /sessions/{session}/paper", Verb: access.Write, Section: groups, Do: p.keepPaper, Late: true, Max: tutoring.MaxPaper + 1<<20},
		{Pattern: "GET /sessions/{session}/paper/{paper}", Verb: access.Write, Section: groups, Do: p.openPaper},
		{Pattern: "POST /sessions/{session}/sign", Verb: access.Write, Section: groups, Do: p.sign, Late: true, Max: maxSigning},
		{Pattern: "GET /sessions/{session}/signature/{person}", Verb: access.Write, Section: groups, Do: p.signature},
		{Pattern: "POST /sessions/{session}/card", Verb: access.Write, Section: groups, Do: p.scan, Late: true, Max: tutoring.MaxPaper + 1<<20},
		{Pattern: "GET /sessions/{session}/sheet.pdf", Verb: access.Write, Section: groups, Do: p.sheet},
		{Pattern: "GET /sessions/{session}/finding", Verb: access.Write, Section: groups, Do: p.finding},
		{Pattern: "POST /sessions/{session}/finding", Verb: access.Write, Section: groups, Do: p.conclude},
		{Pattern: "GET /s", Verb: access.Read, Section: library, Do: p.door},
		{Pattern: "POST /s", Verb: access.Read, Section: library, Do: p.knock},
		{Pattern: "GET /s/{code}", Verb: access.Read, Section: library, Do: p.join},
		{Pattern: "GET /s/{code}/now", Verb: access.Read, Section: library, Do: p.now},
		{Pattern: "GET /s/{code}/invite.ics", Verb: access.Read, Section: library, Do: p.invite},
		{Pattern: "POST /s/{code}/follow", Verb: access.Read, Section: library, Do: p.follow},
		{Pattern: "POST /s/{code}/here", Verb: access.Read, Section: access.MyFile, Do: p.here},
	}
}

// of reads the session of the address, if the reader may hold it.
func (p *Pages) of(c *web.Ctx) (tutoring.SessionRow, error) {
	which, err := c.ID("session")
	if err != nil {
		return tutoring.SessionRow{}, err
	}
	return p.Tutoring.MeetingOf(c, c.Actor, which)
}

func path(w tutoring.SessionRow) string { return "/sessions/" + w.Owner.String() }
