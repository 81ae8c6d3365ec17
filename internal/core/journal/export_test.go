package journal

import (
	"context"
	"time"

	"tremplin/internal/core/id"
)

// Waiting counts the commands of a programme that are not served yet, so that a test can form a group.
func (j *Journal) Waiting(programme id.ID) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if w := j.writers[programme]; w != nil {
		return len(w.queue)
	}
	return 0
}

// Closing tells whether the journal takes no more.
func (j *Journal) Closing() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.closed
}

// DoLate sends a command that found its writer just before the journal closed.
func (j *Journal) DoLate(ctx context.Context, a Act, same [32]byte, decide Decision) error {
	w, err := j.writer(a.Programme)
	if err != nil {
		return err
	}
	j.Close()
	return w.ask(ctx, a, same, decide)
}

// Sum is the digest of what an entry says.
func (e *Entry) Sum() []byte { return e.digest() }

// OneByOne gives each command a transaction of its own, though they wait together.
func (j *Journal) OneByOne() { j.work = 0 }

// Hurry lets the writer try again at once, a few times.
func (j *Journal) Hurry() { j.pauses = make([]time.Duration, 3) }
