package web

import (
	"embed"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// Locale holds the words of these pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Pages serves what people read of learning records, and where an administrator connects platforms.
type Pages struct {
	Records *records.Service
}

// Routes lists every address of the slice but /xapi.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /records", Verb: access.Read, Section: access.Records, Do: p.records},
		{Pattern: "GET /records/list", Verb: access.Read, Section: access.Records, Do: p.list},
		{Pattern: "GET /records/{statement}", Verb: access.Read, Section: access.People, Do: p.one},
		{Pattern: "POST /records/refused/{refused}/again", Verb: access.Write, Section: access.Records, Do: p.again},
		{Pattern: "POST /records/refused/{refused}/settle", Verb: access.Write, Section: access.Records, Do: p.settle},
		{Pattern: "GET /admin/clients", Verb: access.Read, Section: access.Settings, Do: p.clients},
		{Pattern: "POST /admin/clients", Verb: access.Write, Section: access.Settings, Do: p.add},
		{Pattern: "POST /admin/clients/{client}/revoke", Verb: access.Write, Section: access.Settings, Do: p.revoke},
		{Pattern: "GET /admin/forwards", Verb: access.Read, Section: access.Settings, Do: p.forwards},
		{Pattern: "POST /admin/forwards", Verb: access.Write, Section: access.Settings, Do: p.setForward},
		{Pattern: "GET /admin/forwards/{forward}/login", Verb: access.Write, Section: access.Settings, Do: p.login},
		{Pattern: "POST /admin/forwards/{forward}/login", Verb: access.Write, Section: access.Settings, Do: p.relogin},
		{Pattern: "POST /admin/forwards/{forward}/again", Verb: access.Write, Section: access.Settings, Do: p.hasten},
		{Pattern: "POST /admin/forwards/{forward}/drop", Verb: access.Write, Section: access.Settings, Do: p.drop},
		{Pattern: "POST /admin/forwards/{forward}/end", Verb: access.Write, Section: access.Settings, Do: p.endForward},
		{Pattern: "GET /records/actors", Verb: access.Read, Section: access.People, Do: p.actors},
		{Pattern: "GET /records/actors/{actor}", Verb: access.Read, Section: access.People, Do: p.actor},
		{Pattern: "POST /records/actors/{actor}/claim", Verb: access.Write, Section: access.People, Do: p.claim},
		{Pattern: "GET /people/{person}/elsewhere", Verb: access.Read, Section: access.People, Do: p.elsewhere},
		{Pattern: "POST /people/{person}/elsewhere", Verb: access.Write, Section: access.People, Do: p.invite},
		{Pattern: "POST /people/{person}/elsewhere/{actor}/part", Verb: access.Write, Section: access.People, Do: p.part},
	}
}

// ClientsCard leads an administrator to the connected platforms.
func (p *Pages) ClientsCard(*web.Ctx, id.ID) (templ.Component, error) { return clientsCard(), nil }

// mayMeet tells whether the reader may know whose a record is: whoever only connects platforms reads what they send, and
// of nobody by name.
func mayMeet(c *web.Ctx) bool { return c.Actor.May(access.Read, access.People) }

// mayConnect tells whether the reader connects platforms.
func mayConnect(c *web.Ctx) bool { return c.Actor.May(access.Write, access.Settings) }

// again reads once more what was refused.
func (p *Pages) again(c *web.Ctx) error {
	which, err := c.ID("refused")
	if err != nil {
		return err
	}
	err = replay(c, c.Words, p.Records, c.Origin(), c.PID(), which)
	if fs := fault.FieldsOf(err); fs != nil {
		return p.still(c, which, fs)
	}
	if fault.Is(err, fault.NotFound) { // a second click
		return c.GoSaying("/records", "records.refused.gone")
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/records", "records.refused.taken")
}

// still shows the page again with what is wrong still.
func (p *Pages) still(c *web.Ctx, which id.ID, fs []fault.Field) error {
	v, err := p.overview(c)
	if err != nil {
		return err
	}
	for i := range fs {
		fs[i].Name = refusedAt(which)
	}
	v.faults = fs
	return c.Again(v.f, recordsPage(v))
}

// settle throws away what was refused. Again is a no-op.
func (p *Pages) settle(c *web.Ctx) error {
	which, err := c.ID("refused")
	if err != nil {
		return err
	}
	if err := p.Records.Settle(c, c.PID(), which); err != nil {
		return err
	}
	return c.GoSaying("/records", "records.refused.dropped")
}

// refusedAt is where on the page something refused stands.
func refusedAt(which id.ID) string { return "refused-" + which.String() }
