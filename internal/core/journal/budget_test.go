package journal_test

import (
	"fmt"
	"sync"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

const (
	maxStatements = 8 // beside the two on the head row, which a group shares
	maxBytes      = 450
)

// counted counts the statements of one command.
func (h house) counted(c command) int {
	h.t.Helper()
	var n int
	must(h.t, c.to(db.Counted(h.t.Context(), &n), h.Journal))
	return n
}

func TestStatementsOfACommand(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(opening(1)) // its key is made
		closed := referralMoved.Draft(thing("owner", 1), thing("referral", 0), moved{"closed"})
		for name, n := range map[string]int{
			"one entry, one row":          h.counted(say(id.New(), "a", naming(1, "Awa"))),
			"one entry, two rows, totals": h.counted(say(id.New(), "b", closed)),
			"ten entries, one row":        h.counted(say(id.New(), "c", ten(1)...)),
		} {
			if t.Logf("%s: %d", name, n); n > maxStatements || n < 3 {
				t.Errorf("%s: %d statements", name, n)
			}
		}
	})
}

func ten(owner int) (out []journal.Draft) {
	for i := range 10 {
		out = append(out, naming(owner, fmt.Sprint(i)))
	}
	return out
}

// An entry costs little beside what it says: header, digest and three indexes. The first entries
// are left out of the count, for they bring the empty pages of their indexes.
func TestBytesOfAnEntry(t *testing.T) {
	const n = 2000
	eachHouse(t, func(t *testing.T, h house) {
		h.many(200)
		before := h.size() - h.payload()
		h.many(n)
		got := (h.size() - h.payload() - before) / n
		t.Logf("%d bytes an entry beside its payload of %d", got, h.payload()/(n+200))
		if got > maxBytes || got < 100 {
			t.Fatalf("%d bytes an entry", got)
		}
	})
}

// many writes entries of 50 owners from 20 hands.
func (h house) many(n int) {
	var all sync.WaitGroup
	for w := range 20 {
		all.Go(func() {
			for i := range n / 20 {
				if err := say(id.New(), "a", naming((w+i*7)%50, "Aminata")).to(h.t.Context(), h.Journal); err != nil {
					h.t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

func (h house) payload() (n int64) {
	h.t.Helper()
	must(h.t, h.DB().QueryRow(h.t.Context(), "select sum(length(payload)) from entry").Scan(&n))
	return n
}

// size is what the log takes on disk: the whole file, or the table with its indexes.
func (h house) size() (n int64) {
	h.t.Helper()
	if h.DB().Engine == db.PostgreSQL {
		must(h.t, h.DB().QueryRow(h.t.Context(), "select pg_total_relation_size('entry')").Scan(&n))
		return n
	}
	var pages, of int64
	must(h.t, h.DB().QueryRow(h.t.Context(), "pragma page_count").Scan(&pages))
	must(h.t, h.DB().QueryRow(h.t.Context(), "pragma page_size").Scan(&of))
	return pages * of
}
