package impact_test

import (
	"fmt"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/impact"
	"tremplin/internal/impact/impacttest"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// A trial counts once it is over, however often its end is corrected; with the module and the version that it showed.
func TestTrialsAreCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := impacttest.New(t, fresh, impacttest.Trials)
		h.Enter("2026-02-01", "Amina", access.Learner, people.Described{Country: "BE"})
		session, of := id.Named("session"), h.P.OrganisationID("operator")
		h.On("2026-02-02", tutoring.KindPlanned.Draft(session, session, tutoring.Planned{Kind: "trial", Module: "work", Organisation: of}))
		h.On("2026-02-03", tutoring.KindStarted.Draft(session, session, tutoring.Started{Number: 3}))
		if n := h.Count(impact.Query{}, "held"); n != 0 {
			t.Errorf("%d before its end", n)
		}
		for _, hours := range []float64{2, 2.5} {
			h.On("2026-02-03", tutoring.KindHeld.Draft(session, session, tutoring.Held{Kind: "trial", Hours: hours, Organisation: of}))
		}
		training := id.Named("training")
		h.On("2026-02-04", tutoring.KindHeld.Draft(training, training, tutoring.Held{Kind: "training"}))
		h.On("2026-02-03", tutoring.KindMarked.Draft(impacttest.Who("Amina"), session, tutoring.Marked{Half: 1, State: tutoring.Present, Kind: "trial", Signed: true, Module: "work", Number: 3}))
		if n := h.Count(impact.Query{}, "held"); n != 1 {
			t.Errorf("%d trials", n)
		}
		split(t, h, "held", "module", "[{work 1 0 0 0 false}]")
		split(t, h, "held", "version", "[{3 1 0 0 0 false}]")
		split(t, h, "held", "organisation", "[{operator 1 0 0 0 false}]")
		split(t, h, "trials", "module", "[{work 1 0 0 0 false}]")
		h.Same()
	})
}

// A finding counts with the version that answers it; what is kept, or only promised, does not.
func TestFindingsActedOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := impacttest.New(t, fresh, impacttest.Trials)
		module := id.Named("module")
		h.On("2026-05-01", learning.KindPublished.Draft(module, module, learning.Published{Slug: "work", Number: 1}))
		write := func() id.ID {
			return h.On("2026-06-05", learning.KindFindingWritten.Draft(module, module, learning.FindingWritten{Number: 1, Screen: "s", Text: "Too fast", Rooms: []string{"ABC123"}}))
		}
		a, b := write(), write()
		h.On("2026-06-06", learning.KindFindingDecided.Draft(module, a, learning.FindingDecided{Finding: a, Change: true}))
		h.On("2026-06-06", learning.KindFindingDecided.Draft(module, b, learning.FindingDecided{Finding: b, Because: "It is right."}))
		h.On("2026-06-06", learning.KindFindingDecided.Draft(module, id.Named("?"), learning.FindingDecided{Finding: id.Named("?"), Change: true}))
		if n := h.Count(impact.Query{}, "found"); n != 0 {
			t.Errorf("promised, not published: %d", n)
		}
		for i, day := range []string{"2026-06-07", "2026-06-08"} { // the second version says the same again
			h.On(day, learning.KindPublished.Draft(module, module, learning.Published{Slug: "work", Number: int64(i + 2), Findings: []id.ID{a, id.Named("?")}}))
		}
		if n := h.Count(impact.Query{}, "found"); n != 1 {
			t.Errorf("%d findings acted on", n)
		}
		split(t, h, "found", "module", "[{work 1 0 0 0 false}]")
		split(t, h, "found", "version", "[{2 1 0 0 0 false}]")
		h.Same()
	})
}

// split holds the cells of a figure.
func split(t *testing.T, h *impacttest.House, indicator, by, want string) {
	t.Helper()
	st, err := h.Figures(t.Context(), h.P.ID(), impact.Query{})
	h.Must(err)
	f, err := st.Figure(indicator)
	h.Must(err)
	if got := fmt.Sprint(f.Cells[by]); got != want {
		t.Errorf("%s by %s: %s", indicator, by, got)
	}
}
