package web

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// clientsView is the page of connected platforms.
type clientsView struct {
	c       *web.Ctx
	f       ui.Frame
	clients []records.Listed
	made    *made           // now
	known   *records.Listed // made before by the same form
	name    string          // as it was typed
	scopes  []string
	faults  []fault.Field
}

// made is what a platform's settings ask for. The secret is on this page alone.
type made struct{ address, key, secret string }

func (v clientsView) client(which id.ID) *records.Listed {
	i := slices.IndexFunc(v.clients, func(l records.Listed) bool { return l.Owner == which })
	if i < 0 {
		return nil
	}
	return &v.clients[i]
}

// fault is what is wrong with a field, in words.
func (v clientsView) fault(ctx context.Context, name string) string {
	return ui.Input{Name: name, Faults: v.faults}.Fault(ctx)
}

func (v clientsView) scopeOptions(ctx context.Context) (out []ui.Option) {
	for _, s := range records.Scopes {
		out = append(out, ui.Option{Value: s, Text: scope(ctx, s), Hint: s, Chosen: slices.Contains(v.scopes, s)})
	}
	return out
}

// scope says in words what a client may do.
func scope(ctx context.Context, s string) string {
	return i18n.T(ctx, "records.scope."+strings.ReplaceAll(s, "/", "-"))
}

// instant says when something was, to the minute. All times of records are those of the standard: UTC.
func instant(ctx context.Context, t time.Time) string {
	t = t.UTC()
	return i18n.T(ctx, "records.instant", "Date", t, "Clock", t.Format("15:04"))
}

// used says when a client was last known by its secret.
func used(ctx context.Context, l records.Listed) string {
	if l.Used.IsZero() {
		return i18n.T(ctx, "records.client.unused")
	}
	return i18n.T(ctx, "records.client.used", "When", instant(ctx, l.Used))
}

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
