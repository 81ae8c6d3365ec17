package learning_test

import (
	"testing"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
)

// Codes of two sessions.
const (
	spring = "SPR123"
	autumn = "ATM123"
)

// tries has a pilot group do the screen "choose" in a session, some of them wrong first, and go on to the end.
func (w workshop) tries(group []learning.Learner, wrong int, code string) {
	w.t.Helper()
	for i, l := range group {
		answer := func(at int, given string) {
			_, err := w.Answer(w.t.Context(), journaltest.Act(here, id.ID{}), l, learning.Answer{Module: w.module(), At: at, Given: []string{given}, Language: "fr", Room: code})
			w.must(err)
		}
		if answer(1, ""); i < wrong {
			answer(2, "0")
		}
		answer(2, "1")
		answer(3, "")
	}
}

func pilot(n int) (out []learning.Learner) {
	for range n {
		out = append(out, learning.Learner{ID: id.New()})
	}
	return out
}

// one is the only finding of the module.
func (w workshop) one() learning.FindingRow {
	w.t.Helper()
	s, err := w.Study(w.t.Context(), here, "work")
	w.must(err)
	if len(s.Findings) != 1 {
		w.t.Fatalf("%d findings", len(s.Findings))
	}
	return s.Findings[0]
}

// A finding rests on a trial, is decided with the remarks that it sums up, is answered by a version, and a
// second trial with the same people says whether that helped. Each act is sent twice.
func TestFindingFromATrialToTheNext(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx, m, group := t.Context(), w.begun(), pilot(12)
		w.tries(group, 8, spring)
		remark := journaltest.Act(here, id.ID{})
		w.must(w.Remark(ctx, remark, m, learning.Remarked{Screen: "choose", Language: "fr", Text: "« comprenez » ?"}))
		twice := func(f func() error) { w.t.Helper(); w.must(f()); w.must(f()) }

		a := by(w.claire)
		f := learning.Finding{Module: m, Screen: "choose", Text: "La question est longue.", Rooms: []string{spring}, Remarks: []id.ID{remark.ID}}
		twice(func() error { return w.Conclude(ctx, a, f) })
		if got := w.one(); got.State != "open" || got.Number != 1 || got.Saw() != (learning.Tally{Seen: 12, Erring: 8}) || len(learning.Resting([]learning.FindingRow{got}, autumn)) > 0 {
			t.Fatalf("%+v", got)
		}
		if open, err := w.ToAnswer(ctx, here, "work"); err != nil || len(open) > 0 {
			t.Fatal("a version may answer what nobody decided", open, err)
		}

		decision := learning.FindingDecided{Finding: w.one().Entry, Change: true, Because: "Trois personnes l'ont dit."}
		d := by(w.claire)
		twice(func() error { return w.DecideFinding(ctx, d, m.Owner, decision) })
		s, err := w.Study(ctx, here, "work")
		w.must(err)
		if w.one().State != "change" || s.Remarks[0].State != "change" || s.Remarks[0].Because != decision.Because {
			t.Fatalf("%+v %+v", w.one(), s.Remarks)
		}

		w.must(w.typed("choose", func(t *learning.Typed) { t.Question = "C'est trop rapide. Que faites-vous ?" }))
		w.must(w.Submit(ctx, by(w.claire), "work", ""))
		p, r := by(w.nadia), learning.Release{Slug: "work", Note: "Plus court.", Findings: []id.ID{decision.Finding}}
		twice(func() error { return w.PublishManuscript(ctx, p, r) })
		if _, verdict := w.one().Helped(nil, nil); w.one().Answers != 2 || verdict != learning.TooFew {
			t.Fatalf("%+v %s", w.one(), verdict)
		}
		if err := w.DecideFinding(ctx, by(w.claire), m.Owner, learning.FindingDecided{Finding: decision.Finding, Because: "Non."}); !fault.Is(err, fault.Conflict) {
			t.Fatal("decided again though a version answers it", err)
		}

		w.tries(group[:10], 2, autumn)
		s, err = w.Study(ctx, here, "work")
		w.must(err)
		now, verdict := w.one().Helped(s.Effects, s.Rooms)
		if verdict != learning.Helped || now.Before.Percent() != 67 || now.After.Percent() != 20 || now.To != 2 {
			t.Fatalf("%s %+v", verdict, now)
		}
		if was := s.Rooms[spring]; was.Started != 12 || was.Finished != 12 || was.Screens["choose"].Erring != 8 {
			t.Fatalf("the second trial changed the first: %+v", was)
		}
	})
}

