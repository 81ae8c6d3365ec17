package view_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

func TestEditGetDelete(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		full := part{Owner: owner, Place: -3, Word: "été", Who: id.Named("who"), Done: true, Score: 0.1, Raw: []byte{0, 1}, LastAt: 1 << 60}
		edit(t, d, func(r *view.Rows) {
			if _, ok := parts.Get(r, part{Place: -3, Word: "été"}); ok {
				t.Error("there is none yet")
			}
			parts.Edit(r, part{Place: -3, Word: "été"}, func(p *part) { *p = full; p.Owner = id.ID{} })
		})
		edit(t, d, func(r *view.Rows) {
			got, ok := parts.Get(r, part{Place: -3, Word: "été"})
			if !ok || !reflect.DeepEqual(got, full) {
				t.Errorf("%+v", got)
			}
			parts.Edit(r, part{Place: -3, Word: "été", LastAt: 99}, func(p *part) { p.Done = !p.Done })
		})
		full.Done = false
		if got := all(t, d); len(got) != 1 || !reflect.DeepEqual(got[0], full) {
			t.Fatalf("%+v", got)
		}
		edit(t, d, func(r *view.Rows) {
			parts.Delete(r, part{Place: -3, Word: "été"})
			if _, ok := parts.Get(r, part{Place: -3, Word: "été"}); ok {
				t.Error("deleted, and still there")
			}
			parts.Delete(r, part{Place: 9, Word: "never was"})
		})
		if got := all(t, d); len(got) != 0 {
			t.Fatalf("%+v", got)
		}
	})
}

func spoil(p *part) { p.LastAt = 2 }

// What a rule does to its copy of a row changes nothing but through Edit.
func TestCopiesAreCopies(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) {
			parts.Edit(r, part{Word: "a"}, func(p *part) { p.LastAt = 1 })
			got, _ := parts.Get(r, part{Word: "a"})
			spoil(&got)
			parts.Each(r, func(p part) { spoil(&p) })
		})
		if got := all(t, d); got[0].LastAt != 1 {
			t.Fatalf("%+v", got)
		}
	})
}

func TestEachIsOrderedByKey(t *testing.T) {
	places := []int64{math.MinInt64, -10, -9, -1, 0, 1, 2, 10, math.MaxInt64}
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) {
			for _, i := range []int{4, 8, 1, 0, 7, 2, 6, 3, 5} {
				parts.Edit(r, part{Place: places[i], Word: "b"}, func(*part) {})
				parts.Edit(r, part{Place: places[i], Word: "a"}, func(*part) {})
			}
		})
		edit(t, d, func(r *view.Rows) {
			parts.Delete(r, part{Place: 0, Word: "a"})
			parts.Edit(r, part{Place: 5, Word: "new"}, func(*part) {})
			var got []int64
			var words []string
			parts.Each(r, func(p part) { got, words = append(got, p.Place), append(words, p.Word) })
			if !slices.IsSorted(got) || len(got) != 18 || words[0] != "a" || words[1] != "b" {
				t.Error(got, words)
			}
		})
	})
}

func TestTableWithoutKeyHasOneRow(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for range 3 {
			edit(t, d, func(r *view.Rows) { alones.Edit(r, alone{}, func(a *alone) { a.N++ }) })
		}
		got, ok, err := alones.One(t.Context(), d, programme, "and owner=$2", owner)
		if err != nil || !ok || got.N != 3 {
			t.Fatal(got, ok, err)
		}
		edit(t, d, func(r *view.Rows) { alones.Delete(r, alone{}) })
		if _, ok, err := alones.One(t.Context(), d, programme, ""); ok || err != nil {
			t.Fatal(ok, err)
		}
	})
}

func TestTableOfKeysAlone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for range 2 {
			edit(t, d, func(r *view.Rows) {
				marks.Edit(r, mark{Word: "a"}, func(*mark) {})
				marks.Edit(r, mark{Word: ""}, func(*mark) {})
			})
		}
		got, err := marks.Select(t.Context(), d, programme, "order by word")
		if err != nil || !slices.Equal(got, []mark{{""}, {"a"}}) {
			t.Fatal(got, err)
		}
	})
}

// Reading rows, or giving them what they had, writes nothing.
func TestFlushWritesOnlyWhatChanged(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) { parts.Edit(r, part{Word: "a"}, func(p *part) { p.LastAt = 1 }) })
		written := 0
		ctx := db.Counted(t.Context(), &written)
		must(t, d.Update(ctx, func(tx *db.Tx) error {
			r := view.Load(ctx, tx, programme, owner)
			parts.Each(r, func(part) {})
			parts.Get(r, part{Word: "none"})
			alones.Get(r, alone{})
			parts.Edit(r, part{Word: "a"}, func(p *part) { p.LastAt = 1 })
			parts.Edit(r, part{Word: "b"}, func(*part) {})
			parts.Delete(r, part{Word: "b"})
			written = 0
			return view.Flush(ctx, tx, r)
		}))
		if written > 0 {
			t.Fatal(written, "statements")
		}
	})
}

