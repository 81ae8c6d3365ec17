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
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

const trials = `
format: 1
zone: Europe/Paris
hide_below: { public: 3 }
evidence: { sheet: &t { fr: F, en: E, pt: P, tr: T, ar: A, uk: U } }
indicators:
  - { id: trials, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: person, fact: trial-attended, where: signed,
      count: owners, by: [organisation, country, month], target: { value: 20, report: { spring: 2 } }, evidence: [sheet] }
  - { id: tutors, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: person, fact: tutor-trained,
      where: 'path == "tutor"', count: owners, by: [month] }
  - { id: tutors, version: 2, from: 2026-06-01, because: *t, kind: output, title: *t, definition: *t, unit: person, fact: tutor-trained,
      where: 'path == "tutor" && half_days_signed >= 2 && certificate', count: owners, by: [month] }
  - { id: starts, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: start, fact: learner-started, where: not kept, count: facts, by: [country] }
  - { id: learners, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: person, fact: learner-started, where: 'kept && audience == "learner"', count: owners, by: [country] }
  - { id: modules, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: module, fact: module-published, count: pairs, pair: [subject, language], by: [language, country] }
  - { id: acted, version: 1, from: 2026-01-01, kind: result, title: *t, definition: *t, unit: percent, count: ratio, by: [language],
      part: { fact: remark-acted-on, where: 'decision == "change" && published', count: subjects }, whole: { fact: remark-made, count: subjects } }
calendar:
  - { id: spring, kind: report, title: *t, cut_off: 2026-04-30, due: 2026-05-31, from: operator, to: authority }
  - { id: autumn, kind: report, title: *t, cut_off: 2026-10-31, due: 2026-11-30, from: operator, to: authority }
  - { id: guide, kind: deliverable, title: *t, due: 2026-05-31, from: operator, to: authority }
`

func (h *house) sign(day, name, session string, half int64, kind string) {
	h.t.Helper()
	h.on(day, tutoring.KindSigned.Draft(who(name), id.Named(session), tutoring.Signed{Half: half, Kind: kind, Organisation: h.p.OrganisationID("operator"), Path: "tutor"}))
}

// year plays a year of an invented programme up to its first report.
func year(t *testing.T, fresh dbtest.New) *house {
	h := newHouse(t, fresh, trials)
	for _, n := range []string{"Amina", "Oksana", "Deniz", "Fatou"} {
		h.enter("2026-02-01", n, access.Learner, people.Described{Gender: "woman", Country: "BE"})
	}
	h.sign("2026-03-10", "Amina", "one", 1, "trial")
	h.sign("2026-03-10", "Amina", "one", 2, "trial")
	h.sign("2026-04-02", "Oksana", "two", 1, "trial")
	h.enter("2026-02-01", "Leïla", access.Tutor, people.Described{})
	h.on("2026-04-10", learning.KindFinished.Draft(who("Leïla"), id.Named("m"), learning.Finished{Audience: "tutor"}))
	h.now = at("2026-05-02")
	return h
}

func (h *house) freeze(f impact.Freeze) id.ID {
	h.t.Helper()
	f.Command = h.next()
	h.must(h.Freeze(h.t.Context(), h.p.ID(), f))
	h.must(h.Freeze(h.t.Context(), h.p.ID(), f)) // sent twice: frozen once
	return impact.ReportID(h.p.ID(), f.Command)
}

func (h *house) report(v id.ID) impact.Report {
	h.t.Helper()
	r, err := h.Report(h.t.Context(), h.p.ID(), v)
	h.must(err)
	return r
}

