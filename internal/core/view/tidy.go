package view

import (
	"math"
	"reflect"
	"strings"
	"unicode/utf8"
)

// tidy replaces, in place, what one engine stores and the other refuses or gives back changed: NUL and
// broken UTF-8 in texts, no bytes at all, a number that is none. A fold must not fail on one of them.
func (t *Table) tidy(row reflect.Value) reflect.Value {
	for _, c := range t.cols {
		switch f := row.Field(c.field); f.Kind() {
		case reflect.String:
			if s := f.String(); !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
				f.SetString(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD"))
			}
		case reflect.Slice:
			if f.IsNil() {
				f.SetBytes([]byte{})
			}
		case reflect.Float64:
			if math.IsNaN(f.Float()) {
				f.SetFloat(0)
			}
		}
	}
	return row
}
