package impact_test

import (
	"encoding/json"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact"
	"tremplin/internal/impact/figure"
	"tremplin/internal/impact/impacttest"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

func TestAFrozenReportStaysAndTheNextExplains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := impacttest.Year(t, fresh)
		spring := h.Close(h.Act("Nadia"), impact.Freeze{Deliverable: "spring"})
		first := text(t, h.Reopen(spring))

		h.Now = impacttest.At("2026-05-20")
		h.Sign("2026-04-20", "Deniz", "three", 1, "trial") // happened before, known after
		h.Sign("2026-09-01", "Fatou", "four", 1, "trial")
		h.Now = impacttest.At("2026-11-02")

		if again := text(t, h.Reopen(spring)); again != first {
			t.Error("the frozen report changed")
		}
		late, err := h.Late(t.Context(), h.Reopen(spring), h.P.ID())
		h.Must(err)
		if len(late) != 1 || late[0].Figure.ID != "trials" || len(late[0].Facts) != 1 {
			t.Errorf("came late: %+v", late)
		}
		autumn := h.Reopen(h.Close(h.Act("Nadia"), impact.Freeze{Deliverable: "autumn"}))
		cs, err := h.Changes(t.Context(), h.P.ID(), autumn)
		h.Must(err)
		if c := cs[0]; c.ID != "trials" || c.Was.N != 2 || c.N != 4 || c.Late != 1 || c.New != 1 || c.Gone+c.Refused+c.Corrected != 0 {
			t.Errorf("trials: %+v", c)
		}
		if c := cs[1]; c.Was.N != 1 || c.N != 0 || !c.Redefined || c.Undefined != 1 {
			t.Errorf("tutors: %+v", c)
		}
		f := h.Freeze(t.Context(), h.Act("Nadia"), impact.Freeze{Deliverable: "autumn"})
		if !fault.Is(f, fault.Conflict) {
			t.Errorf("a second freeze of the same report: %v", f)
		}
		h.Same()
	})
}

func text(t *testing.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFreezeRefusesWhatCannotBe(t *testing.T) {
	h := impacttest.Year(t, dbtest.SQLite)
	h.P.From = "2026-01-01"
	for _, c := range []struct {
		f    impact.Freeze
		code fault.Code
	}{
		{impact.Freeze{Deliverable: "autumn"}, fault.Invalid}, // its cut-off is to come
		{impact.Freeze{CutOff: "soon"}, fault.Invalid},
		{impact.Freeze{CutOff: "2026-05-02"}, fault.Invalid}, // today has not ended
		{impact.Freeze{CutOff: "1999-01-01"}, fault.Invalid}, // the programme had not begun
		{impact.Freeze{Deliverable: "guide"}, fault.NotFound},
		{impact.Freeze{Deliverable: "winter"}, fault.NotFound},
	} {
		if err := h.Freeze(t.Context(), h.Act("Nadia"), c.f); !fault.Is(err, c.code) {
			t.Errorf("%+v: %v", c.f, err)
		}
	}
	handing := h.Act("Nadia")
	handing.At = impacttest.At("2026-03-01")
	h.Must(h.HandIn(t.Context(), handing, impact.Handed{Deliverable: "guide"}))
	if err := h.HandIn(t.Context(), h.Act("Nadia"), impact.Handed{Deliverable: "guide"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("handed in twice: %v", err)
	}
	rows, err := h.Filings(t.Context(), h.P.ID())
	h.Must(err)
	if len(rows) != 1 || rows[0].At != impacttest.At("2026-03-01").UnixMicro() {
		t.Errorf("%+v", rows)
	}
}

// A demonstration freezes a report that is a year old with what is in the journal by now.
func TestFreezeOfThePast(t *testing.T) {
	h := impacttest.New(t, dbtest.SQLite, impacttest.Trials)
	h.Now = impacttest.At("2027-03-01")
	h.Enter("2026-02-01", "Amina", access.Learner, people.Described{})
	h.Sign("2026-03-10", "Amina", "one", 1, "trial")
	then := h.Act("Nadia")
	then.At = impacttest.At("2026-05-03")
	f := impact.Freeze{Deliverable: "spring", Known: h.Now.Add(time.Hour)}
	if got, _ := h.Reopen(h.Close(then, f)).Figure("trials"); got.N != 1 {
		t.Errorf("counted %d", got.N)
	}
	st, err := h.Figures(t.Context(), h.P.ID(), impact.Query{Report: "spring"})
	h.Must(err)
	if got, _ := st.Figure("trials"); got.N != 1 {
		t.Errorf("the figures of the report are not what it says: %d", got.N)
	}
}

func TestTutorsByTheDefinitionOfTheDay(t *testing.T) {
	h := impacttest.Year(t, dbtest.SQLite)
	h.Sign("2026-06-10", "Leïla", "five", 1, "training")
	h.Sign("2026-06-10", "Leïla", "five", 1, "training") // signed twice
	h.On("2026-06-11", tutoring.KindCertified.Draft(impacttest.Who("Leïla"), id.Named("path"), tutoring.Certified{Path: "tutor"}))
	if n := h.Count(impact.Query{}, "tutors"); n != 0 {
		t.Errorf("one half-day and a certificate: %d", n)
	}
	h.Sign("2026-06-12", "Leïla", "five", 2, "training")
	if n := h.Count(impact.Query{}, "tutors"); n != 1 {
		t.Errorf("both half-days: %d", n)
	}
	h.Same()
}

func TestLearningCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := impacttest.Year(t, fresh)
		module, visit := id.Named("module"), id.Named("visit")
		h.On("2026-06-01", learning.KindPublished.Draft(module, module, learning.Published{
			Audience: "learner", Organisation: h.P.OrganisationID("operator"), Titles: map[string]learning.Title{"fr": {}, "tr": {}},
		}))
		said := learning.KindAnswered.Draft(visit, module, learning.Answered{Country: "FR", Language: "fr"})
		said.Sealed = false
		h.Now = impacttest.At("2026-06-02")
		h.Must(h.J.Do(t.Context(), h.Act("Nadia"), [32]byte{}, journal.Known(said)))
		if n, m := h.Count(impact.Query{}, "starts"), h.Count(impact.Query{}, "learners"); n != 1 || m != 0 {
			t.Errorf("a visit: %d starts, %d learners", n, m)
		}
		h.On("2026-06-03", learning.KindClaimed.Draft(visit, visit, learning.Claimed{}))
		h.On("2026-06-03", learning.KindKept.Draft(impacttest.Who("Fatou"), impacttest.Who("Fatou"), learning.Kept{
			Visit: visit, Runs: []learning.KeptRun{{Module: module, StartedAt: impacttest.At("2026-06-02").UnixMicro(), Language: "fr"}},
		}))
		h.On("2026-06-04", learning.KindAnswered.Draft(impacttest.Who("Fatou"), module, learning.Answered{Country: "BE", Language: "fr"}))
		h.On("2026-06-04", learning.KindAnswered.Draft(impacttest.Who("Leïla"), module, learning.Answered{})) // a tutor has a look
		if n, m := h.Count(impact.Query{}, "starts"), h.Count(impact.Query{}, "learners"); n != 0 || m != 1 {
			t.Errorf("kept: %d starts, %d learners", n, m)
		}
		if n := h.Count(impact.Query{Filter: figure.Filter{Country: "BE"}}, "modules"); n != 2 {
			t.Errorf("%d modules of a Belgian partner", n)
		}
		h.Same()
	})
}

