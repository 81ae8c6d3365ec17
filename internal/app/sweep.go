package app

import (
	"os"
	"runtime/debug"
)

// Of the few megabytes that a server uses, what is thrown away would by Go's custom be swept up dozens of times a second while
// many write, and pages would wait for it. So it is swept up when there is four times as much of it, and sooner where all grows
// beyond 512 MB.
const (
	sweepAt   = 400 // percent of what is in use
	sweepFrom = 512 << 20
)

// Sweep sets for this process when memory is swept up, unless GOGC and GOMEMLIMIT say it.
func Sweep() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(sweepAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(sweepFrom)
	}
}
