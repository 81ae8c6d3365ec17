package people

import "sync"

// seen remembers what this process knows to be written, so that a page need not ask the journal again.
type seen[K comparable] struct {
	mu  sync.Mutex
	all map[K]bool
}

// maxSeen bounds that memory; beyond it, it begins anew.
const maxSeen = 100_000

func (s *seen[K]) has(k K) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all[k]
}

func (s *seen[K]) add(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil || len(s.all) >= maxSeen {
		s.all = map[K]bool{}
	}
	s.all[k] = true
}
