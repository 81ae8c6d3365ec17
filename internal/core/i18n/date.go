package i18n

import (
	"context"
	"fmt"
	"time"
)

// Date says a day in the reader's language: "23 novembre 2026".
func Date(ctx context.Context, t time.Time) string { return From(ctx).Date(t) }

// Date says a day.
func (w *Words) Date(t time.Time) string {
	if t.IsZero() || t.Year() < 1971 {
		return "—"
	}
	return w.T("date.long", "Day", t.Day(), "Month", w.T(fmt.Sprintf("date.month.%d", t.Month())), "Year", t.Year())
}

// Micro says the day of an instant kept in microseconds.
func Micro(ctx context.Context, at int64) string {
	if at == 0 {
		return "—"
	}
	return Date(ctx, time.UnixMicro(at).UTC())
}
