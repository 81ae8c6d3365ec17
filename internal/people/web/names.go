package web

import (
	"context"
	"strconv"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

func organisationName(p *programme.Programme, slug string) string {
	for _, o := range p.Organisations {
		if o.Slug == slug {
			return o.Name
		}
	}
	return slug
}

func columnOptions(i importing, field string) []ui.Option {
	out := []ui.Option{{Value: "-1", Text: "—"}}
	at, known := i.columns[field]
	for n, h := range i.table.Header {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Text: h, Chosen: known && n == at})
	}
	return out
}

func encodings(ctx context.Context) []ui.Option {
	out := []ui.Option{{Value: "", Text: i18n.T(ctx, "people.import.detect"), Chosen: true}}
	for _, e := range sheet.Encodings {
		out = append(out, ui.Option{Value: e, Text: e})
	}
	return out
}

func orders(ctx context.Context, dayFirst bool) []ui.Option {
	return []ui.Option{
		{Value: "day", Text: i18n.T(ctx, "people.import.day-first"), Chosen: dayFirst},
		{Value: "month", Text: i18n.T(ctx, "people.import.month-first"), Chosen: !dayFirst},
	}
}

// more is the address of the next page of a list, with its search; empty at the end.
func more(c *web.Ctx, next string) string {
	if next == "" {
		return ""
	}
	q := c.R.URL.Query()
	q.Set("after", next)
	return "/people?" + q.Encode()
}

func version(q people.Owed) string { return strconv.FormatInt(q.Version, 10) }
