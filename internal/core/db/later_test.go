package db_test

import (
	"strings"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// later puts off two writes of which the second needs the first.
func later(t *testing.T, tx *db.Tx) {
	t.Helper()
	for _, q := range []string{"insert into t(k,n,b,s,ok) values($1,1,$2,'',true)", "update t set n=n+1,b=$2 where k=$1"} {
		if err := tx.Later(t.Context(), q, int64(1), id.Named("bytes")); err != nil {
			t.Fatal(err)
		}
	}
}

// What was put off is seen by whatever comes next, in its order.
func TestLaterIsSeenByTheNextStatement(t *testing.T) {
	next := map[string]func(t *testing.T, tx *db.Tx){
		"nothing": func(*testing.T, *db.Tx) {},
		"query row": func(t *testing.T, tx *db.Tx) {
			if n := one[int](t, tx, "select n from t"); n != 2 {
				t.Error(n)
			}
		},
		"query": func(t *testing.T, tx *db.Tx) {
			if got, err := rowsOf(t, tx, "select n from t"); err != nil || got != "2" {
				t.Error(got, err)
			}
		},
		"exec": func(t *testing.T, tx *db.Tx) {
			if _, err := tx.Exec(t.Context(), "update t set n=n*10 where k=1"); err != nil {
				t.Error(err)
			}
		},
	}
	for name, f := range next {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *db.DB) {
				if err := d.Update(t.Context(), func(tx *db.Tx) error { later(t, tx); f(t, tx); return nil }); err != nil {
					t.Fatal(err)
				}
				want := map[bool]int{false: 2, true: 20}[name == "exec"]
				if n, b := one[int](t, d, "select n from t"), one[id.ID](t, d, "select b from t"); n != want || b != id.Named("bytes") {
					t.Fatal(n, b)
				}
			})
		})
	}
}

// A write that fails later fails the whole transaction, whatever is asked after it and whoever looks.
func TestLaterFailsTheWhole(t *testing.T) {
	next := map[string]func(t *testing.T, tx *db.Tx){
		"nothing":   func(*testing.T, *db.Tx) {},
		"query row": func(t *testing.T, tx *db.Tx) { _ = tx.QueryRow(t.Context(), "select 1").Scan(new(int)) },
		"query":     func(t *testing.T, tx *db.Tx) { _, _ = rowsOf(t, tx, "select 1") },
		"twice":     func(t *testing.T, tx *db.Tx) { later(t, tx); _, _ = rowsOf(t, tx, "select 1") },
	}
	for name, f := range next {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *db.DB) {
				err := d.Update(t.Context(), func(tx *db.Tx) error {
					if err := tx.Later(t.Context(), put, int64(7), int64(1), []byte{}); err != nil {
						return err
					}
					if err := tx.Later(t.Context(), "insert into nowhere(k) values(1)"); err != nil {
						return err
					}
					f(t, tx)
					return nil
				})
				if err == nil || !strings.Contains(err.Error(), "nowhere") {
					t.Fatal(err)
				}
				if n := one[int](t, d, "select count(*) from t"); n != 0 {
					t.Fatal("a part was written")
				}
			})
		})
	}
}
