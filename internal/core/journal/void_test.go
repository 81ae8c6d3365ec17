package journal_test

import (
	"testing"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

func (h house) named(owner int, n int64, name string) {
	h.t.Helper()
	if s := h.summary(owner); s.N != n || s.Name != name {
		h.t.Fatalf("%d entries folded, name %q; want %d, %q", s.N, s.Name, n, name)
	}
}

func TestVoidTakesBack(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		gone := id.New()
		h.do(say(id.New(), "a", naming(1, "Awa")), say(gone, "b", naming(1, "Bo")))
		h.do(voiding(1, gone), voiding(1, gone))
		h.named(1, 1, "Awa")
		h.whole(4)
		h.do(say(gone, "b", naming(1, "Bo"))) // known, and still taken back
		h.named(1, 1, "Awa")
		es, err := h.History(t.Context(), programme, thing("owner", 1))
		must(t, err)
		if len(es) != 3 { // one name and two corrections
			t.Fatal(es)
		}
	})
}

func TestVoidOfAnotherOwnersEntry(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		gone := id.New()
		h.do(say(gone, "a", naming(1, "Awa")), say(id.New(), "b", naming(2, "Bo")), voiding(2, gone))
		h.named(1, 0, "")
		h.named(2, 1, "Bo")
		h.whole(3)
	})
}

func TestVoidInTheSameCommand(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		c := id.New()
		h.do(say(c, "a", naming(1, "Awa"), journal.Voided.Draft(thing("owner", 1), c, journal.Reason{}), naming(1, "Bo")))
		h.named(1, 1, "Bo")
		h.whole(3)
	})
}

// The void stands in another's story, so that nothing but the void itself makes its target late.
func TestVoidBeforeItsTargetArrives(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		a, b := h.peer(0), h.peer(0)
		gone := id.New()
		a.do(say(gone, "a", naming(1, "Awa")))
		b.do(voiding(2, gone))
		h.learn(b)
		h.learn(a)
		h.named(1, 0, "")
		h.whole(2)
	})
}

func TestVoidBeforeItsTargetIsSaidHere(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		c := say(id.New(), "a", naming(1, "Awa"))
		h.do(voiding(2, c.ID), c, say(id.New(), "b", naming(1, "Bo")))
		h.named(1, 1, "Bo")
		h.whole(3)
	})
}

// One command done on two nodes counts once, at its first place.
func TestSameIDFromTwoNodes(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a, b := h.peer(0), h.peer(time.Hour)
		c := say(id.New(), "a", naming(1, "Awa"))
		a.do(c, say(id.New(), "b", naming(1, "Bo")))
		b.do(c)
		h.learn(b, a)
		h.named(1, 2, "Bo")
		h.whole(3)
		a.learn(b)
		a.named(1, 2, "Bo")
		a.whole(3)
		es, err := h.History(t.Context(), programme, thing("owner", 1))
		must(t, err)
		if len(es) != 2 {
			t.Fatalf("a timeline says one thing twice: %v", es)
		}
	})
}

// One id that says different things on two nodes is what was said first, also to whoever says it again.
func TestFirstPlaceSpeaks(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a, b, c := h.peer(0), h.peer(time.Hour), id.New()
		first, second := say(c, "one", naming(1, "Awa")), say(c, "two", naming(1, "Bo"))
		a.do(first)
		b.do(second)
		h.learn(b, a)
		h.named(1, 1, "Awa")
		h.do(first)
		h.refused(journal.ErrConflict, second)
		h.whole(2)
	})
}

// Both copies in one batch: the second is a repeat although neither was stored before.
func TestSameIDTwiceInOneBatch(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		a, b, c := h.peer(0), h.peer(0), say(id.New(), "a", naming(1, "Awa"))
		a.do(c)
		b.do(c)
		both := append(a.since(journal.Vector{}), b.since(journal.Vector{})...)
		if both[0].Recorded > both[1].Recorded {
			both[0], both[1] = both[1], both[0]
		}
		must(h.t, h.Receive(h.t.Context(), programme, both))
		h.named(1, 1, "Awa")
		h.whole(2)
	})
}

// What comes late was recorded before what is known: the last word stays the last.
func TestLateEntryRefolds(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		p := h.peer(-3 * time.Hour)
		p.do(say(id.New(), "a", naming(1, "early")))
		h.do(say(id.New(), "b", naming(1, "late")))
		h.learn(p)
		h.named(1, 2, "late")
		h.whole(2)
		p.learn(h)
		p.named(1, 2, "late")
	})
}

// A local entry comes last even where a peer's clock is ahead.
func TestLocalEntryIsLast(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		p := h.peer(5 * time.Hour)
		p.do(say(id.New(), "a", naming(1, "ahead")))
		h.learn(p)
		h.do(say(id.New(), "b", naming(1, "here"), naming(1, "last")))
		h.named(1, 3, "last")
		h.whole(3)
		p.learn(h)
		p.named(1, 3, "last")
		p.whole(3)
	})
}

// Entries that arrive together are folded in their owner's order, not in that of their nodes.
func TestOneBatchManyNodes(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		a, b := h.peer(time.Hour), h.peer(0)
		a.do(say(id.New(), "a", naming(1, "later")))
		b.do(say(id.New(), "b", naming(1, "sooner")))
		must(h.t, h.Receive(h.t.Context(), programme, append(a.since(journal.Vector{}), b.since(journal.Vector{})...)))
		h.named(1, 2, "later")
		h.whole(2)
	})
}
