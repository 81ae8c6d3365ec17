package view_test

import (
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

func TestMarkOfAnAddress(t *testing.T) {
	who := id.Named("who")
	for s, want := range map[string]view.Mark{
		"":                            {},
		"x":                           {},
		"amina|x":                     {Text: "amina"},
		"amina|" + who.String():       {Text: "amina", Owner: who},
		"a|b|" + who.String():         {Text: "a|b", Owner: who},
		view.Mark{Text: "|"}.String(): {Text: "|"},
	} {
		if got := view.ReadMark(s); got != want {
			t.Errorf("%q: %v, not %v", s, got, want)
		}
	}
}
