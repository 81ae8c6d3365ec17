package impact

import (
	"context"
	"sync"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/impact/figure"
)

// memo keeps what was read and counted at a stamp of a programme's journal: while nothing is written, the
// next page need not do it again.
type memo struct {
	mu     sync.Mutex
	facts  map[id.ID]readAt
	states map[stateOf]countedAt
}

type readAt struct {
	stamp int64
	facts []*figure.Fact
}

type stateOf struct {
	programme id.ID
	query     Query
}

type countedAt struct {
	stamp int64
	state State
	took  time.Duration
}

// Bounds of what is kept: facts of a programme, about a kilobyte each; states; and how old one may be, for
// a fact may lie in the future.
const (
	maxFacts  = 50_000
	maxStates = 100
	maxAge    = time.Minute
)

// Counting that takes longer than long is not done for each change: the figures of a moment ago, which say
// so, serve for a while in proportion.
const (
	long    = time.Second
	patient = 20
)

// stamp moves with every entry of a programme.
func (s *Service) stamp(ctx context.Context, programme id.ID) (stamp int64, err error) {
	err = s.J.DB().QueryRow(ctx, "select stamp from head where programme=$1", programme).Scan(&stamp)
	return stamp, err
}

func (m *memo) recallFacts(programme id.ID, stamp int64) ([]*figure.Fact, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.facts[programme]
	return r.facts, ok && r.stamp == stamp
}

func (m *memo) keepFacts(programme id.ID, stamp int64, facts []*figure.Fact) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.facts == nil {
		m.facts = map[id.ID]readAt{}
	}
	delete(m.facts, programme)
	if len(facts) <= maxFacts {
		m.facts[programme] = readAt{stamp, facts}
	}
}

func (m *memo) recallState(k stateOf, stamp int64, now time.Time) (State, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.states[k]
	age := now.Sub(c.state.Counted)
	serves := c.stamp == stamp && age < maxAge || c.took > long && age < patient*c.took
	return c.state, ok && serves
}

func (m *memo) keepState(k stateOf, c countedAt) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states == nil || len(m.states) >= maxStates {
		m.states = map[stateOf]countedAt{}
	}
	m.states[k] = c
}
