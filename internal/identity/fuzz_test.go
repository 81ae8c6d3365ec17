package identity

import (
	"strings"
	"testing"

	"tremplin/internal/core/text"
)

// FuzzPIN: a PIN that is taken is six digits in every script, and not one that is tried first.
func FuzzPIN(f *testing.F) {
	for _, s := range []string{"482917", "٤٨٢٩١٧", "۴۸۲۹۱۷", "482 917", "000000", "４８２９１７", "-48291", "\xff\xff\xff\xff\xff\xff", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(CheckPIN(s, s)) > 0 {
			return
		}
		pin := text.Digits(s)
		if len(pin) != 6 || strings.Trim(pin, "0123456789") != "" || strings.Count(pin, pin[:1]) == 6 {
			t.Fatalf("%q", s)
		}
	})
}
