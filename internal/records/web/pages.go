package web

import (
	"context"
	"embed"
	"errors"

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
		{Pattern: "GET /records/{statement}", Verb: access.Read, Section: access.Records, Do: p.one},
		{Pattern: "POST /records/refused/{refused}/again", Verb: access.Write, Section: access.Records, Do: p.again},
		{Pattern: "POST /records/refused/{refused}/settle", Verb: access.Write, Section: access.Records, Do: p.settle},
		{Pattern: "GET /admin/clients", Verb: access.Read, Section: access.Settings, Do: p.clients},
		{Pattern: "POST /admin/clients", Verb: access.Write, Section: access.Settings, Do: p.add},
		{Pattern: "POST /admin/clients/{client}/revoke", Verb: access.Write, Section: access.Settings, Do: p.revoke},
	}
}

// ClientsCard leads an administrator to the connected platforms.
func (p *Pages) ClientsCard(*web.Ctx, id.ID) (templ.Component, error) { return clientsCard(), nil }

// mayConnect tells whether the reader connects platforms.
func mayConnect(c *web.Ctx) bool { return c.Actor.May(access.Write, access.Settings) }

// again reads once more what was refused.
func (p *Pages) again(c *web.Ctx) error {
	which, err := c.ID("refused")
	if err != nil {
		return err
	}
	err = replay(c, p.Records, c.Origin(), c.PID(), which)
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

// clients lists the connected platforms.
func (p *Pages) clients(c *web.Ctx) error {
	v, err := p.connected(c)
	if err != nil {
		return err
	}
	return c.Page(v.f, clientsPage(v))
}

// usual is what a platform needs that sends what its learners do.
var usual = []string{records.Write, records.ReadMine, records.States, records.Profiles}

func (p *Pages) connected(c *web.Ctx) (v clientsView, err error) {
	v = clientsView{c: c, f: c.Frame(c.T("records.clients")), scopes: usual}
	v.clients, err = p.Records.ClientsOf(c, c.PID())
	return v, err
}

// add connects a platform and shows its secret, this once. A second click says that it was shown.
func (p *Pages) add(c *web.Ctx) error {
	a := c.Act()
	v, err := p.connected(c)
	if err != nil {
		return err
	}
	if v.known = v.client(a.ID); v.known != nil {
		return c.Page(v.f, clientsPage(v))
	}
	said := records.Client{Name: c.Form("name"), Scopes: c.R.PostForm["scope"]}
	key, secret, err := p.Records.AddClient(c, a, said)
	if v.faults = fault.FieldsOf(err); v.faults != nil {
		v.name, v.scopes = said.Name, said.Scopes
		return c.Again(v.f, clientsPage(v))
	}
	if err != nil && !errors.Is(err, records.ErrAdded) {
		return err
	}
	return p.added(c, a.ID, key, secret, err != nil)
}

// added shows what was made, or that it was made a moment ago by another click.
func (p *Pages) added(c *web.Ctx, client id.ID, key, secret string, before bool) error {
	v, err := p.connected(c)
	if err != nil {
		return err
	}
	if before {
		v.known = v.client(client)
	} else {
		v.made = &made{c.Origin() + "/xapi", key, secret}
	}
	return c.Page(v.f, clientsPage(v))
}

// revoke ends a platform's connection. Again is a no-op.
func (p *Pages) revoke(c *web.Ctx) error {
	client, err := c.ID("client")
	if err != nil {
		return err
	}
	if err := p.Records.Revoke(c, c.Act(), client); err != nil {
		return err
	}
	return c.GoSaying("/admin/clients", "records.client.revoked")
}

// namesOf are what the clients of a programme are called.
func (p *Pages) namesOf(ctx context.Context, programme id.ID) (map[id.ID]string, error) {
	rows, err := p.Records.ClientsOf(ctx, programme)
	out := map[id.ID]string{}
	for _, w := range rows {
		out[w.Owner] = w.Name
	}
	return out, err
}
