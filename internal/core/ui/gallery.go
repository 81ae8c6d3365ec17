package ui

import (
	"context"
	"fmt"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
)

// g says a sample word of the gallery.
func g(ctx context.Context, key string) string {
	return i18n.T(ctx, "ui.gallery."+key)
}

// sampleBars are trials by month; one month matters.
func sampleBars(ctx context.Context) (out []Bar) {
	for i, n := range []int64{9, 16, 24, 30, 21, 38, 18, 14} {
		out = append(out, Bar{Label: i18n.T(ctx, fmt.Sprintf("date.month-short.%d", i+4)), N: n, Key: n == 38})
	}
	return out
}

// sampleDays is a month of days, busy at its end.
func sampleDays(ctx context.Context) (out []Bar) {
	for i := range 30 {
		day := fmt.Sprintf("%d %s", i+1, i18n.T(ctx, "date.month-short.11"))
		out = append(out, Bar{Label: day, N: max(0, int64(i*i/9-40)) * 903})
	}
	return out
}

// sampleOptions are sample words under one key, numbered.
func sampleOptions(ctx context.Context, key string, n int) (out []Option) {
	for i := 1; i <= n; i++ {
		v := fmt.Sprint(i)
		out = append(out, Option{Value: v, Text: g(ctx, key+"."+v)})
	}
	return out
}

func samplePlaces(ctx context.Context) (out []Placed) {
	for i, o := range sampleOptions(ctx, "order", 3) {
		out = append(out, Placed{Name: "sample-order-" + o.Value, Text: o.Text, Place: i + 1})
	}
	return out
}

func sampleFaults() []fault.Field {
	return []fault.Field{{Name: "sample-pin", Key: "ui.gallery.pin.fault"}}
}

// sampleRow is a line of a tutor's list.
type sampleRow struct{ name, lang, own, kind, key, class string }

var sampleRows = []sampleRow{
	{"Ahmed", "ar", "العربية", "bad", "stuck", "on"},
	{"Fatou", "fr", "français", "wait", "silent", "new"},
	{"Oksana", "uk", "українська", "ok", "moving", ""},
	{"Deniz", "tr", "Türkçe", "ok", "finished", ""},
}

// sampleNeeds are the pictures of the first page.
var sampleNeeds = []string{"work", "diploma", "speak", "care", "computer", "question"}

// kindName names a notice without a kind.
func kindName(k string) string {
	if k == "" {
		return "plain"
	}
	return k
}