func TestAFrozenReportStaysAndTheNextExplains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := year(t, fresh)
		spring := h.freeze(impact.Freeze{Deliverable: "spring"})
		first := text(t, h.report(spring))

		h.now = at("2026-05-20")
		h.sign("2026-04-20", "Deniz", "three", 1, "trial") // happened before, known after
		h.sign("2026-09-01", "Fatou", "four", 1, "trial")
		h.now = at("2026-11-02")

		if again := text(t, h.report(spring)); again != first {
			t.Error("the frozen report changed")
		}
		late, err := h.Late(t.Context(), h.report(spring), h.p.ID())
		h.must(err)
		if len(late) != 1 || late[0].Figure.ID != "trials" || len(late[0].Facts) != 1 {
			t.Errorf("came late: %+v", late)
		}
		autumn := h.report(h.freeze(impact.Freeze{Deliverable: "autumn"}))
		cs, err := h.Changes(t.Context(), h.p.ID(), autumn)
		h.must(err)
		if c := cs[0]; c.ID != "trials" || c.Was.N != 2 || c.N != 4 || c.Late != 1 || c.New != 1 || c.Gone+c.Refused+c.Corrected != 0 {
			t.Errorf("trials: %+v", c)
		}
		if c := cs[1]; c.Was.N != 1 || c.N != 0 || !c.Redefined || c.Undefined != 1 {
			t.Errorf("tutors: %+v", c)
		}
		f := h.Freeze(t.Context(), h.p.ID(), impact.Freeze{Command: id.New(), Deliverable: "autumn"})
		if !fault.Is(f, fault.Conflict) {
			t.Errorf("a second freeze of the same report: %v", f)
		}
		h.same()
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
	h := year(t, dbtest.SQLite)
	for _, c := range []struct {
		f    impact.Freeze
		code fault.Code
	}{
		{impact.Freeze{Deliverable: "autumn"}, fault.Invalid}, // its cut-off is to come
		{impact.Freeze{CutOff: "soon"}, fault.Invalid},
		{impact.Freeze{CutOff: "2026-05-02"}, fault.Invalid}, // today has not ended
		{impact.Freeze{Deliverable: "guide"}, fault.NotFound},
		{impact.Freeze{Deliverable: "winter"}, fault.NotFound},
	} {
		c.f.Command = id.New()
		if err := h.Freeze(t.Context(), h.p.ID(), c.f); !fault.Is(err, c.code) {
			t.Errorf("%+v: %v", c.f, err)
		}
	}
	h.must(h.HandIn(t.Context(), h.p.ID(), impact.HandIn{Command: id.New(), Deliverable: "guide", At: at("2026-03-01")}))
	if err := h.HandIn(t.Context(), h.p.ID(), impact.HandIn{Command: id.New(), Deliverable: "guide"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("handed in twice: %v", err)
	}
	rows, err := h.Filings(t.Context(), h.p.ID())
	h.must(err)
	if len(rows) != 1 || rows[0].At != at("2026-03-01").UnixMicro() {
		t.Errorf("%+v", rows)
	}
}

// A demonstration freezes a report that is a year old with what is in the journal by now.
func TestFreezeOfThePast(t *testing.T) {
	h := newHouse(t, dbtest.SQLite, trials)
	h.now = at("2027-03-01")
	h.enter("2026-02-01", "Amina", access.Learner, people.Described{})
	h.sign("2026-03-10", "Amina", "one", 1, "trial")
	f := impact.Freeze{Deliverable: "spring", At: at("2026-05-03"), Known: h.now.Add(time.Hour)}
	if got, _ := h.report(h.freeze(f)).Figure("trials"); got.N != 1 {
		t.Errorf("counted %d", got.N)
	}
}

func TestTutorsByTheDefinitionOfTheDay(t *testing.T) {
	h := year(t, dbtest.SQLite)
	h.sign("2026-06-10", "Leïla", "five", 1, "training")
	h.sign("2026-06-10", "Leïla", "five", 1, "training") // signed twice
	h.on("2026-06-11", tutoring.KindCertified.Draft(who("Leïla"), id.Named("path"), tutoring.Certified{Path: "tutor"}))
	if n := h.figure(impact.Query{}, "tutors"); n != 0 {
		t.Errorf("one half-day and a certificate: %d", n)
	}
	h.sign("2026-06-12", "Leïla", "five", 2, "training")
	if n := h.figure(impact.Query{}, "tutors"); n != 1 {
		t.Errorf("both half-days: %d", n)
	}
	h.same()
}

func TestLearningCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := year(t, fresh)
		module, visit := id.Named("module"), id.Named("visit")
		h.on("2026-06-01", learning.KindPublished.Draft(module, module, learning.Published{
			Audience: "learner", Organisation: h.p.OrganisationID("operator"), Titles: map[string]learning.Title{"fr": {}, "tr": {}},
		}))
		said := learning.KindAnswered.Draft(visit, module, learning.Answered{Country: "FR", Language: "fr"})
		said.Sealed = false
		h.now = at("2026-06-02")
		h.must(h.J.Do(t.Context(), h.p.ID(), journal.Command{ID: h.next(), Decide: decide(said)}))
		if n, m := h.figure(impact.Query{}, "starts"), h.figure(impact.Query{}, "learners"); n != 1 || m != 0 {
			t.Errorf("a visit: %d starts, %d learners", n, m)
		}
		h.on("2026-06-03", learning.KindClaimed.Draft(visit, visit, learning.Claimed{}))
		h.on("2026-06-03", learning.KindKept.Draft(who("Fatou"), who("Fatou"), learning.Kept{
			Visit: visit, Runs: []learning.KeptRun{{Module: module, StartedAt: at("2026-06-02").UnixMicro(), Language: "fr"}},
		}))
		h.on("2026-06-04", learning.KindAnswered.Draft(who("Fatou"), module, learning.Answered{Country: "BE", Language: "fr"}))
		h.on("2026-06-04", learning.KindAnswered.Draft(who("Leïla"), module, learning.Answered{})) // a tutor has a look
		if n, m := h.figure(impact.Query{}, "starts"), h.figure(impact.Query{}, "learners"); n != 0 || m != 1 {
			t.Errorf("kept: %d starts, %d learners", n, m)
		}
		if n := h.figure(impact.Query{Filter: figure.Filter{Country: "BE"}}, "modules"); n != 2 {
			t.Errorf("%d modules of a Belgian partner", n)
		}
		h.same()
	})
}

func TestRemarksActedOn(t *testing.T) {
	h := year(t, dbtest.SQLite)
	module := id.Named("module")
	words := func() id.ID {
		return h.on("2026-06-05", learning.KindRemarked.Draft(module, module, learning.Remarked{Screen: "s", Language: "fr", Face: 1, Text: "Too fast"}))
	}
	a, b := words(), words()
	h.on("2026-06-05", learning.KindRemarked.Draft(module, module, learning.Remarked{Face: 3})) // no words
	h.on("2026-06-06", learning.KindDecided.Draft(module, a, learning.Decided{Remark: a, Change: true}))
	h.on("2026-06-06", learning.KindDecided.Draft(module, b, learning.Decided{Remark: b, Because: "It is right."}))
	if n := h.figure(impact.Query{}, "acted"); n != 0 {
		t.Errorf("promised, not published: %d %%", n)
	}
	h.on("2026-06-07", learning.KindPublished.Draft(module, module, learning.Published{Number: 2, Remarks: []id.ID{a}}),
		learning.KindDecided.Draft(module, a, learning.Decided{Remark: a, Change: true}))
	if n := h.figure(impact.Query{}, "acted"); n != 50 {
		t.Errorf("published: %d %%", n)
	}
	h.same()
}

func TestVoidedAndErasedNoLongerCount(t *testing.T) {
	h := year(t, dbtest.SQLite)
	h.now = at("2026-05-10")
	wrong := h.on("2026-05-09", tutoring.KindSigned.Draft(who("Deniz"), id.Named("x"), tutoring.Signed{Half: 1, Kind: "trial"}))
	before := h.figure(impact.Query{}, "trials")
	h.on("2026-05-10", journal.Voided.Draft(who("Deniz"), wrong, journal.Reason{Why: "another Deniz"}))
	h.on("2026-05-10", journal.Erased.Draft(who("Amina"), who("Amina"), journal.Reason{}))
	if n := h.figure(impact.Query{}, "trials"); before != 3 || n != 1 {
		t.Errorf("%d, then %d", before, n)
	}
	h.same()
}

func TestQueriesOfAState(t *testing.T) {
	h := year(t, dbtest.SQLite)
	n := 0
	_, err := h.Figures(counted(t, &n), h.p.ID(), impact.Query{})
	h.must(err)
	_, err = h.Figures(counted(t, &n), h.p.ID(), impact.Query{}) // nothing was written since
	h.must(err)
	if n > 3+2 {
		t.Errorf("%d queries", n)
	}
}