// Keys of several words do not run together.
func TestKeysAreApart(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) {
			for _, p := range []pair{{A: "a", B: "bc"}, {A: "ab", B: "c"}, {A: "", B: "abc"}, {A: "a", B: ""}} {
				pairs.Edit(r, p, func(p *pair) { p.N++ })
			}
		})
		got, err := pairs.Select(t.Context(), d, programme, "and n=1")
		if err != nil || len(got) != 4 {
			t.Fatal(got, err)
		}
	})
}

// More rows than one statement holds.
func TestAmongSomeOwners(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		others := []id.ID{id.Named("a"), id.Named("b"), id.Named("c")}
		must(t, d.Update(t.Context(), func(tx *db.Tx) error {
			var rows []*view.Rows
			for i, o := range others {
				r := view.Load(t.Context(), tx, programme, o)
				alones.Edit(r, alone{}, func(a *alone) { a.N = int64(i) })
				rows = append(rows, r)
			}
			return view.Flush(t.Context(), tx, rows...)
		}))
		for most, want := range map[int64]int{9: 2, 0: 1, -1: 0} {
			got, err := alones.Among(t.Context(), d, programme, others[:2], "and n<=$2 order by n", most)
			if err != nil || len(got) != want {
				t.Errorf("n<=%d: %v %v", most, got, err)
			}
		}
		if got, err := alones.Among(t.Context(), d, programme, nil, ""); err != nil || len(got) != 0 {
			t.Errorf("among nobody: %v %v", got, err)
		}
	})
}

func TestManyRows(t *testing.T) {
	const n = 450
	each(t, func(t *testing.T, d *db.DB) {
		edit(t, d, func(r *view.Rows) {
			for i := range n {
				parts.Edit(r, part{Place: int64(i), Word: strings.Repeat("x", i)}, func(p *part) { p.LastAt = int64(i) })
			}
		})
		got := all(t, d)
		if len(got) != n {
			t.Fatal(len(got))
		}
		for i, p := range got {
			if p.Place != int64(i) || p.LastAt != int64(i) {
				t.Fatal(i, p)
			}
		}
		if s := sums(t, d); len(s) != 2*n-1 { // the first adds a zero
			t.Fatal(len(s))
		}
	})
}

// What the engines would store each in its way is made one before it is stored.
func TestOddValues(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for word, want := range map[string]string{"a\x00b\xff": "a\uFFFDb\uFFFD", "\xff": "\uFFFD", "é": "é"} {
			odd := part{Word: word, Score: math.NaN()}
			edit(t, d, func(r *view.Rows) { parts.Edit(r, odd, func(p *part) { p.Raw = nil }) })
			edit(t, d, func(r *view.Rows) {
				got, ok := parts.Get(r, odd)
				if !ok || got.Word != want || got.Score != 0 || got.Raw == nil {
					t.Errorf("%+v, %v", got, ok)
				}
				fresh := view.Empty(t.Context(), programme, owner)
				parts.Edit(fresh, odd, func(*part) {})
				if diff, err := view.Load(t.Context(), d, programme, owner).Differ(fresh, tables); err != nil || len(diff) > 0 {
					t.Error(diff, err)
				}
				parts.Delete(r, odd)
			})
		}
		if got := all(t, d); len(got) > 0 {
			t.Fatalf("%+v", got)
		}
	})
}

// An error of the database comes out of Flush: a fold has no way to return one.
func TestFlushTellsOfTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec(t.Context(), "drop table v_mark"); err != nil {
				return err
			}
			r := view.Load(t.Context(), tx, programme, owner)
			marks.Get(r, mark{Word: "a"})
			return view.Flush(t.Context(), tx, r)
		})
		if err == nil || !strings.Contains(err.Error(), "v_mark") {
			t.Fatal(err)
		}
	})
}

func TestWrongStructPanicsAtStart(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("a table with a column that no engine has")
		}
	}()
	view.New[struct{ When map[string]int }]("v_wrong")
}

func TestDDL(t *testing.T) {
	want := []string{
		"create table v_part (programme bytea not null, owner bytea not null, place bigint not null, word text not null, who bytea not null, " +
			"done boolean not null, score double precision not null, raw bytea not null, last_at bigint not null, primary key (programme, owner, place, word))",
		"create index v_part_0 on v_part (programme,word,last_at)",
	}
	if got := parts.DDL(); !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
}
