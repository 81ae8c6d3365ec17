package form_test

import (
	"slices"
	"testing"
)

func TestShowIsVisibleWithItsChoices(t *testing.T) {
	f := golden(t)
	for _, given := range [][]string{nil, {"country=be", "worked=yes", "barriers=other"}, {"born=2010-01-31", "country=fr", "town=nowhere"}} {
		a := answers(given...)
		shown := f.Show(a, today)
		visible := f.Visible(a, today)
		if len(shown) != len(visible) {
			t.Fatalf("%d shown, %d visible", len(shown), len(visible))
		}
		for i, q := range visible {
			s := shown[i]
			if s.Question != q || s.Required != f.Required(q, a, today) || !slices.Equal(s.Choices, f.Choices(q, a, today)) {
				t.Errorf("%v: %s: %+v", given, q.Name, s)
			}
		}
	}
}
