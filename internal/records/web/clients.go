package web

import (
	"context"
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
