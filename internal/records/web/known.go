package web

import (
	"cmp"
	"context"
	"strings"

	"tremplin/internal/core/i18n"
	"tremplin/internal/people"
	"tremplin/internal/records/xapi"
)

// knownBy is by what somebody is known on a platform: in words where a machine alone can read it.
type knownBy struct{ key, value, page string }

func knownAs(ctx context.Context, o xapi.Object) knownBy {
	page, name := xapi.Account(o)
	switch {
	case page != "" || name != "":
		return knownBy{"records.actor.account", name, page}
	case text(o, "mbox") != "":
		return knownBy{"records.actor.mailbox", strings.TrimPrefix(text(o, "mbox"), "mailto:"), ""}
	case text(o, "openid") != "":
		return knownBy{"records.actor.openid", text(o, "openid"), ""}
	case text(o, "mbox_sha1sum") != "":
		return knownBy{"records.actor.mailbox", i18n.T(ctx, "records.actor.mailbox.hidden"), ""}
	}
	return knownBy{"records.actor.members", members(ctx, o), ""}
}

func members(ctx context.Context, o xapi.Object) string {
	var out []string
	for _, m := range xapi.Members(o) {
		out = append(out, cmp.Or(text(m, "name"), knownAs(ctx, m).value))
	}
	return strings.Join(out, ", ")
}

// tellApart is what tells somebody from others of the same name.
func tellApart(ctx context.Context, p people.Person) string {
	out := []string{i18n.Name(p.Language)}
	if p.Country != "" {
		out = append(out, i18n.T(ctx, "country."+p.Country))
	}
	if p.Number != "" {
		out = append(out, i18n.T(ctx, "records.actor.number", "Number", p.Number))
	}
	return strings.Join(append(out, i18n.T(ctx, "records.actor.since", "When", i18n.Date(ctx, p.Joined))), " · ")
}
