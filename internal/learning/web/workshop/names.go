package workshop

import (
	"context"
	"slices"
	"strings"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

func several(values, chosen []string, name func(string) string) []ui.Option {
	out := ui.Options(values, "", name)
	for i := range out {
		out[i].Chosen = slices.Contains(chosen, out[i].Value)
	}
	return out
}

// note says what a version changed, in its author's words or in ours where it brought a translation.
func note(ctx context.Context, v learning.VersionRow) string {
	if lang, is := strings.CutPrefix(v.Note, learning.TranslationNote); is {
		return i18n.T(ctx, "author.version.translation", "Language", i18n.Name(lang))
	}
	if v.Note == "" && v.Number == 1 {
		return i18n.T(ctx, "author.version.first")
	}
	return v.Note
}

// screenName is a screen's title; "" and "_" are the title and summary.
func screenName(ctx context.Context, t *content.Text, screen string) string {
	for _, s := range t.Screens {
		if s.ID == screen && s.Title != "" {
			return s.Title
		}
	}
	if screen == "" || screen == "_" {
		return i18n.T(ctx, "author.face")
	}
	return screen
}

// aboutName is what a finding is about: a screen, or the module as a whole.
func aboutName(ctx context.Context, t *content.Text, screen string) string {
	if screen == "" {
		return i18n.T(ctx, "author.finding.whole")
	}
	return screenName(ctx, t, screen)
}

// sheetText is everything that a sheet says, for what changed in it.
func sheetText(t learning.Typed) string {
	parts := []string{t.Title}
	if t.Alt != "" {
		parts = append(parts, "["+t.Alt+"]")
	}
	parts = append(parts, t.Text, t.Question, t.Body)
	for _, i := range t.Items {
		parts = append(parts, "– "+itemText(i))
	}
	return strings.Join(slices.DeleteFunc(append(parts, t.Praise), func(s string) bool { return s == "" }), "\n")
}
