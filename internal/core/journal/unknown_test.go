package journal_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// remote is a house whose PostgreSQL is reached by a wire, and the same house reached directly.
func remote(t *testing.T) (h, direct house, w *wire) {
	t.Helper()
	if os.Getenv(dbtest.Env) == "" {
		t.Skip("no PostgreSQL: `make test` starts one")
	}
	direct = newHouse(t, dbtest.PostgreSQL)
	h = house{t: t, v: direct.v}
	w, h.source = wired(t, direct.source)
	h.Journal = openJournal(t, h.source, h.v, 0)
	h.Hurry()
	return h, direct, w
}

// cutting makes of a command one whose COMMIT is cut, once.
func (w *wire) cutting(how cutting, c command) command {
	decide, arm := c.decide, sync.OnceFunc(func() { w.cut.Store(&how) })
	c.decide = func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		arm()
		return decide(ctx, q)
	}
	return c
}

// Where the answer of COMMIT is lost, the group is run again: kept or not, each command is there once.
func TestLostCommitIsRunAgain(t *testing.T) {
	for name, how := range map[string]cutting{"before it was heard": {}, "after it was done": {heard: true}} {
		t.Run(name, func(t *testing.T) {
			h, direct, w := remote(t)
			no := deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) { return nil, errNo })
			answers := h.grouped(w.cutting(how, say(id.New(), "b", naming(1, "Bo"))), no, say(id.New(), "c", naming(2, "Cy")))
			if answers[0] != nil || !errors.Is(answers[1], errNo) || answers[2] != nil {
				t.Error(answers)
			}
			direct.whole(2)
			h.do(w.cutting(how, say(id.New(), "d", naming(3, "Dan"))))
			direct.whole(3)
			if w.cuts.Load() != 2 {
				t.Errorf("%d COMMITs were cut, not two", w.cuts.Load())
			}
		})
	}
}

// Where the database stays away, that is the answer; whoever asks again once it is back is served once.
func TestLostCommitIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		how  cutting
		kept int64
	}{"not kept": {cutting{forGood: true}, 0}, "kept": {cutting{heard: true, forGood: true}, 1}} {
		t.Run(name, func(t *testing.T) {
			h, direct, w := remote(t)
			b := say(id.New(), "b", naming(1, "Bo"))
			err := w.cutting(c.how, b).to(t.Context(), h.Journal)
			if !errors.Is(err, db.ErrUnknown) || !strings.Contains(err.Error(), "not known whether it was kept; try again") {
				t.Error(err)
			}
			direct.whole(c.kept)
			direct.do(b)
			direct.whole(1)
		})
	}
}

// Only whom that COMMIT was for is told so: who was not yet served learns what became of their own.
func TestLostCommitIsTheirsAlone(t *testing.T) {
	h, direct, w := remote(t)
	h.OneByOne()
	got := h.grouped(w.cutting(cutting{forGood: true}, say(id.New(), "a", naming(1, "Awa"))), say(id.New(), "b", naming(2, "Bo")))
	if !errors.Is(got[0], db.ErrUnknown) || got[1] == nil || errors.Is(got[1], db.ErrUnknown) {
		t.Error(got)
	}
	direct.whole(0)
}

// A COMMIT that the server refuses was not kept, and that is certain.
func TestRefusedCommitIsAnswered(t *testing.T) {
	h, direct, _ := remote(t)
	direct.exec("alter table entry add constraint one_name unique (programme,owner,kind) deferrable initially deferred")
	h.do(say(id.New(), "a", naming(1, "Awa")))
	err := say(id.New(), "b", naming(1, "Bo")).to(t.Context(), h.Journal)
	if err == nil || errors.Is(err, db.ErrUnknown) || !strings.Contains(err.Error(), "one_name") {
		t.Error(err)
	}
	direct.whole(1)
}
