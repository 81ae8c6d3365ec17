// Package turn keeps what programs send from crowding out people. A small machine has two cores; while somebody reads
// pages, work that no reader waits for is done one piece at a time, so that a core stays free for them.
package turn

import (
	"sync"
	"sync/atomic"
	"time"
)

// reading is how long after a page somebody is taken to be reading still.
const reading = time.Second

// Turns are those of one process. The zero value is ready.
type Turns struct {
	seen atomic.Int64 // when a page was last asked for, in ns of Unix time
	one  sync.Mutex
}

// Seen says that somebody asks for a page now.
func (t *Turns) Seen(now time.Time) { t.seen.Store(now.UnixNano()) }

// Do does a piece of work: while people read, as soon as no other is being done. Pieces are short, and none holds another.
func (t *Turns) Do(now time.Time, f func()) {
	if now.UnixNano()-t.seen.Load() < int64(reading) {
		t.one.Lock()
		defer t.one.Unlock()
	}
	f()
}
