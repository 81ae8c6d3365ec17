package impacttest

import (
	"fmt"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// Trials is a book of every way of counting.
const Trials = `
format: 1
zone: Europe/Paris
hide_below: { public: 3 }
evidence: { sheet: &t { fr: F, en: E, pt: P, tr: T, ar: A, uk: U } }
indicators:
  - { id: trials, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: person, fact: trial-attended, where: signed,
      count: owners, by: [organisation, country, month, module], target: { value: 20, report: { spring: 2 } }, evidence: [sheet] }
  - { id: tutors, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: person, fact: tutor-trained,
      where: 'path == "tutor"', count: owners, by: [month] }
  - { id: tutors, version: 2, from: 2026-06-01, because: *t, kind: output, title: *t, definition: *t, unit: person, fact: tutor-trained,
      where: 'path == "tutor" && half_days_signed >= 2 && certificate', count: owners, by: [month] }
  - { id: starts, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: start, fact: learner-started, where: not kept, count: facts, by: [country] }
  - { id: learners, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: person, fact: learner-started, where: 'kept && audience == "learner"', count: owners, by: [country] }
  - { id: modules, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: module, fact: module-published, count: pairs, pair: [subject, language], by: [language, country] }
  - { id: acted, version: 1, from: 2026-01-01, kind: result, title: *t, definition: *t, unit: percent, count: ratio, by: [language],
      part: { fact: remark-acted-on, where: 'decision == "change" && published', count: subjects }, whole: { fact: remark-made, count: subjects } }
  - { id: held, version: 1, from: 2026-01-01, kind: output, title: *t, definition: *t, unit: trial, fact: trial-held, count: subjects, by: [organisation, module, version] }
  - { id: found, version: 1, from: 2026-01-01, kind: result, title: *t, definition: *t, unit: finding, fact: finding-acted-on,
      where: 'decision == "change" && published', count: subjects, by: [module, version] }
calendar:
  - { id: spring, kind: report, title: *t, cut_off: 2026-04-30, due: 2026-05-31, from: operator, to: authority }
  - { id: autumn, kind: report, title: *t, cut_off: 2026-10-31, due: 2026-11-30, from: operator, to: authority }
  - { id: guide, kind: deliverable, title: *t, due: 2026-05-31, from: operator, to: authority }
`

// Sign signs a half-day of a session.
func (h *House) Sign(day, name, session string, half int64, kind string) {
	h.T.Helper()
	h.On(day, tutoring.KindSigned.Draft(Who(name), id.Named(session), tutoring.Signed{Half: half, Kind: kind, Organisation: h.P.OrganisationID("operator"), Path: "tutor"}))
}

// Year plays a year of an invented programme up to its first report.
func Year(t *testing.T, fresh dbtest.New) *House {
	h := New(t, fresh, Trials)
	for _, n := range []string{"Amina", "Oksana", "Deniz", "Fatou"} {
		h.Enter("2026-02-01", n, access.Learner, people.Described{Gender: "woman", Country: "BE"})
	}
	h.Sign("2026-03-10", "Amina", "one", 1, "trial")
	h.Sign("2026-03-10", "Amina", "one", 2, "trial")
	h.Sign("2026-04-02", "Oksana", "two", 1, "trial")
	h.Enter("2026-02-01", "Leïla", access.Tutor, people.Described{})
	h.On("2026-04-10", learning.KindFinished.Draft(Who("Leïla"), id.Named("m"), learning.Finished{Audience: "tutor"}))
	h.Now = At("2026-05-02")
	return h
}

// Close freezes a report, twice sent, and gives its id.
func (h *House) Close(a journal.Act, f impact.Freeze) id.ID {
	h.T.Helper()
	h.Must(h.Freeze(h.T.Context(), a, f))
	h.Must(h.Freeze(h.T.Context(), a, f)) // sent twice: frozen once
	return impact.ReportID(a)
}

// Reopen reads a frozen report.
func (h *House) Reopen(v id.ID) impact.Report {
	h.T.Helper()
	r, err := h.Report(h.T.Context(), h.P.ID(), v)
	h.Must(err)
	return r
}

// Actor is somebody in a role of the programme.
func (h *House) Actor(name string, r access.Role) access.Actor {
	return access.Actor{Programme: h.P.ID(), Person: Who(name), Name: name, Grants: []access.Grant{{Role: r, Of: h.P.ID()}}}
}

// Crowd signs fourteen people into trials and freezes the report.
func Crowd(t *testing.T, fresh dbtest.New) (*House, id.ID) {
	h := Year(t, fresh)
	for i := range 12 {
		n := fmt.Sprintf("Guest%02d", i)
		h.Enter("2026-02-02", n, access.Learner, people.Described{Country: "BE"})
		h.Sign("2026-04-03", n, "big", 1, "trial")
	}
	h.Enter("2026-02-02", "Paula", access.Auditor, people.Described{})
	h.Enter("2026-02-02", "Nadia", access.Coordinator, people.Described{})
	return h, h.Close(h.Act("Nadia"), impact.Freeze{Deliverable: "spring", Known: h.Now.Add(time.Hour)})
}

// Sampled draws a sample, twice sent, and gives its id.
func (h *House) Sampled(a journal.Act, d impact.Draw) id.ID {
	h.T.Helper()
	h.Must(h.Draw(h.T.Context(), a, d))
	h.Must(h.Draw(h.T.Context(), a, d)) // sent twice
	return impact.SampleID(a)
}
