package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
)

var (
	programme = id.Named("programme")
	start     = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	farAway   = start.AddDate(100, 0, 0)
	errNo     = errors.New("the post office is closed")
)

// bench is a database with a runner whose clock the test sets.
type bench struct {
	*job.Runner
	t   *testing.T
	now time.Time
}

func newBench(t *testing.T, source string) *bench {
	b := &bench{t: t, now: start}
	b.Runner = &job.Runner{DB: dbtest.Open(t, source), Now: func() time.Time { return b.now }, Do: map[string]func(context.Context, job.Job) error{}, Wake: make(chan struct{}, 1)}
	if err := b.DB.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}

func each(t *testing.T, f func(t *testing.T, b *bench)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) { f(t, newBench(t, fresh(t))) })
}

func (b *bench) put(kind string, due time.Time) id.ID {
	b.t.Helper()
	v := id.New()
	j, err := job.New(kind, map[string]string{"of": kind})
	if err != nil {
		b.t.Fatal(err)
	}
	j.Due = due
	if err := b.DB.Update(b.t.Context(), func(tx *db.Tx) error { return job.Put(b.t.Context(), tx, programme, v, j, b.now) }); err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b *bench) waiting() []job.Job {
	b.t.Helper()
	js, err := job.List(b.t.Context(), b.DB, programme, farAway, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	return js
}

func TestWrittenWithItsCauseOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		err := b.DB.Update(t.Context(), func(tx *db.Tx) error {
			if err := job.Put(t.Context(), tx, programme, id.New(), job.Job{Kind: "mail", Payload: []byte("{}")}, start); err != nil {
				return err
			}
			return errNo
		})
		if !errors.Is(err, errNo) || len(b.waiting()) != 0 {
			t.Fatal(err, b.waiting())
		}
	})
}

func TestDoneOnceAndGone(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var got []job.Job
		b.Do["mail"] = func(_ context.Context, j job.Job) error { got = append(got, j); return nil }
		v := b.put("mail", time.Time{})
		b.Drain(t.Context())
		b.Drain(t.Context())
		if len(got) != 1 || got[0].ID != v || got[0].Programme != programme || string(got[0].Payload) != `{"of":"mail"}` || got[0].Tries != 1 || len(b.waiting()) != 0 {
			t.Fatalf("%+v, %+v", got, b.waiting())
		}
	})
}

func TestSameIDTwiceIsOneJob(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		v := id.New()
		for range 2 {
			if err := b.DB.Update(t.Context(), func(tx *db.Tx) error {
				return job.Put(t.Context(), tx, programme, v, job.Job{Kind: "mail", Payload: []byte("{}")}, start)
			}); err != nil {
				t.Fatal(err)
			}
		}
		if len(b.waiting()) != 1 {
			t.Fatal(b.waiting())
		}
	})
}

func TestDueOnesFirstAndOnlyThem(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var order []string
		for _, k := range []string{"later", "second", "first"} {
			b.Do[k] = func(_ context.Context, j job.Job) error { order = append(order, j.Kind); return nil }
		}
		b.put("later", start.Add(time.Hour))
		b.now = start.Add(time.Second)
		b.put("second", time.Time{})
		b.now = start
		b.put("first", time.Time{})
		b.now = start.Add(time.Minute)
		b.Drain(t.Context())
		b.now = start.Add(2 * time.Hour)
		b.Drain(t.Context())
		if strings.Join(order, " ") != "first second later" {
			t.Fatal(order)
		}
	})
}

func TestBackOff(t *testing.T) {
	for tries, want := range map[int64]time.Duration{1: 2 * time.Second, 2: 4 * time.Second, 10: 1024 * time.Second, 15: 6 * time.Hour, 20: 6 * time.Hour, 1000: 6 * time.Hour} {
		if got := job.Backoff(tries); got != want {
			t.Errorf("after %d tries: %s", tries, got)
		}
	}
	each(t, func(t *testing.T, b *bench) {
		tried := 0
		b.Do["mail"] = func(context.Context, job.Job) error { tried++; return errNo }
		b.put("mail", time.Time{})
		for n := 1; n <= 4; n++ {
			b.Drain(t.Context())
			w := b.waiting()[0]
			if tried != n || w.Tries != int64(n) || w.Error != errNo.Error() || !w.Due.Equal(b.now.Add(job.Backoff(int64(n)))) || !w.Made.Equal(start) {
				t.Fatalf("%d tries: %+v", tried, w)
			}
			b.now = w.Due.Add(-time.Microsecond)
			b.Drain(t.Context()) // not yet
			b.now = w.Due
		}
	})
}

