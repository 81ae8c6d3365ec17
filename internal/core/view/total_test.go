package view_test

import (
	"maps"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

func TestTotalsMoveByTheDifference(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		steps := []struct {
			do   func(r *view.Rows)
			want view.Sums
		}{
			{func(r *view.Rows) { parts.Edit(r, part{Word: "a"}, func(p *part) { p.LastAt = 5 }) }, view.Sums{{"v_part/rows", "a"}: 1, {"v_part/last", "a"}: 5}},
			{func(r *view.Rows) { parts.Edit(r, part{Place: 1, Word: "a"}, func(p *part) { p.LastAt = 2 }) }, view.Sums{{"v_part/rows", "a"}: 2, {"v_part/last", "a"}: 7}},
			{func(r *view.Rows) { parts.Edit(r, part{Word: "a"}, func(p *part) { p.LastAt = 1 }) }, view.Sums{{"v_part/rows", "a"}: 2, {"v_part/last", "a"}: 3}},
			{func(r *view.Rows) { parts.Edit(r, part{Word: "a"}, func(p *part) { p.Done = true }) }, view.Sums{{"v_part/rows", "a"}: 2, {"v_part/last", "a"}: 3}},
			{func(r *view.Rows) { parts.Delete(r, part{Place: 1, Word: "a"}) }, view.Sums{{"v_part/rows", "a"}: 1, {"v_part/last", "a"}: 1}},
			{func(r *view.Rows) {
				parts.Delete(r, part{Word: "a"})
				alones.Edit(r, alone{}, func(a *alone) { a.N = -4 })
			}, view.Sums{{"v_alone/n", ""}: -4}},
		}
		for i, s := range steps {
			edit(t, d, s.do)
			if got := sums(t, d); !maps.Equal(got, s.want) {
				t.Fatalf("step %d: %v", i, got)
			}
		}
	})
}

// Rows written in one Flush and again in the next of the same Rows count once.
func TestSecondFlushAddsOnlyWhatIsNew(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(t.Context(), func(tx *db.Tx) error {
			r := view.Load(t.Context(), tx, programme, owner)
			for range 3 {
				alones.Edit(r, alone{}, func(a *alone) { a.N++ })
				must(t, view.Flush(t.Context(), tx, r))
			}
			return nil
		}))
		if got := sums(t, d); !maps.Equal(got, view.Sums{{"v_alone/n", ""}: 3}) {
			t.Fatal(got)
		}
	})
}

func TestDropTakesItsTotalsAlone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) {
			alones.Edit(r, alone{}, func(a *alone) { a.N = 1 })
			parts.Edit(r, part{Word: "a"}, func(*part) {})
		})
		_, err := d.Exec(t.Context(), "insert into total(programme,name,key,n) values($1,'v_part_two/rows','a',1)", programme) // of a table whose name goes on
		must(t, err)
		must(t, d.Update(t.Context(), func(tx *db.Tx) error { return parts.Drop(t.Context(), tx) }))
		if got := sums(t, d); !maps.Equal(got, view.Sums{{"v_alone/n", ""}: 1, {"v_part_two/rows", "a"}: 1}) {
			t.Fatal(got)
		}
	})
}

func TestReadTotalsByPrefix(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) {
			for _, w := range []string{"m1|a", "m1|é", "m10|a", "m2|a"} {
				parts.Edit(r, part{Word: w}, func(*part) {})
			}
		})
		got, err := parts.ReadTotals(t.Context(), d, programme, "rows", "m1|")
		if err != nil || !maps.Equal(got, map[string]int64{"m1|a": 1, "m1|é": 1}) {
			t.Fatal(got, err)
		}
	})
}

func TestSumsDiffer(t *testing.T) {
	k := [2]string{"a", "b"}
	for _, c := range []struct {
		kept, counted view.Sums
		n             int
	}{
		{view.Sums{k: 1}, view.Sums{k: 1}, 0},
		{view.Sums{k: 1}, view.Sums{k: 2}, 1},
		{view.Sums{k: 1}, view.Sums{}, 1},
		{view.Sums{}, view.Sums{k: 1}, 1},
		{view.Sums{}, view.Sums{k: 0}, 0},
	} {
		if got := c.kept.Differ(c.counted); len(got) != c.n {
			t.Errorf("%v, %v: %v", c.kept, c.counted, got)
		}
	}
}

// change is one move of a random fold.
type change struct {
	op    int
	place int64
	word  string
	n     int64
}

func (c change) apply(r *view.Rows) {
	switch c.op {
	case 0, 1, 2:
		parts.Edit(r, part{Place: c.place, Word: c.word}, func(p *part) { p.LastAt, p.Done = p.LastAt+c.n, !p.Done })
	case 3:
		parts.Delete(r, part{Place: c.place, Word: c.word})
	case 4: // depends on every row
		parts.Each(r, func(p part) { alones.Edit(r, alone{}, func(a *alone) { a.N += p.LastAt }) })
	case 5:
		if p, ok := parts.Get(r, part{Place: c.place, Word: c.word}); ok {
			marks.Edit(r, mark{Word: p.Word}, func(*mark) {})
		}
	default:
		alones.Delete(r, alone{})
	}
}

func drawChanges(rt *rapid.T) []change {
	return rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) change {
		return change{
			op: rapid.IntRange(0, 6).Draw(rt, "op"), place: rapid.Int64Range(-1, 1).Draw(rt, "place"),
			word: rapid.SampledFrom([]string{"", "a", "é"}).Draw(rt, "word"), n: rapid.Int64Range(-5, 5).Draw(rt, "n"),
		}
	}), 0, 30).Draw(rt, "changes")
}

// Rows applied in pieces, and rows that become a fresh fold of other changes, equal a fold from
// nothing; so do the totals.
func TestAnyFoldEqualsAFreshOne(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			must(t, remake(t, d))
			first, second := drawChanges(rt), drawChanges(rt)
			cut := rapid.IntRange(0, len(first)).Draw(rt, "cut")
			for _, piece := range [][]change{first[:cut], first[cut:]} {
				edit(t, d, func(r *view.Rows) {
					for _, c := range piece {
						c.apply(r)
					}
				})
			}
			equals(t, rt, d, first)
			edit(t, d, func(r *view.Rows) { r.Become(folded(t, second), tables) })
			equals(t, rt, d, second)
		})
	})
}

func folded(t *testing.T, cs []change) *view.Rows {
	r := view.Empty(t.Context(), programme, owner)
	for _, c := range cs {
		c.apply(r)
	}
	return r
}

func equals(t *testing.T, rt *rapid.T, d *db.DB, cs []change) {
	fresh, counted := folded(t, cs), view.Sums{}
	fresh.Contribute(counted, tables)
	diff, err := view.Load(t.Context(), d, programme, owner).Differ(fresh, tables)
	if err != nil || len(diff) > 0 {
		rt.Fatal(diff, err)
	}
	if bad := sums(t, d).Differ(counted); len(bad) > 0 {
		rt.Fatal(bad)
	}
	var want []part
	parts.Each(fresh, func(p part) { want = append(want, p) })
	if got := all(t, d); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		rt.Fatalf("%+v\n%+v", got, want)
	}
}

// Owners do not see each other's rows, nor do programmes.
func TestOwnersAreApart(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) { alones.Edit(r, alone{}, func(a *alone) { a.N = 1 }) })
		for _, r := range []*view.Rows{view.Load(t.Context(), d, programme, id.Named("other")), view.Load(t.Context(), d, id.Named("other"), owner)} {
			if got, ok := alones.Get(r, alone{}); ok {
				t.Fatal(got)
			}
		}
	})
}
