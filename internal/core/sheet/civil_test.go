package sheet_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tremplin/internal/core/sheet"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		in    string
		order sheet.Order
		want  string
		err   error
	}{
		{"2026-12-31", sheet.DayFirst, "2026-12-31", nil},
		{" 2026-12-31T08:30:00Z ", sheet.DayFirst, "2026-12-31", nil},
		{"2026-12-31 08:30", sheet.DayFirst, "2026-12-31", nil},
		{"2026/1/2", sheet.MonthFirst, "2026-01-02", nil},
		{"31/12/2026", sheet.DayFirst, "2026-12-31", nil},
		{"1/2/2026", sheet.DayFirst, "2026-02-01", nil},
		{"1/2/2026", sheet.MonthFirst, "2026-01-02", nil},
		{"31.12.2026", sheet.DayFirst, "2026-12-31", nil},
		{"31-12-26", sheet.DayFirst, "2026-12-31", nil},
		{"01-01-29", sheet.DayFirst, "2029-01-01", nil},
		{"01-01-30", sheet.DayFirst, "1930-01-01", nil},
		{"٣١/١٢/٢٠٢٦", sheet.DayFirst, "2026-12-31", nil},
		{"۱۴۰۵/۰۱/۰۱", sheet.DayFirst, "", sheet.ErrTooFar}, // a Persian calendar's year is not taken for another
		{"۳۱.۱۲.۲۰۲۶", sheet.DayFirst, "2026-12-31", nil},
		{"45123", sheet.DayFirst, "2023-07-16", nil},
		{"29/02/2024", sheet.DayFirst, "2024-02-29", nil},
		{"29/02/2023", sheet.DayFirst, "", sheet.ErrNoSuch},
		{"31/02/2024", sheet.DayFirst, "", sheet.ErrNoSuch},
		{"12/31/2026", sheet.DayFirst, "", sheet.ErrNoSuch},
		{"00/01/2026", sheet.DayFirst, "", sheet.ErrNoSuch},
		{"01/01/1899", sheet.DayFirst, "", sheet.ErrTooFar},
		{"01/01/2200", sheet.DayFirst, "", sheet.ErrTooFar},
		{"01/01/202", sheet.DayFirst, "", sheet.ErrNoDate},
		{"01/01-2026", sheet.DayFirst, "", sheet.ErrNoDate},
		{"1 janvier 2026", sheet.DayFirst, "", sheet.ErrNoDate},
		{"20261231", sheet.DayFirst, "", sheet.ErrNoDate},
		{"2026", sheet.DayFirst, "", sheet.ErrNoDate},
		{"-4512", sheet.DayFirst, "", sheet.ErrNoDate},
		{"1/1/1/2026", sheet.DayFirst, "", sheet.ErrNoDate},
		{"//", sheet.DayFirst, "", sheet.ErrNoDate},
		{"", sheet.DayFirst, "", sheet.ErrNoDate},
	} {
		got, err := sheet.Date(c.in, c.order)
		if got.String() != c.want || !errors.Is(err, c.err) {
			t.Errorf("Date(%q, %d) = %q, %v; want %q, %v", c.in, c.order, got, err, c.want, c.err)
		}
	}
}

func TestDateRoundTrip(t *testing.T) {
	start := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		want := sheet.CivilOf(start.AddDate(0, 0, rapid.IntRange(0, 109_000).Draw(t, "days")))
		for _, layout := range []string{"2006-01-02", "02/01/2006", "2.1.2006", "2006/1/2"} {
			if got, err := sheet.Date(want.Time().Format(layout), sheet.DayFirst); got != want || err != nil {
				t.Fatalf("%s: %v %v, want %v", layout, got, err, want)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-12-31", "31/12/26", "٣١/١٢/٢٠٢٦", "45123", "1.1.2000 08:00", "--", "0000-00-00"} {
		f.Add(s, 0)
	}
	f.Fuzz(func(t *testing.T, s string, order int) {
		c, err := sheet.Date(s, sheet.Order(order))
		if err == nil && (sheet.CivilOf(c.Time()) != c || c.Year < 1900) || err != nil && c != (sheet.Civil{}) {
			t.Fatalf("%q: %v %v", s, c, err)
		}
	})
}
