package view

import (
	"context"
	"fmt"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Drop removes a table and what it contributed to totals, before Make makes it again.
func (t *Table) Drop(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, "drop table if exists "+t.Name); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "delete from total where name>=$1 and name<$2", t.Name+"/", t.Name+"0") // '0' follows '/'
	return err
}

// Make makes the table and its indexes.
func (t *Table) Make(ctx context.Context, tx *db.Tx) error {
	for _, q := range t.DDL() {
		if _, err := tx.Exec(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// Orphans counts rows whose owner has no entry of the kinds that make them: there must be none. Rows of somebody into
// whom others were joined come from their entries too.
func (t *Table) Orphans(ctx context.Context, q db.Queryer, programme id.ID, kinds []string) (n int, err error) {
	args, some := db.Args{programme}, append([]string{""}, kinds...) // no kind is empty: there is always one to ask for
	err = q.QueryRow(ctx, "select count(*) from "+t.Name+` v where programme=$1 and not exists (select 1 from entry e
		where e.programme=v.programme and e.owner=v.owner and e.kind in (`+db.List(&args, some)+`))
		and not exists (select 1 from joined j where j.programme=v.programme and j.owner=v.owner)`, args...).Scan(&n)
	return n, err
}

// ReadTotals reads the kept totals of a table under one cell name, by key. Zeros may be among them.
func (t *Table) ReadTotals(ctx context.Context, q db.Queryer, programme id.ID, cell, prefix string) (map[string]int64, error) {
	rows, err := q.Query(ctx, "select key,n from total where programme=$1 and name=$2 and key>=$3 and key<$4",
		programme, t.Name+"/"+cell, prefix, prefix+"\U0010FFFF")
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := map[string]int64{}
	for rows.Next() {
		var k string
		var n int64
		if err := rows.Scan(&k, &n); err != nil {
			return nil, err
		}
		out[k] = n
	}
	return out, rows.Err()
}

// ReadCells reads kept totals of several names ("table/cell") whose keys begin with a prefix, in one query.
func ReadCells(ctx context.Context, q db.Queryer, programme id.ID, prefix string, names ...string) (Sums, error) {
	args := db.Args{programme, prefix, prefix + "\U0010FFFF"}
	return readSums(ctx, q, "name in ("+db.List(&args, names)+") and key>=$2 and key<$3", args...)
}

// ReadSums reads every kept total of a programme that is not zero.
func ReadSums(ctx context.Context, q db.Queryer, programme id.ID) (Sums, error) {
	return readSums(ctx, q, "n<>0", programme)
}

func readSums(ctx context.Context, q db.Queryer, where string, args ...any) (Sums, error) {
	rows, err := q.Query(ctx, "select name,key,n from total where programme=$1 and "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := Sums{}
	for rows.Next() {
		var k [2]string
		var n int64
		if err := rows.Scan(&k[0], &k[1], &n); err != nil {
			return nil, err
		}
		out[k] = n
	}
	return out, rows.Err()
}

// Differ compares kept totals with those counted anew: a line a difference.
func (s Sums) Differ(counted Sums) (bad []string) {
	for k, n := range s {
		if counted[k] != n {
			bad = append(bad, fmt.Sprintf("total %s %s: kept %d, counted %d", k[0], k[1], n, counted[k]))
		}
	}
	for k, n := range counted {
		if _, ok := s[k]; !ok && n != 0 {
			bad = append(bad, fmt.Sprintf("total %s %s: kept 0, counted %d", k[0], k[1], n))
		}
	}
	return bad
}
