package web

import (
	"sync"
	"time"
)

// gate bounds how often something is done under one name: a bucket that holds so many and fills so fast.
type gate struct {
	most   float64
	second float64 // how many come back each second

	mu      sync.Mutex
	buckets map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// mostNames is how many names are remembered at once; then all begin anew.
const mostNames = 10_000

// pass takes one from a name's bucket, and says how long to wait where it is empty.
func (g *gate) pass(name string, now time.Time) (wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.buckets == nil || len(g.buckets) > mostNames {
		g.buckets = map[string]bucket{}
	}
	b, ok := g.buckets[name]
	if !ok {
		b = bucket{g.most, now}
	}
	b.left = min(g.most, b.left+now.Sub(b.at).Seconds()*g.second)
	b.at = now
	if b.left >= 1 {
		b.left--
	} else {
		wait = time.Duration((1 - b.left) / g.second * float64(time.Second))
	}
	g.buckets[name] = b
	return wait
}
