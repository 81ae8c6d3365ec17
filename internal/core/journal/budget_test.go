package journal_test

import (
	"fmt"
	"os"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

const (
	maxStatements  = 8
	maxBytes       = 450
	headStatements = 2 // a group's first and last, counted here for every command
)

// counted counts the statements of one command.
func (h house) counted(c journal.Command) int {
	h.t.Helper()
	n := headStatements
	must(h.t, h.Do(db.Counted(h.t.Context(), &n), programme, c))
	return n
}

func TestStatementsOfACommand(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(opening(1)) // its key is made
		var n int
		tests := map[string]int{
			"one entry, one row":           h.counted(say(id.New(), "a", naming(1, "Awa"))),
			"one entry, two rows, totals":  h.counted(say(id.New(), "b", referralMoved.Draft(thing("owner", 1), thing("referral", 0), moved{"closed"}))),
			"ten entries, one row, one id": h.counted(say(id.New(), "c", ten(1)...)),
		}
		for name, n := range tests {
			if n > maxStatements {
				t.Errorf("%s: %d statements", name, n)
			}
		}
		if n > 0 {
			t.Fatal(n)
		}
	})
}

func ten(owner int) (out []journal.Draft) {
	for i := range 10 {
		out = append(out, naming(owner, fmt.Sprint(i)))
	}
	return out
}

// An entry costs little beside what it says: header, digest and three indexes.
func TestBytesOfAnEntry(t *testing.T) {
	const n = 2000
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := newHouse(t, fresh)
		before := h.size()
		for i := range n / 20 {
			var ds []journal.Draft
			for k := range 20 {
				ds = append(ds, naming((i*7+k)%50, "Aminata"))
			}
			h.do(say(id.New(), "a", ds...))
		}
		var payload int64
		must(t, h.DB().QueryRow(t.Context(), "select sum(length(payload)) from entry").Scan(&payload))
		got := (h.size() - before - payload) / n
		t.Logf("%d bytes an entry beside its payload of %d", got, payload/n)
		if got > maxBytes || got < 100 {
			t.Fatalf("%d bytes an entry", got)
		}
	})
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
	if _, err := os.Stat(h.source); err != nil {
		h.t.Fatal(err)
	}
	return pages * of
}
