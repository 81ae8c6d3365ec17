package ui

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/i18n"
)

// initials are the first letters of the first two words of a name.
func initials(name string) string {
	var b strings.Builder
	for i, w := range strings.Fields(name) {
		if i == 2 {
			break
		}
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}

// IconNames lists every icon, for the page that shows them.
func IconNames() []string { return slices.Sorted(maps.Keys(paths)) }

// Seconds says how long something took; a dash where that is not known.
func Seconds(ctx context.Context, n int64) string {
	if n == 0 {
		return "—"
	}
	return i18n.T(ctx, "ui.seconds", "Seconds", n)
}
