package journal_test

import (
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

func TestCheckFinds(t *testing.T) {
	insert := "insert into test_summary(programme,owner,of,n,last_at,name) values($1,$2,'more',1,1,'')"
	cases := map[string]struct {
		sql  string
		args []any
		says string
	}{
		"an edited row":              {"update test_summary set n=n+1 where owner=$1", []any{thing("owner", 1)}, "test_summary of"},
		"a removed row":              {"delete from test_referral where owner=$1", []any{thing("owner", 1)}, "test_referral of"},
		"an extra row":               {insert, []any{programme, thing("owner", 1)}, "test_summary of"},
		"a row without entries":      {insert, []any{programme, thing("owner", 9)}, "without entries"},
		"a row of a story elsewhere": {insert, []any{programme, thing("owner", 5)}, "without entries"},
		"a changed total":            {"update total set n=n+1 where name='test_referral/state'", nil, "total test_referral/state open"},
		"a removed total":            {"delete from total where name='test_referral/moves'", nil, "total test_referral/moves"},
		"an extra total":             {"insert into total(programme,name,key,n) values($1,'test_referral/state','x',1)", []any{programme}, "kept 1, counted 0"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h house) {
				h.do(say(id.New(), "a", naming(1, "Awa"), naming(2, "Bo")), opening(1), say(id.New(), "b", silent(5)))
				h.whole(4)
				h.exec(c.sql, c.args...)
				bad := h.differences()
				if len(bad) != 1 || !strings.Contains(bad[0], c.says) {
					t.Fatalf("%q", bad)
				}
				must(t, h.Rebuild(t.Context()))
				h.whole(4)
			})
		})
	}
}

// silent is an entry that no view folds.
func silent(owner int) journal.Draft {
	return secretSaid.Draft(thing("owner", owner), id.ID{}, named{})
}

var secretSaid = journal.NewKind[named]("test.secret.said", journal.OfPerson)

// Totals follow their rows through every way of change.
func TestTotalsMoveWithRows(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		totals := func(want map[string]int64) {
			t.Helper()
			got, err := referrals.ReadTotals(t.Context(), h.DB(), programme, "state", "")
			must(t, err)
			for k, n := range got {
				if want[k] != n {
					t.Fatalf("%s: %d, want %v", k, n, want)
				}
			}
			if len(want) > len(got) {
				t.Fatalf("%v, want %v", got, want)
			}
		}
		first := opening(1)
		h.do(first, opening(2))
		totals(map[string]int64{"open": 2})
		h.do(closing(1))
		totals(map[string]int64{"open": 1, "closed": 1})
		h.do(erasing(2))
		totals(map[string]int64{"closed": 1})
		h.do(voiding(1, first.ID)) // then it was closed without being open: wrong, and without a state
		totals(map[string]int64{"": 1})
		h.whole(5)
	})
}

func TestRebuildMakesTheSame(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(opening(1), opening(2), closing(1), say(id.New(), "a", naming(1, "Awa")), voiding(3, id.New()))
		before := dump(t, h.Journal)
		h.exec("delete from test_referral")
		h.exec("delete from total")
		h.exec("update test_summary set name='nobody'")
		must(t, h.Rebuild(t.Context()))
		if after := dump(t, h.Journal); after != before {
			t.Fatalf("%s\n%s", before, after)
		}
		h.whole(5)
	})
}

type visit struct{ N int64 }

var visits = view.New("test_visit", view.Totals(func(v *visit) []view.Cell { return []view.Cell{{Name: "n", N: v.N}} }))

// More owners than a page of a walk has, each once.
func TestRebuildWalksEverybody(t *testing.T) {
	const n = 1203
	eachHouse(t, func(t *testing.T, h house) {
		var ds []journal.Draft
		for i := range n {
			ds = append(ds, visitSaid.Draft(thing("owner", i), id.ID{}, named{}))
		}
		h.do(say(id.New(), "many", ds...))
		w := h.reopened(viewOf(7, []*view.Table{visits.Table}, journal.On(visitSaid, func(r *view.Rows, _ *journal.Entry, _ named) {
			visits.Edit(r, visit{}, func(v *visit) { v.N++ })
		})))
		w.whole(n)
		got, err := visits.ReadTotals(t.Context(), w.DB(), programme, "n", "")
		if err != nil || got[""] != n {
			t.Fatal(got, err)
		}
	})
}

var visitSaid = journal.NewKind[named]("test.visit.said", journal.OfThing)
