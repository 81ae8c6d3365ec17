package tutoring

import (
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// FuzzMark: where a page of the list ended is where the next one begins; what somebody made up begins somewhere.
func FuzzMark(f *testing.F) {
	for _, s := range []string{"amina", "a|b", "", "9223372036854775808|", "-1|x|y", "\x00\xff"} {
		f.Add(3, s)
	}
	f.Fuzz(func(t *testing.T, standing int, s string) {
		m := mark{Standing(standing), view.Mark{Text: s, Owner: id.Named("amina")}}
		if got := readMark(m.String()); got != m || got.compare(m) != 0 {
			t.Fatalf("%+v: %+v", m, got)
		}
		if m := readMark(s); readMark(m.String()) != m {
			t.Fatalf("%q: %+v, then %+v", s, m, readMark(m.String()))
		}
	})
}
