package web

import (
	"context"
	"errors"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// statementView is the page of one statement.
type statementView struct {
	told
	f      ui.Frame
	client string
	voided bool
}

// one shows a statement: who did what.
func (p *Pages) one(c *web.Ctx) error {
	which, err := c.ID("statement")
	if err != nil {
		return err
	}
	w, voided, err := p.Records.One(c, c.PID(), which)
	if errors.Is(err, records.ErrNone) {
		return fault.New(fault.NotFound, "")
	}
	if err != nil {
		return err
	}
	all, err := p.tell(c, w)
	if err != nil {
		return err
	}
	names, err := p.Records.ClientNames(c, c.PID())
	if err != nil {
		return err
	}
	v := statementView{told: all[0], f: c.Frame(c.T("records.record")), client: names[w.Client], voided: voided}
	return c.Page(v.f, statementPage(v))
}

// fact is a line of what a statement says.
type fact struct{ key, value string }

// facts are what a statement says of how it went, in order; what it does not say is left out.
func (v statementView) facts(ctx context.Context) (out []fact) {
	for _, f := range []fact{
		{key: "records.score", value: v.score(ctx)},
		{key: "records.success", value: v.truth(ctx, "success")},
		{key: "records.completion", value: v.truth(ctx, "completion")},
		{key: "records.duration", value: v.duration()},
		{key: "records.response", value: text(v.result(), "response")},
		{key: "records.happened", value: instant(ctx, v.happened())},
		{key: "records.stored", value: instant(ctx, v.Stored)},
		{key: "records.client", value: v.client},
	} {
		if f.value != "" {
			out = append(out, f)
		}
	}
	return out
}
