package turn

import (
	"testing"
	"time"
)

// TestProgramsLeaveHalf: as much time is left to people as is taken, from when it is taken, and never very much of it at once.
func TestProgramsLeaveHalf(t *testing.T) {
	start := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	for name, w := range map[string]struct{ free, began, ended, want int }{
		"first":                   {-5000, 0, 5, 10},
		"while the last is owed":  {10, 5, 10, 20},
		"after that was made up":  {10, 30, 31, 32},
		"long, as an import does": {0, 0, 60_000, 60_100},
	} {
		if got := next(at(w.free), at(w.began), at(w.ended)); !got.Equal(at(w.want)) {
			t.Errorf("%s: %v, not %v", name, got.Sub(start), at(w.want).Sub(start))
		}
	}
}

// TestProgramsWaitForPeople: what was owed has passed when a program's piece begins.
func TestProgramsWaitForPeople(t *testing.T) {
	var turns Turns
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	turns.Seen(now)
	free := time.Now().Add(most / 5)
	turns.free = free
	turns.Behind(now, func() {
		if time.Now().Before(free) {
			t.Error("it began at once")
		}
	})
	turns.free = time.Now().Add(time.Hour)
	turns.Do(now, func() {}) // a person's work waits for nobody's debt
	turns.free = time.Now().Add(time.Hour)
	turns.Behind(now.Add(reading), func() {}) // nor does a program's, when nobody reads
}
