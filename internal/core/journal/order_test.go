package journal_test

import (
	"bytes"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// stopped is a peer whose clock stands still.
func (h house) stopped(at time.Time) house {
	h.t.Helper()
	p := house{t: h.t, v: h.v, source: dbtest.SQLite(h.t)}
	j, err := journal.Open(h.t.Context(), dbtest.Open(h.t, p.source), h.v, func() time.Time { return at }, testView())
	must(h.t, err)
	h.t.Cleanup(j.Close)
	must(h.t, j.Create(h.t.Context(), programme))
	p.Journal = j
	return p
}

// Two nodes recorded something at the same microsecond: the node decides, wherever and in whatever order
// they meet.
func TestSameInstantOnTwoNodes(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		at := time.Now()
		a, b := h.stopped(at), h.stopped(at)
		if x, y := a.node(), b.node(); bytes.Compare(x[:], y[:]) > 0 {
			a, b = b, a
		}
		a.do(say(id.New(), "a", naming(1, "first")))
		b.do(say(id.New(), "b", naming(1, "second")))
		h.learn(b)
		h.learn(a) // comes after, belongs before
		other := h.peer(0)
		other.learn(a, b)
		for _, p := range []house{h, other} {
			p.named(1, 2, "second")
			p.whole(2)
		}
	})
}

// What one node said at one instant stays in the order in which it said it.
func TestOneNodeKeepsItsOrder(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		p := h.stopped(time.Now())
		p.do(say(id.New(), "a", naming(1, "1"), naming(2, "1"), naming(1, "2")), say(id.New(), "b", naming(1, "3")))
		h.learn(p)
		h.named(1, 3, "3")
		must(t, h.Rebuild(t.Context()))
		h.named(1, 3, "3")
	})
}

// A node that recorded two things of one story at one instant, as none of ours does, said them in the order
// of its numbers.
func TestSameInstantOnOneNode(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		p := h.peer(0)
		p.do(say(id.New(), "a", naming(1, "first")), say(id.New(), "b", naming(1, "second")))
		es := p.since(journal.Vector{})
		es[1].Recorded = es[0].Recorded
		es[1].Digest = es[1].Sum()
		must(t, h.Receive(t.Context(), programme, es))
		h.named(1, 2, "second")
		h.whole(2)
	})
}