// A finding that is written while its trial goes on is compared with all that the trial showed, and says what was
// seen when it was written.
func TestFindingOfATrialThatGoesOn(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		m := w.begun()
		w.tries(pilot(2), 2, spring)
		w.must(w.Conclude(t.Context(), by(w.claire), learning.Finding{Module: m, Screen: "choose", Text: "Trop long.", Rooms: []string{spring}}))
		w.tries(pilot(4), 1, spring)
		w.tries(pilot(3), 3, autumn) // another trial is not its own
		s, err := w.Study(t.Context(), here, "work")
		w.must(err)
		now, _ := w.one().Helped(s.Effects, s.Rooms)
		if w.one().Saw() != (learning.Tally{Seen: 2, Erring: 2}) || now.Before.Seen != 6 || now.Before.Erring != 3 {
			t.Errorf("%+v, %+v", w.one(), now)
		}
	})
}

// What cannot be is refused, and nothing is written.
func TestFindingIsChecked(t *testing.T) {
	eachWorkshop(t, func(w workshop) {
		ctx, m := t.Context(), w.begun()
		conclude := func(f learning.Finding) error {
			f.Module = m
			return w.Conclude(ctx, by(w.claire), f)
		}
		w.wants(conclude(learning.Finding{Screen: "choose"}), "learning.finding.missing")
		for name, f := range map[string]learning.Finding{
			"screen": {Screen: "elsewhere", Text: "?"}, "room": {Text: "?", Rooms: []string{"<b>"}}, "remark": {Text: "?", Remarks: []id.ID{id.New()}},
		} {
			if err := conclude(f); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(conclude(learning.Finding{Text: "Trop long."}))
		which := w.one().Entry
		w.wants(w.DecideFinding(ctx, by(w.claire), m.Owner, learning.FindingDecided{Finding: which}), "learning.because.missing")
		if err := w.DecideFinding(ctx, by(w.claire), m.Owner, learning.FindingDecided{Finding: id.New(), Change: true}); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		w.must(w.typed("where", func(t *learning.Typed) { t.Text = "Deux endroits." }))
		w.must(w.Submit(ctx, by(w.claire), "work", ""))
		r := learning.Release{Slug: "work", Note: "Moins.", Findings: []id.ID{which}}
		if err := w.PublishManuscript(ctx, by(w.nadia), r); !fault.Is(err, fault.Conflict) {
			t.Error("answers a finding that nobody decided", err)
		}
	})
}

// Whether a change helped is said of ten people at least, before and after; mistakes speak first, then who stopped.
func TestHelped(t *testing.T) {
	effects := func(number int64, t learning.Tally) map[int64]*learning.Effect {
		return map[int64]*learning.Effect{number: {Number: number, Screens: map[string]learning.Tally{"s": t}}}
	}
	for name, c := range map[string]struct {
		after  learning.Tally
		number int64
		want   string
	}{
		"fewer err":        {learning.Tally{Seen: 10, Erring: 2}, 2, learning.Helped},
		"more err":         {learning.Tally{Seen: 10, Erring: 10}, 3, learning.Worse},
		"nine people":      {learning.Tally{Seen: 9}, 2, learning.TooFew},
		"version before":   {learning.Tally{Seen: 19}, 1, learning.TooFew},
		"a little less":    {learning.Tally{Seen: 100, Erring: 51, Stopped: 20}, 2, learning.Same},
		"as many":          {learning.Tally{Seen: 10, Erring: 6, Stopped: 2}, 2, learning.Same},
		"fewer stop":       {learning.Tally{Seen: 10, Erring: 6}, 2, learning.Helped},
		"more people stop": {learning.Tally{Seen: 10, Erring: 6, Stopped: 8}, 2, learning.Worse},
	} {
		w := learning.FindingRow{Screen: "s", Number: 1, Answers: 2, Seen: 10, Erring: 6, Stopped: 2}
		if _, got := w.Helped(effects(c.number, c.after), nil); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	w := learning.FindingRow{Screen: "s", Number: 1, Answers: 2, Seen: 9, Erring: 9}
	if _, got := w.Helped(effects(2, learning.Tally{Seen: 40}), nil); got != learning.TooFew {
		t.Error("nine people before are few, too:", got)
	}
}
