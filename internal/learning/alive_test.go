package learning_test

import (
	"slices"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
)

// A module is believed for a year after somebody read it; what it does not speak, and the sectors of which no
// module speaks, are said.
func TestLives(t *testing.T) {
	each(t, func(h house) {
		lives := func(years int) learning.Life {
			t.Helper()
			all, err := h.Lives(t.Context(), home, "fr", []string{"fr", "uk", "es"}, journaltest.Monday.AddDate(years, 0, 1))
			h.must(err)
			if len(all) != 1 || len(learning.Unserved(all)) == 0 {
				t.Fatalf("%+v", all)
			}
			return all[0]
		}
		if l := lives(0); l.Old || !slices.Equal(l.Missing, []string{"es"}) || l.Title == "" {
			t.Errorf("%+v", l)
		}
		if l := lives(2); !l.Old {
			t.Errorf("%+v", l)
		}
		a := journaltest.Act(home, id.New())
		a.At = journaltest.Monday.AddDate(2, 0, 0)
		h.must(h.Reread(t.Context(), a, h.m))
		h.must(h.Reread(t.Context(), a, h.m))
		if l := lives(2); l.Old {
			t.Errorf("%+v", l)
		}
	})
}
