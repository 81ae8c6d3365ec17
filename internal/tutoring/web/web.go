// Package web holds the pages of those who accompany: today's list, one person, cards and PINs, asking
// how somebody is, groups, and the tutors' own training. Thin edges: parse, call the service, render.
package web

import (
	"embed"

	"tremplin/internal/core/access"
	"tremplin/internal/core/web"
	"tremplin/internal/tutoring"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves the slice.
type Pages struct {
	Tutoring *tutoring.Service
}

// Routes lists every address of the slice.
func (p *Pages) Routes() []web.Route {
	groups, training := access.Groups, access.Training
	return []web.Route{
		{Pattern: "GET /group", Verb: access.Read, Section: groups, Do: p.today},
		{Pattern: "GET /group/list.csv", Verb: access.Read, Section: groups, Do: p.export},
		{Pattern: "GET /group/new", Verb: access.Write, Section: groups, Do: p.newGroup},
		{Pattern: "POST /group/new", Verb: access.Write, Section: groups, Do: p.openGroup},
		{Pattern: "GET /group/tutors", Verb: access.Write, Section: access.People, Do: p.tutors},
		{Pattern: "POST /group/tutor", Verb: access.Write, Section: access.People, Do: p.assign},
		{Pattern: "POST /group/tutor/off", Verb: access.Write, Section: access.People, Do: p.unassign},
		{Pattern: "GET /group/bring", Verb: access.Write, Section: access.People, Do: p.known},
		{Pattern: "POST /group/bring", Verb: access.Write, Section: access.People, Do: p.bring},
		{Pattern: "GET /group/enter", Verb: access.Write, Section: groups, Do: p.arrive},
		{Pattern: "POST /group/enter", Verb: access.Write, Section: groups, Do: p.enter},
		{Pattern: "GET /group/cards", Verb: access.Write, Section: groups, Do: p.chooseCards},
		{Pattern: "POST /group/cards", Verb: access.Write, Section: groups, Do: p.printCards},
		{Pattern: "GET /group/{person}", Verb: access.Read, Section: groups, Do: p.person},
		{Pattern: "POST /group/{person}/pin", Verb: access.Write, Section: groups, Do: p.resetPIN},
		{Pattern: "GET /group/{person}/photo", Verb: access.Read, Section: groups, Do: p.portrait},
		{Pattern: "POST /group/{person}/photo", Verb: access.Write, Section: groups, Do: p.keepPortrait, Max: tutoring.MaxPaper + 1<<20},
		{Pattern: "POST /group/{person}/photo/off", Verb: access.Write, Section: groups, Do: p.dropPortrait},
		{Pattern: "POST /group/{person}/move", Verb: access.Write, Section: groups, Do: p.move},
		{Pattern: "POST /group/{person}/phone", Verb: access.Write, Section: access.Contact, Do: p.setPhone},
		{Pattern: "GET /group/{person}/nudge", Verb: access.Write, Section: groups, Do: p.nudge},
		{Pattern: "POST /group/{person}/nudge", Verb: access.Write, Section: groups, Do: p.sendNudge},
		{Pattern: "GET /training", Verb: access.Read, Section: training, Do: p.training},
		{Pattern: "POST /training/certificate", Verb: access.Write, Section: training, Do: p.certificate},
		{Pattern: "GET /certificate/{number}", Do: p.verify},
		{Pattern: "POST /me/tutor/later", Verb: access.Read, Section: access.Home, Do: p.later},
	}
}

// one reads the person of the address, if the reader accompanies them.
func (p *Pages) one(c *web.Ctx, v access.Verb) (tutoring.Row, error) {
	who, err := c.ID("person")
	if err != nil {
		return tutoring.Row{}, err
	}
	return p.Tutoring.One(c, c.Actor, v, c.Lang(), who, tutoring.Asks(c.Programme), tutoring.Photos(c.Programme))
}
