package web

import (
	"context"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// shows are the addresses of what a screen shows: of a film the size for phones, where there is one, and the larger.
func shows(m learning.Module, s content.Screen, lang string) (at Shows) {
	if s.Picture == "" {
		return at
	}
	at.Picture = pictureAddress(m, s.Picture)
	if c := captions(m, s.Picture, lang); c != "" {
		at.Captions = mediaAddress(m, c)
	}
	if small := content.Lighter(m.Content.Files, s.Picture); small != "" {
		at.Larger, at.Weight = at.Picture, int64(len(m.Content.Files[s.Picture]))
		at.Picture = mediaAddress(m, small)
	}
	return at
}

// shows are those of the screen that is drawn. What is taken along is the size for phones and nothing larger.
func (s shown) shows() Shows {
	at := shows(s.module, s.screen(), s.text.Lang)
	if s.taken {
		at.Larger = ""
	}
	return at
}

// large shows a film as it came: for the wall of a room.
func (at Shows) large() Shows {
	if at.Larger != "" {
		at.Picture, at.Larger = at.Larger, ""
	}
	return at
}

// Megabytes says how much something weighs, in words.
func Megabytes(ctx context.Context, bytes int64) string {
	const kilo, mega = 1000, 1000 * 1000
	tenths := (bytes + mega/20) / (mega / 10)
	switch {
	case bytes < mega:
		return i18n.T(ctx, "learning.size.kb", "Size", max(bytes/kilo, 1))
	case tenths >= 100:
		return i18n.T(ctx, "learning.size.mb", "Size", (bytes+mega/2)/mega)
	}
	return i18n.T(ctx, "learning.size.mb", "Size", i18n.From(ctx).Decimal(float64(tenths)/10))
}