func TestRemarksActedOn(t *testing.T) {
	h := impacttest.Year(t, dbtest.SQLite)
	module := id.Named("module")
	words := func() id.ID {
		return h.On("2026-06-05", learning.KindRemarked.Draft(module, module, learning.Remarked{Screen: "s", Language: "fr", Face: 1, Text: "Too fast"}))
	}
	a, b := words(), words()
	h.On("2026-06-05", learning.KindRemarked.Draft(module, module, learning.Remarked{Face: 3})) // no words
	h.On("2026-06-06", learning.KindDecided.Draft(module, a, learning.Decided{Remark: a, Change: true}))
	h.On("2026-06-06", learning.KindDecided.Draft(module, b, learning.Decided{Remark: b, Because: "It is right."}))
	if n := h.Count(impact.Query{}, "acted"); n != 0 {
		t.Errorf("promised, not published: %d %%", n)
	}
	h.On("2026-06-07", learning.KindPublished.Draft(module, module, learning.Published{Number: 2, Remarks: []id.ID{a}}),
		learning.KindDecided.Draft(module, a, learning.Decided{Remark: a, Change: true}))
	if n := h.Count(impact.Query{}, "acted"); n != 50 {
		t.Errorf("published: %d %%", n)
	}
	h.Same()
}

func TestVoidedAndErasedNoLongerCount(t *testing.T) {
	h := impacttest.Year(t, dbtest.SQLite)
	h.Now = impacttest.At("2026-05-10")
	wrong := h.On("2026-05-09", tutoring.KindSigned.Draft(impacttest.Who("Deniz"), id.Named("x"), tutoring.Signed{Half: 1, Kind: "trial"}))
	before := h.Count(impact.Query{}, "trials")
	h.On("2026-05-10", journal.Voided.Draft(impacttest.Who("Deniz"), wrong, journal.Reason{Why: "another Deniz"}))
	h.On("2026-05-10", journal.Erased.Draft(impacttest.Who("Amina"), impacttest.Who("Amina"), journal.Reason{}))
	if n := h.Count(impact.Query{}, "trials"); before != 3 || n != 1 {
		t.Errorf("%d, then %d", before, n)
	}
	h.Same()
}

func TestQueriesOfAState(t *testing.T) {
	h := impacttest.Year(t, dbtest.SQLite)
	n := 0
	_, err := h.Figures(counted(t, &n), h.P.ID(), impact.Query{})
	h.Must(err)
	_, err = h.Figures(counted(t, &n), h.P.ID(), impact.Query{}) // nothing was written since
	h.Must(err)
	if n > 3+2 {
		t.Errorf("%d queries", n)
	}
}
