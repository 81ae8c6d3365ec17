package journal_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

func TestSameIDTwiceIsOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		c := say(id.New(), "one", naming(1, "Awa"), naming(2, "Bo"))
		h.do(c, c)
		for _, err := range h.grouped(c, c) {
			must(t, err)
		}
		h.whole(2)
	})
}

// Twice in one group is once too, and costs the neighbours nothing: no decision is made again.
func TestSameIDTwiceInOneGroup(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		runs := 0
		c := deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) {
			runs++
			return []journal.Draft{naming(1, "Awa"), statement(thing("statement", 1), 2, "Bo")}, nil
		})
		changed := c
		changed.same = journal.Same("other words")
		got := h.grouped(c, c, changed, say(id.New(), "2", statement(thing("statement", 1), 2, "Bo")))
		if got[0] != nil || got[1] != nil || !errors.Is(got[2], journal.ErrConflict) || got[3] != nil || runs != 1 {
			t.Fatal(got, runs)
		}
		h.whole(2)
	})
}

func TestSameIDOtherFingerprintIsAConflict(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		v := id.New()
		h.do(say(v, "one", naming(1, "Awa")))
		h.refused(journal.ErrConflict, say(v, "another", naming(1, "Bo")))
		h.whole(1)
	})
}

// Its neighbours do not even decide again.
func TestErrorOfDecideAnswersThatCommandAlone(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		runs := 0
		saying := func(owner int, err error) command {
			return deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) {
				runs++
				return []journal.Draft{naming(owner, "Awa")}, err
			})
		}
		got := h.grouped(saying(1, nil), saying(2, errNo), saying(3, nil))
		if got[0] != nil || !errors.Is(got[1], errNo) || got[2] != nil || runs != 3 {
			t.Fatal(got, runs)
		}
		h.whole(2)
	})
}

func TestPoisonLeavesNeighboursWhole(t *testing.T) {
	wrong := naming(2, "No")
	wrong.Body = make(chan int)
	poison := map[string]command{
		"panic":    deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) { panic("poison") }),
		"no JSON":  say(id.New(), "chan", naming(1, "half"), wrong),
		"bad SQL":  deciding(badSQL),
		"bad kind": say(id.New(), "kind", naming(1, "half"), journal.Draft{Kind: "test.bad.body", Owner: thing("owner", 1), Body: badJSON{}}),
	}
	for name, bad := range poison {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h house) {
				got := h.grouped(say(id.New(), "a", naming(1, "Awa")), bad, say(id.New(), "b", naming(1, "Bo")))
				if got[0] != nil || got[1] == nil || got[2] != nil {
					t.Fatal(got)
				}
				h.whole(2)
				h.do(say(id.New(), "c", naming(1, "Cem")))
				h.whole(3)
			})
		})
	}
}

type badJSON struct{}

func (badJSON) MarshalJSON() ([]byte, error) { return nil, errNo }

func badSQL(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
	var n int
	err := q.QueryRow(ctx, "select n from no_such_table").Scan(&n)
	return nil, fmt.Errorf("%w: %w", errNo, err)
}

// A decision's own error is the answer, also where its bad SQL has cost the transaction.
func TestBadSQLAnswersWithItsOwnError(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) { h.refused(errNo, deciding(badSQL)) })
}

func TestDecisionSeesItsGroup(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		seen := make([]int64, 5)
		var cs []command
		for i := range seen {
			cs = append(cs, deciding(func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
				s, _, err := summaries.One(ctx, q, programme, "and owner=$2", thing("owner", 1))
				seen[i] = s.N
				return []journal.Draft{naming(1, "Awa")}, err
			}))
		}
		for _, err := range h.grouped(cs...) {
			must(t, err)
		}
		if !slices.Equal(seen, []int64{0, 1, 2, 3, 4}) {
			t.Fatal(seen)
		}
	})
}

func TestNoSuchProgramme(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		if err := say(id.New(), "a", naming(1, "Awa")).in(id.New()).to(t.Context(), h.Journal); !errors.Is(err, journal.ErrProgramme) {
			t.Fatal(err)
		}
	})
}

func TestClosedJournalRefuses(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")))
		h.Close()
		h.refused(journal.ErrClosed, say(id.New(), "b", naming(1, "Bo")))
		h.whole(1)
	})
}

// What waited when the journal closed is written and answered.
func TestCloseFinishesWhatWaits(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		for n := range 8 { // without its care one of these would be left
			p := h.reopened(testView())
			gate, entered := make(chan struct{}), make(chan struct{})
			var all sync.WaitGroup
			send := func(c command) {
				all.Go(func() {
					if err := c.to(t.Context(), p.Journal); err != nil {
						t.Error(err)
					}
				})
			}
			send(deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) {
				close(entered)
				<-gate
				return nil, nil
			}))
			<-entered
			send(say(id.New(), "a", naming(1, "Awa")))
			send(say(id.New(), "b", naming(1, "Bo")))
			for p.Waiting(programme) < 2 {
				runtime.Gosched()
			}
			all.Go(p.Close)
			for !p.Closing() {
				runtime.Gosched()
			}
			close(gate)
			all.Wait()
			h.whole(int64(2 * (n + 1)))
		}
	})
}

// A command that found its writer just before the journal closed is answered too.
func TestCloseLeavesNobodyWaiting(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := h.DoLate(ctx, act(id.New()), journal.Same("a"), journal.Known(naming(1, "Awa"))); !errors.Is(err, journal.ErrClosed) {
			t.Fatal(err)
		}
		h.whole(0)
	})
}

func TestTimesAndAuthors(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		tutor, learner := thing("person", 1), thing("person", 2)
		at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		own := naming(1, "Bo").When(at.Add(time.Hour))
		own.Author = learner
		c := say(id.New(), "a", naming(1, "Awa"), own)
		c.At, c.Author = at, tutor
		earlier := say(id.New(), "b", naming(1, "Cem").When(time.Time{}))
		earlier.At = at.Add(-time.Hour)
		h.do(c, earlier, say(id.New(), "c", naming(1, "Dilek")))
		es, err := h.History(t.Context(), programme, thing("owner", 1))
		must(t, err)
		if es[0].At != at.UnixMicro() || es[0].Author != tutor || es[1].At != own.At || es[1].Author != learner || es[3].At != es[3].Arrived {
			t.Fatal(es)
		}
		if len(es) != 4 || es[2].At != earlier.At.UnixMicro() || es[2].Recorded <= es[1].Recorded {
			t.Fatal("a claimed time is what an entry says, and no order:", es)
		}
	})
}
