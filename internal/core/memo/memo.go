// Package memo keeps what would come out the same if it were made again: parsed forms, rendered texts, what
// is known to be written. Nothing that another process may change belongs here, and no name of a person.
package memo

import "sync"

// most is how many values are kept where Most says nothing.
const most = 1000

// heaviest is how many bytes are kept of what says how many it holds.
const heaviest = 256 << 20

// Heavy is a value that says how many bytes it holds: few of such are kept, however many may be.
type Heavy interface{ Weight() int64 }

// Of keeps values by key. When it is full it begins anew: what is needed comes back by itself. The zero
// value is ready; all methods may be called at once.
type Of[K comparable, V any] struct {
	Most int // how many are kept; 0: a thousand

	mu     sync.Mutex
	all    map[K]V
	weight int64
}

// Get gives what is kept under a key.
func (m *Of[K, V]) Get(k K) (v V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok = m.all[k]
	return v, ok
}

// Put keeps a value under a key.
func (m *Of[K, V]) Put(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	limit := m.Most
	if limit == 0 {
		limit = most
	}
	var more int64
	if h, ok := any(v).(Heavy); ok {
		more = h.Weight()
	}
	if m.all == nil || len(m.all) >= limit || m.weight+more > heaviest {
		m.all, m.weight = map[K]V{}, 0
	}
	m.all[k] = v
	m.weight += more
}

// Make gives what is kept, or makes it and keeps it unless that failed. Two who ask at once may both make it.
func (m *Of[K, V]) Make(k K, f func() (V, error)) (V, error) {
	if v, ok := m.Get(k); ok {
		return v, nil
	}
	v, err := f()
	if err == nil {
		m.Put(k, v)
	}
	return v, err
}

// Clear forgets everything.
func (m *Of[K, V]) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all, m.weight = nil, 0
}
