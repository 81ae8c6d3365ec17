package job

import (
	"errors"
	"fmt"
	"time"
)

// later is what a job says that is not over.
type later struct {
	wait time.Duration
	why  error // nil: nothing failed
}

func (l *later) Error() string { return fmt.Sprintf("again in %s: %v", l.wait, l.why) }

func (l *later) Unwrap() error { return l.why }

// Later is what a job returns that did all it could and will have more to do: it is done again after a while, as if
// for the first time.
func Later(wait time.Duration) error { return &later{wait: wait} }

// NotBefore is a failure that knows how long it lasts at least: the job is not tried again sooner, and later where it has
// failed often.
func NotBefore(wait time.Duration, why error) error { return &later{wait, why} }

// afterwards says how often a job that is not over counts as tried, how long it rests, and what is said of it.
func afterwards(j Job, failed error) (tries int64, wait time.Duration, why string) {
	var l *later
	switch {
	case !errors.As(failed, &l):
		return j.Tries, Backoff(j.Tries), printable(failed)
	case l.why == nil:
		return 0, l.wait, ""
	}
	return j.Tries, max(l.wait, Backoff(j.Tries)), printable(l.why)
}
