package view

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Flush writes what changed, the rows of all owners of a table together, and moves the totals by the
// difference. All are of one programme.
func Flush(ctx context.Context, tx *db.Tx, owners ...*Rows) error {
	if len(owners) == 0 {
		return nil
	}
	moved, tables, changed := Sums{}, []*Table(nil), map[*Table][]owned{}
	for _, r := range owners {
		for _, t := range r.order {
			rows, err := r.changes(tx, t, moved)
			if err != nil {
				return err
			}
			if changed[t] == nil {
				tables = append(tables, t)
			}
			changed[t] = append(changed[t], rows...)
		}
		if r.err != nil {
			return r.err
		}
	}
	for _, t := range tables {
		for part := range db.Portions(changed[t]) {
			if err := t.upsert(ctx, tx, owners[0].Programme, part); err != nil {
				return err
			}
		}
	}
	return moved.add(ctx, tx, owners[0].Programme)
}

// owned is a row with its owner.
type owned struct {
	owner id.ID
	row   any
}

// changes deletes what is gone and gives what is new or different.
func (r *Rows) changes(tx *db.Tx, t *Table, moved Sums) (changed []owned, err error) {
	s := r.sets[t]
	for _, k := range s.keys() {
		w := s.rows[k]
		if !w.dirty || same(w.was, w.now) {
			continue
		}
		moved.take(t, w.was, -1)
		moved.take(t, w.now, 1)
		if w.now != nil {
			changed = append(changed, owned{r.Owner, w.now})
		} else if err := t.remove(r.ctx, tx, r, w.was); err != nil {
			return nil, err
		}
		w.was, w.dirty = w.now, false
	}
	return changed, nil
}

func same(a, b any) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return reflect.DeepEqual(a, b)
}

func (t *Table) remove(ctx context.Context, tx *db.Tx, r *Rows, was any) error {
	args := []any{r.Programme, r.Owner}
	for _, i := range t.keys {
		args = append(args, reflect.ValueOf(was).Elem().Field(t.cols[i].field).Interface())
	}
	return tx.Later(ctx, t.text.del, args...)
}

func (t *Table) upsert(ctx context.Context, tx *db.Tx, programme id.ID, rows []owned) error {
	args := db.Args{programme}
	var b strings.Builder
	b.WriteString(t.text.head)
	for i, w := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("($1," + args.Add(w.owner))
		v := reflect.ValueOf(w.row).Elem()
		for _, c := range t.cols {
			b.WriteString("," + args.Add(v.Field(c.field).Interface()))
		}
		b.WriteByte(')')
	}
	b.WriteString(t.text.tail)
	return tx.Later(ctx, b.String(), args...)
}

// Sums are kept totals, or differences of them, by name and key.
type Sums map[[2]string]int64

// take adds (or with -1 takes back) what a row contributes.
func (s Sums) take(t *Table, row any, sign int64) {
	if row == nil || t.cells == nil {
		return
	}
	for _, c := range t.cells(row) {
		s[[2]string{t.Name + "/" + c.Name, c.Key}] += sign * c.N
	}
}

// add writes the differences that are not zero, in one statement and in a fixed order.
func (s Sums) add(ctx context.Context, tx *db.Tx, programme id.ID) error {
	var moved [][2]string
	for k, n := range s {
		if n != 0 {
			moved = append(moved, k)
		}
	}
	slices.SortFunc(moved, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for part := range db.Portions(moved) {
		args, marks := db.Args{programme}, make([]string, len(part))
		for i, k := range part {
			marks[i] = "($1," + args.Add(k[0]) + "," + args.Add(k[1]) + "," + args.Add(s[k]) + ")"
		}
		q := "insert into total(programme,name,key,n) values " + strings.Join(marks, ",") +
			" on conflict(programme,name,key) do update set n=total.n+excluded.n"
		if err := tx.Later(ctx, q, args...); err != nil {
			return err
		}
	}
	return nil
}

// Become makes a loaded owner's rows of the given tables equal to a fold made from nothing.
func (r *Rows) Become(folded *Rows, tables []*Table) {
	for _, t := range tables {
		s, f := r.loadAll(t), folded.set(t)
		for k, w := range s.rows {
			if f.rows[k] == nil || f.rows[k].now == nil {
				w.now, w.dirty = nil, true
			}
		}
		for k, w := range f.rows {
			if w.now == nil {
				continue
			}
			if s.rows[k] == nil {
				s.rows[k] = &row{}
			}
			s.rows[k].now, s.rows[k].dirty = w.now, true
		}
	}
}

// Differ compares loaded rows with a fold made from nothing and writes nothing: a line a difference.
func (r *Rows) Differ(folded *Rows, tables []*Table) ([]string, error) {
	r.Become(folded, tables)
	var out []string
	for _, t := range tables {
		s := r.sets[t]
		for _, k := range s.keys() {
			if w := s.rows[k]; !same(w.was, w.now) {
				out = append(out, fmt.Sprintf("%s of %s: live %+v, rebuilt %+v", t.Name, r.Owner, w.was, w.now))
			}
		}
	}
	return out, r.err
}

// Contribute adds to sums what an owner's rows of the given tables contribute.
func (r *Rows) Contribute(sums Sums, tables []*Table) {
	for _, t := range tables {
		for _, w := range r.set(t).rows {
			sums.take(t, w.now, 1)
		}
	}
}
