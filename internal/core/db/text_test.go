package db_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tremplin/internal/core/db"
)

// Every feature of SQL that a slice may use, with what it gives: the same text on both engines.
var features = map[string]struct {
	sql  string
	args []any
	want string // its rows, by column and row
}{
	"on conflict do nothing": {"insert into t(k,n,b,s,ok) values(1,9,$1,'',true) on conflict do nothing returning k", []any{[]byte{1}}, ""},
	"on conflict do update": {`insert into t(k,n,b,s,ok) values(1,9,$1,'new',true) on conflict(k)
		do update set n=t.n+excluded.n,s=excluded.s returning k,n,s`, []any{[]byte{1}}, "1 19 new"},
	"returning of update":   {"update t set n=n+1 where k=$1 returning n", []any{2}, "21"},
	"returning of delete":   {"delete from t where k=$1 returning s", []any{2}, "b"},
	"many rows":             {"insert into t(k,n,b,s,ok) values(7,1,$1,'',true),(8,1,$1,'',false) returning k", []any{[]byte{}}, "7/8"},
	"row values":            {"select k from t where (n,k)>($1,$2) order by n,k limit 2", []any{10, 1}, "2/3"},
	"row value in":          {"select s from t where (k,n) in (select k,n from t where n<$1) order by k", []any{25}, "a/b"},
	"recursive":             {"with recursive c(x) as (select 1 union all select x+1 from c where x<$1) select count(*),max(x) from c", []any{5}, "5 5"},
	"window":                {"select k,sum(n) over (order by k) from t order by k", nil, "1 10/2 30/3 60"},
	"window with filter":    {"select k,count(*) filter (where ok) over (order by k) from t order by k", nil, "1 1/2 1/3 2"},
	"filter":                {"select count(*) filter (where ok),count(*) filter (where not ok) from t", nil, "2 1"},
	"update from":           {"update t set s='joined' from u where u.k=t.k and u.w=$1 returning t.k,t.s", []any{"x"}, "1 joined"},
	"exists":                {"select k from t where exists (select 1 from u where u.k=t.k) order by k", nil, "1/3"},
	"left join":             {"select t.k,case when u.k is null then 0 else 1 end from t left join u on u.k=t.k order by t.k", nil, "1 1/2 0/3 1"},
	"union all with limits": {"select * from (select k from t order by k desc limit 1) a union all select k from u where k=$1", []any{1}, "3/1"},
	"bytea":                 {"select k from t where b=$1", []any{[]byte{0, 255}}, "1"},
	"bytea order":           {"select k from t order by b desc limit 1", nil, "1"},
	"boolean":               {"select k from t where ok=$1 order by k", []any{true}, "1/3"},
	"bigint":                {"select k from t where n<$1 and n>$2 order by k", []any{int64(1)<<62 + 1, -int64(1) << 62}, "1/2/3"},
	"parameter twice":       {"select case when n<$1 then $1 else n end from t where k=1", []any{int64(15)}, "15"},
	"parameters turned":     {"select k from t where n<$2 and k>$1 and n<$2 order by k", []any{1, int64(25)}, "2"},
	"quoted":                {"select k from t where s||'$1'=$1 order by k", []any{"a$1"}, "1"},
	"coalesce":              {"select coalesce(max(n),-1) from t where k>$1", []any{99}, "-1"},
	"like, folded in Go":    {"select s from t where s like $1 order by k", []any{"a%"}, "a"},
	"length of bytes":       {"select length(b) from t where k=1", nil, "2"},
	"text order by code":    {"select w from u order by w", nil, "B/x"},
}

var errBack = errors.New("back to how it was")

func TestTextRunsOnBoth(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "create table u (k bigint not null primary key, w text not null)")
		exec(t, d, "create unique index t_part on t (n) where ok") // partial
		exec(t, d, "insert into t(k,n,b,s,ok) values(1,10,$1,'a',true),(2,20,$2,'b',false),(3,30,$2,'c',true)", []byte{0, 255}, []byte{0, 1})
		exec(t, d, "insert into u(k,w) values(1,'x'),(3,'B')")
		for name, f := range features {
			t.Run(name, func(t *testing.T) {
				var got string
				var failed error
				err := d.Update(t.Context(), func(tx *db.Tx) error {
					got, failed = rowsOf(t, tx, f.sql, f.args...)
					return errBack
				})
				if !errors.Is(err, errBack) || failed != nil || got != f.want {
					t.Fatalf("%q, %v; want %q", got, failed, f.want)
				}
			})
		}
	})
}

// A partial unique index holds among its rows, and only among them.
func TestPartialUniqueIndex(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "create unique index t_part on t (n) where ok")
		exec(t, d, put, 1, 10, []byte{})
		exec(t, d, "insert into t(k,n,b,s,ok) values(2,10,$1,'',false)", []byte{})
		if _, err := d.Exec(t.Context(), put, 3, 10, []byte{}); err == nil {
			t.Fatal("two rows where one may be")
		}
	})
}

// rowsOf writes rows as "a b/c d".
func rowsOf(t *testing.T, q db.Queryer, text string, args ...any) (string, error) {
	rows, err := q.Query(t.Context(), text, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	names, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var out []string
	for rows.Next() {
		vs, ps, line := make([]any, len(names)), make([]any, len(names)), make([]string, len(names))
		for i := range vs {
			ps[i] = &vs[i]
		}
		if err := rows.Scan(ps...); err != nil {
			return "", err
		}
		for i, v := range vs {
			line[i] = fmt.Sprint(v)
		}
		out = append(out, strings.Join(line, " "))
	}
	return strings.Join(out, "/"), rows.Err()
}
