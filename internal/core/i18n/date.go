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
	said, _ := w.days.Make([3]int{y, int(m), d}, func() (string, error) {
		return w.T("date.long", "Day", d, "Month", w.T(fmt.Sprintf("date.month.%d", m)), "Year", y), nil
	})
	return said
}

// Micro says the day of an instant kept in microseconds.
func Micro(ctx context.Context, at int64) string {
	if at == 0 {
		return "—"
	}
	return Date(ctx, time.UnixMicro(at).UTC())
}
