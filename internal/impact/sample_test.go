package impact_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/impact"
	"tremplin/internal/impact/impacttest"
)

func counted(t *testing.T, n *int) context.Context { return db.Counted(t.Context(), n) }

func sample(h *impacttest.House, v id.ID) impact.Sample {
	h.T.Helper()
	s, err := h.Sample(h.T.Context(), h.P.ID(), v)
	h.Must(err)
	return s
}

func judge(h *impacttest.House, a access.Actor, sample id.ID, b impact.Judged) error {
	return h.Judge(h.T.Context(), h.Act(a.Name), a, sample, b)
}

func TestASampleIsDrawnAgainFromItsSeed(t *testing.T) {
	h, report := impacttest.Crowd(t, dbtest.SQLite)
	units := func(seed string) (out []string) {
		for _, l := range sample(h, h.Sampled(h.Act("Nadia"), impact.Draw{Indicator: "trials", Report: report, Seed: seed})).Lines {
			out = append(out, l.Unit)
		}
		return out
	}
	a, b, c := units("2026"), units("2026"), units("2027")
	if len(a) != impact.SampleSize || !slices.Equal(a, b) || slices.Equal(a, c) {
		t.Errorf("%v\n%v\n%v", a, b, c)
	}
	if s := sample(h, h.Sampled(h.Act("Nadia"), impact.Draw{Indicator: "trials", Report: report})); s.Seed == "" || s.Population != 14 {
		t.Errorf("%+v", s.SampleRow)
	}
	if err := h.Draw(t.Context(), h.Act("Nadia"), impact.Draw{Indicator: "acted", Report: report}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing to draw from: %v", err)
	}
}

func TestNamesAreReadForThirtyDaysAndEachReadingIsLogged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h, report := impacttest.Crowd(t, fresh)
		drawn := h.Sampled(h.Act("Paula"), impact.Draw{Indicator: "trials", Report: report})
		s := sample(h, drawn)
		h.Must(h.Named(t.Context(), h.Actor("Paula", access.Auditor), &s))
		h.Must(h.Named(t.Context(), h.Actor("Paula", access.Auditor), &s)) // the same day: one reading
		for _, l := range s.Lines {
			looks, err := h.People.Lookers(t.Context(), h.P.ID(), l.Story)
			h.Must(err)
			if l.Name == "" || len(looks) != 1 || looks[0].Why != drawn.String() || looks[0].Role != "auditor" {
				t.Errorf("%s: %+v", l.Name, looks)
			}
		}
		other := sample(h, drawn)
		h.Must(h.Named(t.Context(), h.Actor("Jan", access.Funder), &other))
		h.Now = h.Now.Add(impact.SampleLife + time.Minute)
		closed := sample(h, drawn)
		h.Must(h.Named(t.Context(), h.Actor("Paula", access.Auditor), &closed))
		if other.Lines[0].Name != "" || closed.Lines[0].Name != "" || closed.Open {
			t.Error("a name that may not be read")
		}
		for i, l := range []impact.Line{s.Lines[0], other.Lines[0], closed.Lines[0]} {
			want := 1 - min(i, 1)
			steps, err := h.Steps(t.Context(), h.P.ID(), l)
			if h.Must(err); len(steps) != want || want > 0 && steps[0].Says["signed"] != "true" {
				t.Errorf("%q rests on %+v", l.Name, steps)
			}
		}
		h.Same()
	})
}

func TestARefusedLineIsSubtractedFromTheNextReport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h, report := impacttest.Crowd(t, fresh)
		paula, nadia := h.Actor("Paula", access.Auditor), h.Actor("Nadia", access.Coordinator)
		s := h.Sampled(h.Act("Nadia"), impact.Draw{Indicator: "trials", Report: report})
		if err := judge(h, paula, s, impact.Judged{Line: 7, State: impact.Refused}); !fault.Is(err, fault.Invalid) {
			t.Errorf("refused without a reason: %v", err)
		}
		if err := judge(h, nadia, s, impact.Judged{Line: 7, State: impact.Accepted}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the coordinator judges herself: %v", err)
		}
		if err := judge(h, nadia, s, impact.Judged{Line: 7, State: impact.Explained, Why: "x"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("explained, not asked: %v", err)
		}
		if err := judge(h, paula, s, impact.Judged{Line: 77, State: impact.Seen}); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such line: %v", err)
		}
		for _, w := range []struct {
			a     access.Actor
			state string
		}{{paula, impact.Asked}, {nadia, impact.Explained}, {paula, impact.Refused}} {
			h.Must(judge(h, w.a, s, impact.Judged{Line: 7, State: w.state, Why: "The second signature is missing."}))
			if waits, err := h.Waiting(t.Context(), h.P.ID()); err != nil || (len(waits) == 1) != (w.state == impact.Asked) {
				t.Errorf("once it is %s: %+v %v", w.state, waits, err)
			}
			h.Now = h.Now.Add(time.Minute)
		}
		if l := sample(h, s).Lines[6]; l.Status != impact.Refused || len(l.Words) != 3 {
			t.Errorf("%+v", l)
		}
		h.On("2026-05-03", impact.KindJudged.Draft(s, s, impact.Judged{Line: 7, State: impact.Explained, Why: "Written elsewhere, meanwhile."}))
		if l := sample(h, s).Lines[6]; l.Status != impact.Refused || len(l.Words) != 4 {
			t.Errorf("an explanation that crossed the decision: %+v", l)
		}
		if got, _ := h.Reopen(report).Figure("trials"); got.N != 14 {
			t.Errorf("the frozen report says %d", got.N)
		}
		h.Now = impacttest.At("2026-11-02")
		next := h.Reopen(h.Close(h.Act("Nadia"), impact.Freeze{Deliverable: "autumn"}))
		cs, err := h.Changes(t.Context(), h.P.ID(), next)
		h.Must(err)
		if cs[0].N != 13 || cs[0].Refused != 1 {
			t.Errorf("%+v", cs[0])
		}
		h.Same()
	})
}
