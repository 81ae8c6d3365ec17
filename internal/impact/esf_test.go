package impact_test

import (
	"fmt"
	"os"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact"
	"tremplin/internal/impact/impacttest"
	"tremplin/internal/people"
)

// invented people of an ESF+ operation: where they stood on entering, and after leaving.
var invented = []struct {
	name, gender, born, entered, employment string
	again                                   string // a second entry, in another situation
	left                                    string
	after                                   int64
	job                                     string
	EECO02, EECO07, EECR04                  bool
}{
	{"Ada", "woman", "1999-03-02", "2025-02-01", "unemployed", "", "2025-06-01", 10, "employed", true, true, true},
	{"Bram", "man", "1995-01-31", "2025-02-01", "long-term-unemployed", "", "2025-06-01", 28, "self-employed", true, false, true}, // 30 that month
	{"Cleo", "woman", "1995-02-02", "2025-02-01", "unemployed", "", "2025-06-01", 29, "employed", true, true, false},              // asked a day late; 29 the day before her birthday
	{"Dries", "man", "2007-02-01", "2025-02-01", "inactive", "", "2025-06-01", 5, "inactive", false, true, false},                 // 18 that very day
	{"Elif", "woman", "2007-02-02", "2025-02-01", "unemployed", "employed", "", 0, "", true, false, false},                        // 17; came back with a job: the first entry counts
	{"Farid", "other", "1980-05-05", "2025-02-01", "employed", "unemployed", "2025-06-01", 1, "employed", false, false, false},    // had a job on entry
	{"Gül", "woman", "2000-05-05", "2026-02-01", "unemployed", "", "", 0, "", false, false, false},                                // after the cut-off
	{"Hugo", "man", "", "2025-03-01", "training", "", "2025-06-01", 20, "employed", false, false, true},                           // date of birth unknown
}

func TestESF(t *testing.T) {
	book, err := os.ReadFile("testdata/esf.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := impacttest.New(t, fresh, string(book))
		h.Now = impacttest.At("2025-01-10")
		want := map[string]int64{}
		for _, p := range invented {
			h.Enter("2025-01-15", p.name, access.Learner, people.Described{Gender: p.gender})
			enter := func(day, employment string) journal.Draft {
				return impact.KindEntered.Draft(impacttest.Who(p.name), impacttest.Who("path"), impact.Entered{
					Organisation: h.P.OrganisationID("operator"), Gender: p.gender, BirthDate: p.born, Employment: employment,
				})
			}
			h.On(p.entered, enter(p.entered, p.employment))
			if p.again != "" {
				h.On("2025-09-01", enter("2025-09-01", p.again))
			}
			if p.left != "" {
				h.On(p.left, impact.KindLeft.Draft(impacttest.Who(p.name), impacttest.Who("path"), impact.Left{Employment: p.job, DaysAfter: p.after}))
			}
			for id, counts := range map[string]bool{"EECO02": p.EECO02, "EECO07": p.EECO07, "EECR04": p.EECR04} {
				if counts {
					want[id]++
				}
			}
		}
		for id, n := range want {
			// what is known arrives in the order of the list, so as of the cut-off alone, not as it was known then
			end := impacttest.At("2025-12-31")
			st, err := h.Figures(t.Context(), h.P.ID(), impact.Query{})
			h.Must(err)
			f, err := st.Figure(id)
			h.Must(err)
			var got int64
			for _, c := range f.Counted {
				if c.At <= end.UnixMicro() {
					got++
				}
			}
			if got != n {
				t.Errorf("%s: %d, not %d", id, got, n)
			}
			if id == "EECO02" && fmt.Sprint(f.Cells["gender"]) != "[{woman 4 0 0 0 false} {man 1 0 0 0 false}]" {
				t.Errorf("by gender: %v", f.Cells["gender"])
			}
		}
		h.Same()
	})
}
