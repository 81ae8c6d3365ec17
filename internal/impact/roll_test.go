package impact_test

import (
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact"
	"tremplin/internal/impact/impacttest"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// A roll counts once both have signed. A correction takes back what was counted, whatever came between.
func TestRollIsCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := impacttest.New(t, fresh, impacttest.Trials)
		h.Enter("2026-02-01", "Amina", access.Learner, people.Described{Country: "BE"})
		h.Enter("2026-02-01", "Tomas", access.Tutor, people.Described{Country: "BE"})
		mark := func(who, kind string, half int64, signed bool) journal.Draft {
			state := tutoring.Present
			if !signed {
				state = tutoring.Absent
			}
			return tutoring.KindMarked.Draft(impacttest.Who(who), id.Named("session", kind), tutoring.Marked{Half: half, State: state, Kind: kind, Signed: signed, Path: "tutor"})
		}
		counts := func(indicator string, want int64) {
			t.Helper()
			if got := h.Count(impact.Query{}, indicator); got != want {
				t.Errorf("%s: %d, want %d", indicator, got, want)
			}
		}
		waits := mark("Amina", "trial", 1, true)
		waits.Body = tutoring.Marked{Half: 1, State: tutoring.Present, Kind: "trial"} // nobody has signed yet
		h.On("2026-02-02", waits)
		counts("trials", 0)
		h.On("2026-02-02", mark("Amina", "trial", 1, true), mark("Amina", "trial", 2, true), mark("Amina", "trial", 2, true))
		counts("trials", 1)
		h.On("2026-02-03", mark("Amina", "trial", 1, false)) // the other half-day still counts
		counts("trials", 1)
		h.On("2026-02-04", mark("Amina", "trial", 2, false), mark("Amina", "trial", 2, false))
		counts("trials", 0)
		h.On("2026-02-05", mark("Amina", "trial", 2, true))
		counts("trials", 1)

		h.On("2026-06-02", mark("Tomas", "training", 1, true), mark("Tomas", "training", 2, true))
		h.On("2026-06-03", tutoring.KindCertified.Draft(impacttest.Who("Tomas"), impacttest.Who("Tomas"), tutoring.Certified{Path: "tutor", HalfDays: 2}))
		counts("tutors", 1)
		h.On("2026-06-04", mark("Tomas", "training", 2, false))
		counts("tutors", 0)
		h.On("2026-06-05", mark("Tomas", "training", 2, true))
		counts("tutors", 1)
		h.Same()
	})
}
