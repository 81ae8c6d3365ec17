package view_test

import (
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// part has every type of column and a key of two.
type part struct {
	Owner  id.ID
	Place  int64  `view:"key"`
	Word   string `view:"key"`
	Who    id.ID
	Done   bool
	Score  float64
	Raw    []byte
	LastAt int64
}

// alone has no key fields: one row an owner.
type alone struct {
	N int64
}

// mark has nothing but its key.
type mark struct {
	Word string `view:"key"`
}

// pair has a key of two words.
type pair struct {
	A string `view:"key"`
	B string `view:"key"`
	N int64
}

var (
	pairs = view.New[pair]("v_pair")
	parts = view.New("v_part", view.Index[part]("word", "last_at"), view.Totals(func(p *part) []view.Cell {
		return []view.Cell{{Name: "rows", Key: p.Word, N: 1}, {Name: "last", Key: p.Word, N: p.LastAt}}
	}))
	alones = view.New("v_alone", view.Totals(func(a *alone) []view.Cell { return []view.Cell{{Name: "n", N: a.N}} }))
	marks  = view.New[mark]("v_mark")
	tables = []*view.Table{parts.Table, alones.Table, marks.Table, pairs.Table}
)

var (
	programme = id.Named("programme")
	owner     = id.Named("owner")
)

func each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		d := dbtest.Open(t, fresh(t))
		must(t, d.Migrate(t.Context()))
		must(t, remake(t, d))
		f(t, d)
	})
}

func remake(t testing.TB, d *db.DB) error {
	return d.Update(t.Context(), func(tx *db.Tx) error {
		for _, table := range tables {
			if err := table.Drop(t.Context(), tx); err != nil {
				return err
			}
			if err := table.Make(t.Context(), tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// edit changes the rows of one owner in one transaction.
func edit(t testing.TB, d *db.DB, f func(r *view.Rows)) {
	t.Helper()
	must(t, d.Update(t.Context(), func(tx *db.Tx) error {
		r := view.Load(t.Context(), tx, programme, owner)
		f(r)
		return view.Flush(t.Context(), tx, r)
	}))
}

func all(t testing.TB, d *db.DB) []part {
	t.Helper()
	ps, err := parts.Select(t.Context(), d, programme, "order by owner,place,word")
	must(t, err)
	return ps
}

func sums(t testing.TB, d *db.DB) view.Sums {
	t.Helper()
	s, err := view.ReadSums(t.Context(), d, programme)
	must(t, err)
	return s
}
