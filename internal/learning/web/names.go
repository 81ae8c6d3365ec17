package web

import (
	"context"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
)

// options makes a list to choose from, led by "all".
func options(values []string, chosen string, name func(string) string) []ui.Option {
	out := []ui.Option{{Value: "", Text: "—", Chosen: chosen == ""}}
	for _, v := range values {
		out = append(out, ui.Option{Value: v, Text: name(v), Chosen: v == chosen})
	}
	return out
}

func same(s string) string { return s }

func languageName(code string) string {
	if l, ok := i18n.Find(code); ok {
		return l.Name
	}
	return code
}

func countryName(ctx context.Context) func(string) string {
	return func(code string) string { return i18n.T(ctx, "country."+code) }
}

func sectorName(ctx context.Context) func(string) string {
	return func(code string) string { return i18n.T(ctx, "learning.sector."+code) }
}
