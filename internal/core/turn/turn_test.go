package turn_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tremplin/internal/core/turn"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func TestOneAtATimeWhileSomebodyReads(t *testing.T) {
	var turns turn.Turns
	var all sync.WaitGroup
	var working atomic.Int32
	turns.Seen(now)
	for range 8 {
		all.Go(func() {
			for range 100 {
				turns.Do(now, func() {
					if n := working.Add(1); n > 1 {
						t.Errorf("%d at once", n)
					}
					runtime.Gosched()
					working.Add(-1)
				})
			}
		})
	}
	all.Wait()
}

// TestAllAtOnceWhenNobodyReads: with turns, the second piece would wait for ever.
func TestAllAtOnceWhenNobodyReads(t *testing.T) {
	var turns turn.Turns
	done := 0
	both := func(at time.Time) { turns.Do(at, func() { turns.Do(at, func() { done++ }) }) }
	both(now)
	turns.Seen(now)
	both(now.Add(time.Second))
	if done != 2 {
		t.Errorf("%d of 2 were done", done)
	}
}

// TestTurnEndsWithPanic: what fails must not keep all others waiting.
func TestTurnEndsWithPanic(t *testing.T) {
	var turns turn.Turns
	turns.Seen(now)
	for _, do := range []func(time.Time, func()){turns.Do, turns.Behind} {
		func() {
			defer func() { _ = recover() }()
			do(now, func() { panic("a mistake") })
		}()
	}
	done := false
	turns.Behind(now, func() { done = true })
	if !done {
		t.Error("the turn was kept")
	}
}