// A job that will have more to do rests, and has not failed, however often it was done; what failed before is forgotten.
func TestAgainLater(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		said := []error{errNo, job.Later(5 * time.Second), job.Later(0), job.Later(5 * time.Second), errNo, nil}
		b.Do["poll"] = func(context.Context, job.Job) error { now := said[0]; said = said[1:]; return now }
		v := b.put("poll", time.Time{})
		for n, want := range []struct {
			rest  time.Duration
			tries int64
			why   string
		}{{2 * time.Second, 1, errNo.Error()}, {5 * time.Second, 0, ""}, {5 * time.Second, 0, ""}, {2 * time.Second, 1, errNo.Error()}} {
			b.Drain(t.Context()) // the third is done at once, after the second
			w := b.waiting()
			if len(w) != 1 || w[0].ID != v || w[0].Tries != want.tries || w[0].Error != want.why || !w[0].Due.Equal(b.now.Add(want.rest)) {
				t.Fatalf("%d: %+v", n, w)
			}
			b.now = w[0].Due
		}
		b.Drain(t.Context())
		if len(b.waiting()) != 0 || len(said) != 0 {
			t.Fatal(b.waiting(), said)
		}
	})
}

// A failure that knows how long it lasts is heeded; one that has happened often waits longer all the same.
func TestNotBefore(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.Do["mail"] = func(context.Context, job.Job) error {
			return fmt.Errorf("closed: %w", job.NotBefore(10*time.Second, errNo))
		}
		b.put("mail", time.Time{})
		for n, rest := range []time.Duration{10 * time.Second, 10 * time.Second, 10 * time.Second, 16 * time.Second} {
			b.Drain(t.Context())
			w := b.waiting()[0]
			if w.Tries != int64(n+1) || w.Error != errNo.Error() || !w.Due.Equal(b.now.Add(rest)) {
				t.Fatalf("%d: %+v", n, w)
			}
			b.now = w.Due
		}
		if err := job.NotBefore(time.Second, errNo); !errors.Is(err, errNo) || !strings.Contains(err.Error(), "again in 1s") {
			t.Error(err)
		}
	})
}

func TestPanicIsAFailure(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.Do["mail"] = func(context.Context, job.Job) error { panic("torn\x00 \xff envelope") }
		b.put("mail", time.Time{})
		b.put("mail", time.Time{})
		b.Drain(t.Context())
		for _, w := range b.waiting() {
			if w.Tries != 1 || !strings.Contains(w.Error, "torn") {
				t.Fatalf("%+v", w)
			}
		}
	})
}

func TestUnknownKindStaysAndIsSeen(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.put("dance", time.Time{})
		b.Drain(t.Context())
		w := b.waiting()
		if len(w) != 1 || w[0].Kind != "dance" || !strings.Contains(w[0].Error, `"dance"`) {
			t.Fatalf("%+v", w)
		}
		b.Do["dance"] = func(context.Context, job.Job) error { return nil }
		b.now = w[0].Due
		b.Drain(t.Context())
		if len(b.waiting()) != 0 {
			t.Fatal(b.waiting())
		}
	})
}

// Two processes share the jobs: each is done by one of them, and never by both.
func TestTwoRunners(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		source := fresh(t)
		a, b := newBench(t, source), newBench(t, source)
		const n = 60
		for range n {
			a.put("mail", time.Time{})
		}
		var done, twice atomic.Int64
		var seen sync.Map
		do := func(_ context.Context, j job.Job) error {
			if _, was := seen.LoadOrStore(j.ID, true); was {
				twice.Add(1)
			}
			done.Add(1)
			return nil
		}
		a.Do["mail"], b.Do["mail"] = do, do
		var all sync.WaitGroup
		for _, r := range []*bench{a, b} {
			all.Go(func() {
				for done.Load() < n && t.Context().Err() == nil {
					r.Drain(t.Context())
				}
			})
		}
		all.Wait()
		if twice.Load() > 0 || done.Load() != n {
			t.Fatalf("%d done, %d of them twice", done.Load(), twice.Load())
		}
	})
}

