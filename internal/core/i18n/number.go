package i18n

import (
	"context"
	"strconv"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// together is up to where the digits of a number stand together, as those of a year do.
const together = 10000

// Number says a number in the reader's language: "12 345".
func Number[N int | int64](ctx context.Context, n N) string {
	if w := From(ctx); w != nil {
		return w.Number(int64(n))
	}
	return strconv.FormatInt(int64(n), 10)
}

// Number says a number as it is written in the language: 12 345 in French, 12,345 in English and in Arabic.
func (w *Words) Number(n int64) string {
	if -together < n && n < together {
		return strconv.FormatInt(n, 10)
	}
	return message.NewPrinter(digits(w.Code)).Sprint(number.Decimal(n))
}

// Decimal says a number of which there may be parts: 2,5 in French, 2.5 in English and in Arabic.
func (w *Words) Decimal(v float64) string {
	var as []number.Option
	if -together < v && v < together {
		as = append(as, number.NoSeparator())
	}
	return message.NewPrinter(digits(w.Code)).Sprint(number.Decimal(v, as...))
}

// digits is the tag by whose rules a language writes numbers: Arabic with the digits of most other languages, which
// stand in its forms and papers too.
func digits(code string) language.Tag {
	if code == "ar" {
		code = "ar-u-nu-latn"
	}
	return language.Make(counted(code))
}
