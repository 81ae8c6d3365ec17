package journal_test

import (
	"fmt"
	"strings"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// The same ids in two programmes are different people, entries and keys.
func TestProgrammesAreApart(t *testing.T) {
	other := id.Named("programme", "other")
	eachHouse(t, func(t *testing.T, h house) {
		must(t, h.Create(t.Context(), other))
		c := say(id.New(), "a", naming(1, "Awa"))
		h.do(c)
		there := say(c.ID, "other words", naming(1, "Bo"), referralMoved.Draft(thing("owner", 1), thing("referral", 0), moved{"open"}))
		must(t, there.in(other).to(t.Context(), h.Journal))
		h.named(1, 1, "Awa")
		h.whole(3)
		es, err := h.Find(t.Context(), other, c.ID)
		must(t, err)
		if b, err := nameSaid.Read(&es[0]); err != nil || b.Name != "Bo" {
			t.Fatal(b, err)
		}
		must(t, erasing(1).in(other).to(t.Context(), h.Journal))
		must(t, h.Erase(t.Context(), other, thing("owner", 1)))
		must(t, voiding(2, c.ID).in(other).to(t.Context(), h.Journal))
		h.named(1, 1, "Awa")
		h.do(say(id.New(), "b", naming(1, "Cem")))
		must(t, h.Rebuild(t.Context()))
		h.named(1, 2, "Cem")
		h.whole(6)
		if v, err := h.Vector(t.Context(), other); err != nil || len(v) != 1 {
			t.Fatal(v, err)
		}
		ps, err := h.Programmes(t.Context(), h.DB())
		if err != nil || len(ps) != 2 {
			t.Fatal(ps, err)
		}
	})
}

// A programme that has begun here begins no second time: its node goes on.
func TestCreateTwiceIsOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")))
		was := h.node()
		must(t, h.Create(t.Context(), programme))
		if h.node() != was {
			t.Fatal("another node")
		}
		h.do(say(id.New(), "b", naming(1, "Bo")))
		h.whole(2)
	})
}

// A payload moved to another entry or owner does not open.
func TestSealedPayloadCannotBeMoved(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a, b := id.New(), id.New()
		h.do(say(a, "a", naming(1, "Awa")), say(b, "b", naming(1, "Bo")))
		h.exec("update entry set payload=(select payload from entry where id=$1) where id=$2", a, b)
		if _, err := h.History(t.Context(), programme, thing("owner", 1)); err == nil || !strings.Contains(err.Error(), "does not open") {
			t.Fatal(err)
		}
		if br := h.broken(); br.Seq != 2 {
			t.Fatal(br)
		}
	})
}

func TestFindKeepsTheOrderAskedFor(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a, b := id.New(), id.New()
		h.do(say(a, "a", naming(1, "Awa")), say(b, "b", naming(2, "Bo")))
		es, err := h.Find(t.Context(), programme, b, id.New(), a)
		must(t, err)
		if len(es) != 2 || es[0].ID != b || es[1].ID != a {
			t.Fatal(es)
		}
	})
}

// However many are asked for, the database is asked twice: for entries and for keys.
func TestFindingManyIsTwoQueries(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		var wanted []id.ID
		for i := range 30 {
			wanted = append(wanted, id.New())
			h.do(say(wanted[i], fmt.Sprint("who", i), naming(i, "Awa")))
		}
		for _, some := range [][]id.ID{nil, wanted} {
			n := 0
			es, err := h.Find(db.Counted(t.Context(), &n), programme, some...)
			must(t, err)
			if len(es) != len(some) || n > 2 {
				t.Errorf("%d of %d, by %d queries", len(es), len(some), n)
			}
		}
	})
}

func TestFingerprintTellsApart(t *testing.T) {
	once := journal.Same("a", 1)
	if again := journal.Same("a", 1); again != once || once == journal.Same("a", 2) || journal.Same("ab", "c") == journal.Same("a", "bc") {
		t.Fatal("fingerprints do not tell")
	}
}
