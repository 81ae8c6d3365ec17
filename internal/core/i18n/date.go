package i18n

import (
	"context"
	"fmt"
	"time"
)

// Date says a day in the reader's language: "23 novembre 2026".
func Date(ctx context.Context, t time.Time) string { return From(ctx).Date(t) }

// Date says a day. Lists say the same few days again and again, so that each is made once.
func (w *Words) Date(t time.Time) string {
	if t.IsZero() || t.Year() < 1971 {
		return "—"
	}
	y, m, d := t.Date()
	day := [3]int{y, int(m), d}
	if said, ok := w.days.Load(day); ok {
		return said.(string)
	}
	said := w.T("date.long", "Day", d, "Month", w.T(fmt.Sprintf("date.month.%d", m)), "Year", y)
	w.days.Store(day, said)
	return said
}

// Micro says the day of an instant kept in microseconds.
func Micro(ctx context.Context, at int64) string {
	if at == 0 {
		return "—"
	}
	return Date(ctx, time.UnixMicro(at).UTC())
}
