package journal_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// five is a peer with five entries of two owners.
func (h house) five() house {
	p := h.peer(0)
	for i, n := range []string{"Awa", "Bo", "Cem", "Dilek", "Ewa"} {
		p.do(say(id.New(), n, naming(i%2, n)))
	}
	return p
}

// refusesAll holds that a batch is refused and that nothing of it was done.
func (h house) refusesAll(want error, es []journal.Entry) {
	h.t.Helper()
	before, log := dump(h.t, h.Journal), h.since(journal.Vector{})
	if err := h.Receive(h.t.Context(), programme, es); !errors.Is(err, want) {
		h.t.Fatalf("answer %v, want %v", err, want)
	}
	if dump(h.t, h.Journal) != before || len(h.since(journal.Vector{})) != len(log) {
		h.t.Fatal("something was done")
	}
	h.whole(int64(len(log)))
}

func TestGapIsRefused(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		es := h.five().since(journal.Vector{})
		h.refusesAll(journal.ErrGap, es[1:])
		h.refusesAll(journal.ErrGap, slices.Delete(slices.Clone(es), 2, 3))
		must(h.t, h.Receive(h.t.Context(), programme, es[:2]))
		h.refusesAll(journal.ErrGap, es[3:])
		h.learn(h.five())
	})
}

func TestAlteredIsRefused(t *testing.T) {
	alter := map[string]func(e *journal.Entry){
		"id":       func(e *journal.Entry) { e.ID[15]++ },
		"kind":     func(e *journal.Entry) { e.Kind += "x" },
		"owner":    func(e *journal.Entry) { e.Owner[15]++ },
		"subject":  func(e *journal.Entry) { e.Subject[15]++ },
		"at":       func(e *journal.Entry) { e.At++ },
		"recorded": func(e *journal.Entry) { e.Recorded++ },
		"author":   func(e *journal.Entry) { e.Author[15]++ },
		"payload":  func(e *journal.Entry) { e.Payload = append(slices.Clone(e.Payload), ' ') },
		"digest":   func(e *journal.Entry) { e.Digest = slices.Concat(e.Digest[1:], e.Digest[:1]) },
	}
	eachHouse(t, func(t *testing.T, h house) {
		es := h.five().since(journal.Vector{})
		for name, f := range alter {
			bad := slices.Clone(es)
			f(&bad[3])
			t.Log(name)
			h.refusesAll(journal.ErrAltered, bad)
		}
		must(t, h.Receive(t.Context(), programme, es))
		h.whole(5)
	})
}

func TestOtherProgrammeIsRefused(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		es := h.five().since(journal.Vector{})
		other := id.Named("programme", "other")
		must(t, h.Create(t.Context(), other))
		if err := h.Receive(t.Context(), other, es); !errors.Is(err, journal.ErrProgramme) {
			t.Fatal(err)
		}
		h.whole(0)
	})
}

func TestRepeatsAreLeftOut(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		es := h.five().since(journal.Vector{})
		must(t, h.Receive(t.Context(), programme, es[:3]))
		must(t, h.Receive(t.Context(), programme, append(slices.Clone(es), es...)))
		must(t, h.Receive(t.Context(), programme, es))
		h.whole(5)
		h.named(0, 3, "Ewa")
	})
}

// becomes gives a database the identity of a node at a number, as restoring a copy would.
func (h house) becomes(node id.ID, seq int64) {
	h.exec("update head set node=$1,seq=$2 where programme=$3", node, seq, programme)
}

func (h house) node() (node id.ID) {
	h.t.Helper()
	must(h.t, h.DB().QueryRow(h.t.Context(), "select node from head where programme=$1", programme).Scan(&node))
	return node
}

func TestForkIsRefused(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a, b := h.peer(0), h.peer(0)
		b.becomes(a.node(), 0)
		a.do(say(id.New(), "a", naming(1, "Awa")))
		b.do(say(id.New(), "b", naming(1, "Bo")))
		h.learn(a)
		h.refusesAll(journal.ErrFork, b.since(journal.Vector{}))
		g := h.peer(0)
		g.refusesAll(journal.ErrFork, append(a.since(journal.Vector{}), b.since(journal.Vector{})...))
		a.refusesAll(journal.ErrFork, b.since(journal.Vector{}))
	})
}

// A restored copy learns from its peers that it wrote more than it knows: it goes on as another node.
func TestCopyTakesANewNode(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		was := h.five()
		must(t, h.Receive(t.Context(), programme, was.since(journal.Vector{})[:3]))
		h.becomes(was.node(), 3)
		h.learn(was)
		if h.node() == was.node() {
			t.Fatal("the copy kept its original's node")
		}
		h.whole(5)
		h.do(say(id.New(), "f", naming(0, "Fatou")))
		was.do(say(id.New(), "g", naming(0, "Gul")))
		h.learn(was)
		was.learn(h)
		h.whole(7)
		was.whole(7)
		if a, b := dump(t, h.Journal), dump(t, was.Journal); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// A copy that has heard only of itself, up to where it stands, is no copy.
func TestOwnEntriesComeBack(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")))
		p, mine := h.peer(time.Hour), h.node()
		p.learn(h)
		must(t, h.Receive(t.Context(), programme, p.since(journal.Vector{})))
		if h.node() != mine {
			t.Fatal("a new node for nothing")
		}
		h.whole(1)
	})
}

func TestSinceGivesWhatIsMissing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.learn(h.five())
		h.do(say(id.New(), "f", naming(0, "Fatou")))
		some, err := h.Since(t.Context(), programme, journal.Vector{h.node(): 1}, 3)
		must(t, err)
		if len(some) != 3 || some[0].Seq != 1 || some[2].Seq != 3 || some[0].Node == h.node() {
			t.Fatal(some)
		}
		if rest := h.since(h.vector()); len(rest) != 0 {
			t.Fatal(rest)
		}
	})
}

// arrived is the order in which this database took entries, its own and others', whatever any clock says.
func TestArrivedIsTheOrderOfThisDatabase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		slow := h
		slow.Journal = openJournal(t, h.source, h.v, -3*time.Hour)
		var want []id.ID
		add := func(es []journal.Entry) {
			for _, e := range es[len(want):] {
				want = append(want, e.ID)
			}
		}
		for _, step := range []func(){
			func() { h.do(say(id.New(), "a", naming(1, "Awa"))) },
			func() { h.learn(h.five()) },
			func() { slow.do(say(id.New(), "b", naming(2, "Bo"), naming(2, "Cem"))) },
			func() { h.do(say(id.New(), "c", naming(1, "Dilek"))) },
		} {
			step()
			es := h.since(journal.Vector{})
			slices.SortFunc(es, func(a, b journal.Entry) int { return int(a.Arrived - b.Arrived) })
			for i, v := range want {
				if es[i].ID != v {
					t.Fatal("what came later stands before what was there")
				}
			}
			for i := range es[1:] {
				if es[i].Arrived >= es[i+1].Arrived {
					t.Fatal("two arrived as one")
				}
			}
			add(es)
		}
		h.whole(9)
	})
}
