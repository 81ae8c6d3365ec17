package web

import (
	"context"
	"slices"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// forwardsView is the page of who receives records.
type forwardsView struct {
	c        *web.Ctx
	f        ui.Frame
	forwards []*records.Passing
	clients  []records.ClientRow
	typed    records.Forward // as it was typed
	key      string
	faults   []fault.Field
}

// clientOptions are who sends records: first Tremplin itself.
func (v forwardsView) clientOptions(ctx context.Context) []ui.Option {
	chosen := v.typed.Filter.Clients
	out := []ui.Option{{Value: v.c.PID().String(), Text: "Tremplin", Hint: i18n.T(ctx, "records.forward.own"), Chosen: slices.Contains(chosen, v.c.PID())}}
	for _, c := range v.clients {
		if !c.Revoked {
			out = append(out, ui.Option{Value: c.Owner.String(), Text: c.Name, Chosen: slices.Contains(chosen, c.Owner)})
		}
	}
	return out
}

func (v forwardsView) fromOptions(ctx context.Context) []ui.Option {
	return []ui.Option{
		{Value: "now", Text: i18n.T(ctx, "records.forward.from.now"), Chosen: !v.typed.Earlier},
		{Value: "all", Text: i18n.T(ctx, "records.forward.from.all"), Chosen: v.typed.Earlier},
	}
}

// narrowed is one list of what a forward is narrowed to.
type narrowed struct {
	title string
	what  []string
}

// narrowed says what alone is passed on; nothing: all is.
func (v forwardsView) narrowed(ctx context.Context, w *records.Passing) (out []narrowed) {
	names := map[string]string{v.c.PID().String(): "Tremplin"}
	for _, c := range v.clients {
		names[c.Owner.String()] = c.Name
	}
	var clients []string
	for _, c := range strings.Fields(w.Clients) {
		clients = append(clients, names[c])
	}
	for _, n := range []narrowed{
		{i18n.T(ctx, "records.forward.verbs"), strings.Fields(w.Verbs)},
		{i18n.T(ctx, "records.forward.activities"), strings.Fields(w.Activities)},
		{i18n.T(ctx, "records.forward.clients"), clients},
	} {
		if len(n.what) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// standing says in words how far a forward has come, and how good that is.
func standing(ctx context.Context, w *records.Passing) (kind, text string) {
	switch {
	case w.Ended:
		return "", i18n.T(ctx, "records.forward.ended")
	case w.Trouble != nil:
		return "bad", i18n.T(ctx, "records.forward.stuck")
	case w.Behind > 0:
		return "wait", waiting(ctx, w)
	}
	return "ok", i18n.T(ctx, "records.forward.works")
}

// waiting says how much is to be passed on, or to be left out.
func waiting(ctx context.Context, w *records.Passing) string {
	if w.Behind >= records.MostBehind {
		return i18n.T(ctx, "records.forward.behind.many")
	}
	return i18n.T(ctx, "records.forward.behind", "N", w.Behind)
}

// sent says how much was passed on, and when last.
func sent(ctx context.Context, w *records.Passing) string {
	if w.Sent == 0 {
		return i18n.T(ctx, "records.forward.sent.none")
	}
	return i18n.T(ctx, "records.forward.sent", "N", int(w.Sent), "When", instant(ctx, w.Success))
}

// forwards lists who receives records.
func (p *Pages) forwards(c *web.Ctx) error {
	v, err := p.received(c)
	if err != nil {
		return err
	}
	return c.Page(v.f, forwardsPage(v))
}

func (p *Pages) received(c *web.Ctx) (v forwardsView, err error) {
	v = forwardsView{c: c, f: c.Frame(c.T("records.forwards"))}
	if v.forwards, err = p.Records.ForwardsOf(c, c.PID()); err == nil {
		v.clients, err = p.Records.Connected(c, c.PID())
	}
	return v, err
}

// setForward has records passed on. What is wrong is said, and what was typed stays, but for the secret.
func (p *Pages) setForward(c *web.Ctx) error {
	typed := records.Forward{
		Name: c.Form("name"), URL: c.Form("url"), Purpose: c.Form("purpose"), Earlier: c.Form("from") == "all",
		Filter: records.Filter{Verbs: strings.Fields(c.Form("verbs")), Activities: strings.Fields(c.Form("activities"))},
	}
	for _, text := range c.R.PostForm["client"] {
		if which, err := id.Parse(text); err == nil {
			typed.Filter.Clients = append(typed.Filter.Clients, which)
		}
	}
	err := p.Records.SetForward(c, c.Act(), typed, records.Login{Key: c.Form("key"), Secret: c.R.PostFormValue("secret")})
	if err == nil {
		return c.GoSaying("/admin/forwards", "records.forward.began")
	}
	fs := fault.FieldsOf(err)
	if fs == nil {
		return err
	}
	v, err := p.received(c)
	if err != nil {
		return err
	}
	v.typed, v.key, v.faults = typed, c.Form("key"), fs
	return c.Again(v.f, forwardsPage(v))
}

// hasten tries now.
func (p *Pages) hasten(c *web.Ctx) error {
	return p.turn(c, "records.forward.hastened", func(forward id.ID) error { return p.Records.Hasten(c, c.PID(), forward) })
}

// drop gives up what was refused. Again is a no-op.
func (p *Pages) drop(c *web.Ctx) error {
	return p.turn(c, "records.forward.dropped", func(forward id.ID) error { return p.Records.Drop(c, c.PID(), forward) })
}

// endForward ends a forward. Again is a no-op.
func (p *Pages) endForward(c *web.Ctx) error {
	return p.turn(c, "records.forward.ended.done", func(forward id.ID) error { return p.Records.EndForward(c, c.Act(), forward) })
}

func (p *Pages) turn(c *web.Ctx, said string, f func(forward id.ID) error) error {
	forward, err := c.ID("forward")
	if err == nil {
		err = f(forward)
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/admin/forwards", said)
}

// loginView is the page on which a forward gets another key and secret.
type loginView struct {
	f      ui.Frame
	to     records.ForwardRow
	key    string
	faults []fault.Field
}

// login asks for another key and secret.
func (p *Pages) login(c *web.Ctx) error {
	v, err := p.recipient(c)
	if err != nil {
		return err
	}
	return c.Page(v.f, loginPage(v))
}

func (p *Pages) recipient(c *web.Ctx) (v loginView, err error) {
	forward, err := c.ID("forward")
	if err != nil {
		return v, err
	}
	v = loginView{f: c.Frame(c.T("records.forward.login"))}
	v.to, err = p.Records.Recipient(c, c.PID(), forward)
	return v, err
}

// relogin goes on with another key and secret. Again is a no-op.
func (p *Pages) relogin(c *web.Ctx) error {
	v, err := p.recipient(c)
	if err != nil {
		return err
	}
	v.key = c.Form("key")
	err = p.Records.Relogin(c, c.PID(), v.to.Owner, records.Login{Key: v.key, Secret: c.R.PostFormValue("secret")})
	if v.faults = fault.FieldsOf(err); v.faults != nil {
		return c.Again(v.f, loginPage(v))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/admin/forwards", "records.forward.began")
}

// forwardAt is where something is done about a forward.
func forwardAt(w records.ForwardRow, what string) string {
	return "/admin/forwards/" + w.Owner.String() + "/" + what
}