// What a process leaves unfinished another takes, but not before its lease is over.
func TestLeaseOfAProcessThatDied(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		source := fresh(t)
		dead, b := newBench(t, source), newBench(t, source)
		took, gone := make(chan struct{}), make(chan struct{})
		dead.Do["mail"] = func(context.Context, job.Job) error { close(took); <-gone; return errNo }
		dead.put("mail", time.Time{})
		var other sync.WaitGroup
		other.Go(func() { dead.Drain(context.WithoutCancel(t.Context())) })
		<-took
		tried := 0
		b.Do["mail"] = func(context.Context, job.Job) error { tried++; return nil }
		b.now = start.Add(time.Minute)
		b.Drain(t.Context())
		if tried != 0 {
			t.Error("taken while another may still be at it")
		}
		b.now = start.Add(3 * time.Minute)
		b.Drain(t.Context())
		if tried != 1 || len(b.waiting()) != 0 {
			t.Error(tried, b.waiting())
		}
		close(gone)
		other.Wait()
	})
}

// A process that is to end lets the job under way finish, and takes no other.
func TestEndsAfterTheJobUnderWay(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, end := context.WithCancel(t.Context())
		b.Patience = time.Hour
		began, goOn, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
		b.Do["long"] = func(ctx context.Context, _ job.Job) error { close(began); <-goOn; return ctx.Err() }
		b.put("long", time.Time{})
		next := b.put("next", start.Add(time.Microsecond))
		b.now = start.Add(time.Second)
		go func() { defer close(ended); b.Run(ctx) }()
		<-began
		end()
		close(goOn)
		<-ended
		if w := b.waiting(); len(w) != 1 || w[0].ID != next || w[0].Tries != 0 {
			t.Fatalf("%+v", w)
		}
	})
}

// One that takes longer than that is cut, whether it listens or not: the log says so, and it is tried again.
func TestLongJobIsCut(t *testing.T) {
	deaf, never := make(chan struct{}), make(chan struct{})
	defer close(never)
	for name, do := range map[string]func(ctx context.Context, j job.Job) error{
		"deaf":    func(context.Context, job.Job) error { deaf <- struct{}{}; <-never; return nil },
		"listens": func(ctx context.Context, _ job.Job) error { deaf <- struct{}{}; <-ctx.Done(); return ctx.Err() },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, b *bench) {
				var said bytes.Buffer
				before := slog.Default()
				slog.SetDefault(slog.New(slog.NewTextHandler(&said, nil)))
				defer slog.SetDefault(before)
				ctx, end := context.WithCancel(t.Context())
				ended := make(chan struct{})
				b.Do["long"] = do
				b.put("long", time.Time{})
				go func() { defer close(ended); b.Run(ctx) }()
				<-deaf
				end()
				<-ended
				w := b.waiting()
				if len(w) != 1 || !strings.Contains(w[0].Error, "ended before") || !strings.Contains(said.String(), "a job was cut") {
					t.Fatalf("%+v\n%s", w, &said)
				}
				b.Do["long"] = func(context.Context, job.Job) error { return nil }
				b.now = w[0].Due
				b.Drain(t.Context())
				if len(b.waiting()) != 0 {
					t.Error("it is not tried again")
				}
			})
		})
	}
}

// The administrator sees what failed and what is late, not what is planned, and can have it tried at once.
func TestSeenAndTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.Do["mail"] = func(context.Context, job.Job) error { return errNo }
		failed, planned := b.put("mail", time.Time{}), b.put("mail", start.Add(time.Hour))
		b.Drain(t.Context())
		late := b.put("mail", time.Time{})
		seen, err := job.List(t.Context(), b.DB, programme, b.now, 10)
		if err != nil || len(seen) != 2 || seen[0].ID != late || seen[1].ID != failed || seen[1].Error != errNo.Error() {
			t.Fatalf("%+v %v; %s is planned", seen, err, planned)
		}
		b.Do["mail"] = func(context.Context, job.Job) error { return nil }
		if ok, err := job.Again(t.Context(), b.DB, programme, failed, b.now); !ok || err != nil {
			t.Error(ok, err)
		}
		if ok, err := job.Again(t.Context(), b.DB, id.New(), failed, b.now); ok || err != nil {
			t.Error("another programme's job:", ok, err)
		}
		b.Drain(t.Context())
		if w := b.waiting(); len(w) != 1 || w[0].ID != planned {
			t.Errorf("%+v", w)
		}
	})
}

func TestRunWakesAndEnds(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, cancel := context.WithCancel(t.Context())
		done, ended := make(chan id.ID), make(chan struct{})
		b.Do["mail"] = func(_ context.Context, j job.Job) error { done <- j.ID; return nil }
		go func() { defer close(ended); b.Run(ctx) }()
		v := b.put("mail", time.Time{})
		b.Wake <- struct{}{}
		if got := <-done; got != v {
			t.Error(got)
		}
		cancel()
		<-ended
	})
}
