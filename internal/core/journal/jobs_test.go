package journal_test

import (
	"context"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// telling is a command that leaves two jobs, and fails where it is told to.
func telling(v id.ID, fails error) command {
	return command{Act: act(v), decide: func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
		return []journal.Draft{naming(1, "Awa")}, []job.Job{{Kind: "mail", Payload: []byte("{}")}, {Kind: "text", Payload: []byte("{}")}}, fails
	}}
}

func TestJobsComeWithTheirEntries(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		c := telling(id.New(), nil)
		h.do(c, c)
		h.refused(errNo, telling(id.New(), errNo))
		c.same = journal.Same("other words")
		h.refused(journal.ErrConflict, c)
		if js := h.jobs(); len(js) != 2 || js[0].Kind == js[1].Kind {
			t.Fatalf("%+v", js)
		}
		h.whole(1)
	})
}

// What was done is not left to be done again where its command is sent again.
func TestDoneJobsDoNotComeBack(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		c, done := telling(id.New(), nil), 0
		do := func(context.Context, job.Job) error { done++; return nil }
		r := job.Runner{DB: h.DB(), Now: func() time.Time { return time.Now().Add(time.Minute) }, Do: map[string]func(context.Context, job.Job) error{"mail": do, "text": do}}
		for range 2 {
			h.do(c)
			r.Drain(t.Context())
		}
		if done != 2 || len(h.jobs()) != 0 {
			t.Fatal(done, h.jobs())
		}
	})
}

// A command may leave a job and say nothing.
func TestJobAlone(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		w := job.Job{Kind: "mail", Payload: []byte("{}")}
		h.do(command{Act: act(id.New()), decide: func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
			return nil, []job.Job{w}, nil
		}})
		if js := h.jobs(); len(js) != 1 {
			t.Fatal(js)
		}
		h.whole(0)
	})
}
