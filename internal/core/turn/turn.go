// Package turn keeps what programs send from crowding out people. A small machine has two cores; while somebody reads
// pages, work that no reader waits for is done one piece at a time, so that a core stays free for them, and programs
// leave half of the time to them.
package turn

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	reading = time.Second            // how long after a page somebody is taken to be reading still
	most    = 100 * time.Millisecond // that a program waits for others' sake, however much was done
)

// Turns are those of one process. The zero value is ready.
type Turns struct {
	seen     atomic.Int64 // when a page was last asked for, in ns of Unix time
	one      sync.Mutex
	programs sync.Mutex
	free     time.Time // from when on programs may go on; one holds it
}

// Seen says that somebody asks for a page now.
func (t *Turns) Seen(now time.Time) { t.seen.Store(now.UnixNano()) }

// Do does a piece of work: while people read, as soon as no other is being done. Pieces are short, and none holds another.
func (t *Turns) Do(now time.Time, f func()) {
	if !t.read(now) {
		f()
		return
	}
	t.one.Lock()
	defer t.one.Unlock()
	began := time.Now()
	defer func() { t.free = next(t.free, began, time.Now()) }()
	f()
}

// Behind does a piece of what a program sends: while people read, when as much time has passed without work as with it.
func (t *Turns) Behind(now time.Time, f func()) {
	if t.read(now) {
		t.programs.Lock()
		defer t.programs.Unlock()
		for wait := t.wait(); wait > 0; wait = t.wait() {
			time.Sleep(wait)
		}
	}
	t.Do(now, f)
}

func (t *Turns) read(now time.Time) bool { return now.UnixNano()-t.seen.Load() < int64(reading) }

func (t *Turns) wait() time.Duration {
	t.one.Lock()
	defer t.one.Unlock()
	return time.Until(t.free)
}

// next is when programs may go on after a piece of work: twice its length after the piece before it was made up for.
func next(free, began, ended time.Time) time.Time {
	if free.Before(began) {
		free = began
	}
	free = free.Add(2 * ended.Sub(began))
	if latest := ended.Add(most); free.After(latest) {
		return latest
	}
	return free
}
