package impact_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact"
	"tremplin/internal/people"
)

func decide(ds ...journal.Draft) func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
	return func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) { return ds, nil, nil }
}

func counted(t *testing.T, n *int) context.Context { return db.Counted(t.Context(), n) }

func (h *house) actor(name string, r access.Role) access.Actor {
	return access.Actor{Programme: h.p.ID(), Person: who(name), Name: name, Grants: []access.Grant{{Role: r, Of: h.p.ID()}}}
}

func (h *house) sample(v id.ID) impact.Sample {
	h.t.Helper()
	s, err := h.Sample(h.t.Context(), h.p.ID(), v)
	h.must(err)
	return s
}

// crowd signs fourteen people into trials and freezes the report.
func crowd(t *testing.T, fresh dbtest.New) (*house, id.ID) {
	h := year(t, fresh)
	for i := range 12 {
		n := fmt.Sprintf("Guest%02d", i)
		h.enter("2026-02-02", n, access.Learner, people.Described{Country: "BE"})
		h.sign("2026-04-03", n, "big", 1, "trial")
	}
	h.enter("2026-02-02", "Paula", access.Auditor, people.Described{})
	h.enter("2026-02-02", "Nadia", access.Coordinator, people.Described{})
	return h, h.freeze(impact.Freeze{Deliverable: "spring", Known: h.now.Add(time.Hour)})
}

func (h *house) draw(d impact.Draw) id.ID {
	h.t.Helper()
	d.Command = h.next()
	h.must(h.Draw(h.t.Context(), h.p.ID(), d))
	h.must(h.Draw(h.t.Context(), h.p.ID(), d)) // sent twice
	return impact.SampleID(h.p.ID(), d.Command)
}

func (h *house) judge(a access.Actor, sample id.ID, b impact.Judged) error {
	return h.Judge(h.t.Context(), a, h.next(), sample, time.Time{}, b)
}

func TestASampleIsDrawnAgainFromItsSeed(t *testing.T) {
	h, report := crowd(t, dbtest.SQLite)
	units := func(seed string) (out []string) {
		for _, l := range h.sample(h.draw(impact.Draw{Indicator: "trials", Report: report, Seed: seed})).Lines {
			out = append(out, l.Unit)
		}
		return out
	}
	a, b, c := units("2026"), units("2026"), units("2027")
	if len(a) != impact.SampleSize || !slices.Equal(a, b) || slices.Equal(a, c) {
		t.Errorf("%v\n%v\n%v", a, b, c)
	}
	if s := h.sample(h.draw(impact.Draw{Indicator: "trials", Report: report})); s.Seed == "" || s.Population != 14 {
		t.Errorf("%+v", s.SampleRow)
	}
	if err := h.Draw(t.Context(), h.p.ID(), impact.Draw{Command: id.New(), Indicator: "acted", Report: report}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing to draw from: %v", err)
	}
}

func TestNamesAreReadForThirtyDaysAndEachReadingIsLogged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h, report := crowd(t, fresh)
		drawn := h.draw(impact.Draw{Indicator: "trials", Report: report, Author: who("Paula")})
		s := h.sample(drawn)
		h.must(h.Named(t.Context(), h.actor("Paula", access.Auditor), &s))
		h.must(h.Named(t.Context(), h.actor("Paula", access.Auditor), &s)) // the same day: one reading
		for _, l := range s.Lines {
			looks, err := h.People.Lookers(t.Context(), h.p.ID(), l.Story)
			h.must(err)
			if l.Name == "" || len(looks) != 1 || looks[0].Why != drawn.String() || looks[0].Role != "auditor" {
				t.Errorf("%s: %+v", l.Name, looks)
			}
		}
		other := h.sample(drawn)
		h.must(h.Named(t.Context(), h.actor("Jan", access.Funder), &other))
		h.now = h.now.Add(impact.SampleLife + time.Minute)
		closed := h.sample(drawn)
		h.must(h.Named(t.Context(), h.actor("Paula", access.Auditor), &closed))
		if other.Lines[0].Name != "" || closed.Lines[0].Name != "" || closed.Open {
			t.Error("a name that may not be read")
		}
		h.same()
	})
}

func TestARefusedLineIsSubtractedFromTheNextReport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h, report := crowd(t, fresh)
		paula, nadia := h.actor("Paula", access.Auditor), h.actor("Nadia", access.Coordinator)
		s := h.draw(impact.Draw{Indicator: "trials", Report: report})
		if err := h.judge(paula, s, impact.Judged{Line: 7, State: impact.Refused}); !fault.Is(err, fault.Invalid) {
			t.Errorf("refused without a reason: %v", err)
		}
		if err := h.judge(nadia, s, impact.Judged{Line: 7, State: impact.Accepted}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the coordinator judges herself: %v", err)
		}
		if err := h.judge(nadia, s, impact.Judged{Line: 7, State: impact.Explained, Why: "x"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("explained, not asked: %v", err)
		}
		if err := h.judge(paula, s, impact.Judged{Line: 77, State: impact.Seen}); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such line: %v", err)
		}
		for _, w := range []struct {
			a     access.Actor
			state string
		}{{paula, impact.Asked}, {nadia, impact.Explained}, {paula, impact.Refused}} {
			h.must(h.judge(w.a, s, impact.Judged{Line: 7, State: w.state, Why: "The second signature is missing."}))
			h.now = h.now.Add(time.Minute)
		}
		if l := h.sample(s).Lines[6]; l.Status != impact.Refused || len(l.Words) != 3 {
			t.Errorf("%+v", l)
		}
		if got, _ := h.report(report).Figure("trials"); got.N != 14 {
			t.Errorf("the frozen report says %d", got.N)
		}
		h.now = at("2026-11-02")
		next := h.report(h.freeze(impact.Freeze{Deliverable: "autumn"}))
		cs, err := h.Changes(t.Context(), h.p.ID(), next)
		h.must(err)
		if cs[0].N != 13 || cs[0].Refused != 1 {
			t.Errorf("%+v", cs[0])
		}
		h.same()
	})
}
