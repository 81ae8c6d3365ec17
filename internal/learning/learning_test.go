package learning_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
)

var home = id.Named("programme", "home")

type house struct {
	*learning.Service
	t *testing.T
	m learning.Module // looking for work, version 1
}

func each(t *testing.T, f func(h house)) {
	journaltest.Each(t, []*journal.View{people.View, learning.View}, []id.ID{home}, func(t *testing.T, j *journal.Journal, _ *journaltest.Clock) {
		h := house{Service: &learning.Service{J: j, Blobs: blob.In(t.TempDir()), People: &people.Service{J: j}}, t: t}
		m, err := content.ReadDir(os.DirFS("../../programmes/migrantech/modules/looking-for-work"))
		h.must(err)
		h.must(h.Publish(t.Context(), journaltest.Act(home, id.ID{}), learning.Publication{Module: m}))
		h.m, err = h.Module(t.Context(), home, "looking-for-work")
		h.must(err)
		f(h)
	})
}

func (h house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// right is an answer that content judges right, wrong one that it does not.
func right(a *content.Activity) (out []string) {
	if a == nil {
		return nil
	}
	for i, item := range a.Items {
		n := strconv.Itoa(i)
		switch a.Kind {
		case content.Choice, content.Choices:
			if item.Right {
				out = append(out, n)
			}
		case content.Fill, content.Short:
			out = append(out, item.Accept[0])
		default:
			out = append(out, n)
		}
	}
	return out
}

func (h house) answer(l learning.Learner, at int, given []string) content.Verdict {
	v, err := h.Answer(h.t.Context(), journaltest.Act(home, l.ID), l, learning.Answer{Module: h.m, At: at, Given: given, Language: "fr"})
	h.must(err)
	return v
}

func (h house) run(l learning.Learner) learning.RunRow {
	r, err := h.Run(h.t.Context(), home, l, h.m.Owner)
	h.must(err)
	return r
}

func (h house) whole(l learning.Learner) {
	for i, s := range h.m.Text("fr").Screens {
		h.answer(l, i+1, right(s.Activity))
	}
}

// exercise is the place of the first screen with a choice on it.
func (h house) exercise() int {
	for i, s := range h.m.Text("fr").Screens {
		if s.Activity != nil && s.Activity.Kind == content.Choice {
			return i + 1
		}
	}
	h.t.Fatal("no choice in the module")
	return 0
}

func TestAWholeModuleFinishesOnce(t *testing.T) {
	each(t, func(h house) {
		visit := learning.Learner{ID: id.New()}
		h.whole(visit)
		first := h.run(visit)
		if first.FinishedAt == 0 || first.Done != h.m.Screens {
			t.Errorf("not finished: %+v", first)
		}
		h.whole(visit)
		if again := h.run(visit); again.FinishedAt != first.FinishedAt || again.Done != first.Done {
			t.Errorf("finished again: %+v", again)
		}
	})
}

func TestWrongAnswersMakeStuckAndARightOneFrees(t *testing.T) {
	each(t, func(h house) {
		visit, at := learning.Learner{ID: id.New()}, h.exercise()
		for n := range learning.StuckAfter {
			if v := h.answer(visit, at, []string{"99"}); v.Right {
				t.Fatal("item 99 is right")
			}
			if got := h.run(visit).WrongHere; got != int64(n+1) {
				t.Errorf("%d wrong answers, not %d", got, n+1)
			}
		}
		h.answer(visit, at, right(h.m.Text("fr").Screens[at-1].Activity))
		if r := h.run(visit); r.WrongHere != 0 || r.Done != 1 {
			t.Errorf("still stuck: %+v", r)
		}
	})
}

func TestSendingAnAnswerTwiceIsOnce(t *testing.T) {
	each(t, func(h house) {
		visit := learning.Learner{ID: id.New()}
		a, w := journaltest.Act(home, id.ID{}), learning.Answer{Module: h.m, At: h.exercise(), Given: []string{"99"}, Language: "fr"}
		for range 2 {
			_, err := h.Answer(t.Context(), a, visit, w)
			h.must(err)
		}
		if r := h.run(visit); r.WrongHere != 1 {
			t.Errorf("counted twice: %+v", r)
		}
		if _, err := h.Answer(t.Context(), journaltest.Act(home, id.ID{}), visit, learning.Answer{Module: h.m, At: 99}); !fault.Is(err, fault.NotFound) {
			t.Errorf("screen 99: %v", err)
		}
	})
}

func TestKeepingProgressCarriesItOver(t *testing.T) {
	each(t, func(h house) {
		visit, who := learning.Learner{ID: id.New()}, id.New()
		for at := 1; at <= 3; at++ {
			h.answer(visit, at, right(h.m.Text("fr").Screens[at-1].Activity))
		}
		n := people.Newcomer{ID: who, Said: people.Described{First: "Oksana"}, Role: access.Learner}
		h.must(h.Keep(t.Context(), journaltest.Act(home, id.ID{}), visit.ID, n))
		person := learning.Learner{ID: who, Person: true}
		if r := h.run(person); r.Done != 3 || !r.Person {
			t.Errorf("not carried over: %+v", r)
		}
		if r := h.run(visit); r.StartedAt != 0 {
			t.Errorf("the visit still counts: %+v", r)
		}
		totals, err := learning.Tries.ReadTotals(t.Context(), h.J.DB(), home, "seen", "")
		h.must(err)
		for k, seen := range totals {
			if seen != 1 {
				t.Errorf("%s seen %d times by one learner", k, seen)
			}
		}
		h.whole(person)
		if h.run(person).FinishedAt == 0 {
			t.Error("cannot be finished after it was kept")
		}
	})
}

func TestWorkDoneElsewhereArrivesOnce(t *testing.T) {
	each(t, func(h house) {
		who := learning.Learner{ID: id.New(), Person: true}
		var works []learning.Work
		for i, s := range h.m.Text("fr").Screens {
			works = append(works, learning.Work{ID: id.New(), Learner: who, Module: h.m.ModuleRow, At: int64(1e15) + int64(i), Said: learning.Answered{
				Number: 1, Screen: s.ID, At: int64(i + 1), Of: h.m.Screens, Right: true, Language: "fr",
			}})
		}
		h.must(h.Bring(t.Context(), journaltest.Act(home, who.ID), works[:7]))
		h.must(h.Bring(t.Context(), journaltest.Act(home, who.ID), works)) // the phone did not hear the first answer
		r := h.run(who)
		if r.Done != h.m.Screens || r.FinishedAt != works[len(works)-1].At {
			t.Errorf("%+v", r)
		}
		story, err := h.J.History(t.Context(), home, who.ID)
		h.must(err)
		if len(story) != len(works)+1 {
			t.Errorf("%d entries for %d screens and an end", len(story), len(works))
		}
	})
}

func TestTheSameContentIsNoNewVersion(t *testing.T) {
	each(t, func(h house) {
		h.must(h.Publish(t.Context(), journaltest.Act(home, id.ID{}), learning.Publication{Module: h.m.Content}))
		m, err := h.Module(t.Context(), home, "looking-for-work")
		h.must(err)
		if m.Number != 1 {
			t.Errorf("version %d", m.Number)
		}
	})
}

func TestLibraryNarrows(t *testing.T) {
	each(t, func(h house) {
		for name, c := range map[string]struct {
			f learning.Filter
			n int
		}{
			"all": {learning.Filter{}, 1}, "need": {learning.Filter{Need: "diploma"}, 1}, "other need": {learning.Filter{Need: "care"}, 0},
			"part of a word": {learning.Filter{Need: "wor"}, 0}, "language": {learning.Filter{Language: "uk"}, 1},
			"unspoken": {learning.Filter{Language: "es"}, 0}, "country": {learning.Filter{Country: "TR"}, 1}, "hostile": {learning.Filter{Need: "' or 1=1 --"}, 0},
		} {
			got, err := h.Library(t.Context(), home, "ar", learning.Learner{}, c.f)
			h.must(err)
			if len(got) != c.n {
				t.Errorf("%s: %d modules", name, len(got))
			}
		}
	})
}

func TestRemarksAreCheckedAndDecided(t *testing.T) {
	each(t, func(h house) {
		for name, r := range map[string]learning.Remarked{
			"nothing": {}, "face": {Face: 7, Text: "x"}, "long": {Text: strings.Repeat("x", 10000)},
		} {
			if err := h.Remark(t.Context(), journaltest.Act(home, id.ID{}), h.m, r); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		remark, author := journaltest.Act(home, id.New()), journaltest.Act(home, id.New())
		h.must(h.Remark(t.Context(), remark, h.m, learning.Remarked{Screen: "cv", Text: "‮?", Language: "ar"}))
		if said, err := h.J.Find(t.Context(), home, remark.ID); err != nil || len(said) != 1 || !said[0].Author.IsZero() {
			t.Errorf("a remark names its author: %v, %v", said, err)
		}
		if err := h.Decide(t.Context(), author, h.m.Owner, learning.Decided{Remark: remark.ID}); !fault.Is(err, fault.Invalid) {
			t.Errorf("kept without a reason: %v", err)
		}
		author.ID = id.New()
		h.must(h.Decide(t.Context(), author, h.m.Owner, learning.Decided{Remark: remark.ID, Because: "It is the word of the office."}))
		w, ok, err := learning.Remarks.One(t.Context(), h.J.DB(), home, "and entry=$2", remark.ID)
		if err != nil || !ok || w.State != "keep" {
			t.Errorf("%+v %v", w, err)
		}
	})
}

// What is done on a device that follows a session counts for that session too, and how long each screen took;
// a break is no time, and a code that is none is not kept.
func TestInRoom(t *testing.T) {
	each(t, func(h house) {
		const code = "ABC123"
		who, at := learning.Learner{ID: id.New(), Person: true}, journaltest.Monday
		answer := func(n int, room string, after time.Duration, given ...string) {
			at = at.Add(after)
			a := journaltest.Act(home, who.ID)
			a.At = at
			_, err := h.Answer(t.Context(), a, who, learning.Answer{Module: h.m, At: n, Given: given, Language: "fr", Room: room})
			h.must(err)
		}
		first, n := h.m.Text("fr").Screens[0], h.exercise()
		answer(1, code, 0, right(first.Activity)...)
		answer(n, code, 40*time.Second, "nonsense")
		answer(n, code, 20*time.Second, "nonsense", "again")
		answer(1, "<script>", 2*time.Hour, right(first.Activity)...)
		got, err := h.InRoom(t.Context(), home, h.m.Owner, code)
		h.must(err)
		tally := got.Screens[h.m.Text("fr").Screens[n-1].ID]
		if tally.Seen != 1 || tally.Erring != 1 || tally.Wrong != 2 || tally.Seconds() != 60 {
			t.Errorf("%+v", got)
		}
		if other, err := h.InRoom(t.Context(), home, h.m.Owner, "ABC124"); err != nil || len(other.Screens)+int(other.Started) > 0 {
			t.Error(other, err)
		}
	})
}

// An answer that is sent again is the same, though it comes in another language by now.
func TestAnswerSentAgainInAnotherLanguage(t *testing.T) {
	each(t, func(h house) {
		who := learning.Learner{ID: id.New(), Person: true}
		a, n := journaltest.Act(home, who.ID), h.exercise()
		for _, lang := range []string{"fr", "ar", "fr"} {
			_, err := h.Answer(t.Context(), a, who, learning.Answer{Module: h.m, At: n, Given: []string{"nonsense"}, Language: lang})
			h.must(err)
		}
		if r := h.run(who); r.WrongHere != 1 {
			t.Errorf("%+v", r)
		}
	})
}
