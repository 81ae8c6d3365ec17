package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// page is how many owners, or entries, are read at a time.
const page = 500

// bring makes the tables of views that are new here or whose text or version changed, and folds them
// again, in one transaction: other processes see the old rows or the new ones.
func (j *Journal) bring(ctx context.Context, everything bool) error {
	return j.db.Update(ctx, func(tx *db.Tx) error {
		if err := lockViews(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "update head set version=$1 where version<>$1", j.version); err != nil { // stops other binaries from writing
			return err
		}
		if err := j.abandon(ctx, tx); err != nil {
			return err
		}
		changed, err := j.changed(ctx, tx, everything)
		if err != nil || len(changed) == 0 {
			return err
		}
		f := newFolder(changed)
		for _, t := range f.allTables() {
			if err := t.Drop(ctx, tx); err != nil {
				return err
			}
			if err := t.Make(ctx, tx); err != nil {
				return err
			}
		}
		if err := j.db.ByBytes(ctx, tx); err != nil {
			return err
		}
		if err := j.refoldEveryone(ctx, tx, f); err != nil {
			return err
		}
		return j.remember(ctx, tx, changed)
	})
}

// lockViews lets one process at a time compare and rebuild.
func lockViews(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, "insert into view_state(name,hash) values('',0) on conflict(name) do update set hash=0")
	return err
}

func (j *Journal) changed(ctx context.Context, tx *db.Tx, everything bool) (out []*View, err error) {
	for _, v := range j.all.views {
		var n int
		if err := tx.QueryRow(ctx, "select count(*) from view_state where name=$1 and hash=$2", v.Name, v.hash()).Scan(&n); err != nil {
			return nil, err
		}
		if n == 0 || everything {
			out = append(out, v)
		}
	}
	return out, nil
}

// remember notes what was made: a row a view, with its hash, and a row a table.
func (j *Journal) remember(ctx context.Context, tx *db.Tx, views []*View) error {
	for _, v := range views {
		for _, name := range v.made() {
			const q = "insert into view_state(name,hash) values($1,$2) on conflict(name) do update set hash=excluded.hash"
			if _, err := tx.Exec(ctx, q, name, v.hash()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *View) made() []string {
	out := []string{v.Name}
	for _, t := range v.Tables {
		out = append(out, v.Name+"/"+t.Name)
	}
	return out
}

// abandon drops the tables that no view here has any more: what is erased later would stay in them.
func (j *Journal) abandon(ctx context.Context, tx *db.Tx) error {
	known := []string{""} // lockViews' own
	for _, v := range j.all.views {
		known = append(known, v.made()...)
	}
	names, err := db.Column[string](ctx, tx, "select name from view_state order by name")
	if err != nil {
		return err
	}
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		if _, table, ok := strings.Cut(name, "/"); ok {
			if err := (&view.Table{Name: table}).Drop(ctx, tx); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "delete from view_state where name=$1", name); err != nil {
			return err
		}
	}
	return nil
}

func (j *Journal) refoldEveryone(ctx context.Context, tx *db.Tx, f *folder) error {
	return j.walk(ctx, tx, func(k kin, programme, owner id.ID) error { return j.refold(ctx, tx, f, k, programme, owner) })
}

// walk calls f for every owner of every programme.
func (j *Journal) walk(ctx context.Context, q db.Queryer, f func(k kin, programme, owner id.ID) error) error {
	programmes, err := j.Programmes(ctx, q)
	if err != nil {
		return err
	}
	for _, p := range programmes {
		for after := (id.ID{}); ; {
			owners, err := ids(ctx, q, "select distinct owner from entry where programme=$1 and owner>$2 order by owner limit $3", p, after, page)
			if err != nil {
				return err
			}
			if err := j.vault.Load(ctx, p, owners); err != nil {
				return err
			}
			k, err := kinOf(ctx, q, p, owners)
			if err != nil {
				return err
			}
			for _, o := range owners {
				if err := f(k, p, o); err != nil {
					return err
				}
			}
			if len(owners) < page {
				break
			}
			after = owners[len(owners)-1]
		}
	}
	return nil
}

// Rebuild makes every view again from nothing.
func (j *Journal) Rebuild(ctx context.Context) error { return j.bring(ctx, true) }

// Check folds every owner in memory and compares rows and totals with what stands: a line a
// difference, none if all is well. It writes nothing.
func (j *Journal) Check(ctx context.Context) (bad []string, err error) {
	sums := map[id.ID]view.Sums{}
	err = j.db.Snapshot(ctx, func(q db.Queryer) error {
		err := j.walk(ctx, q, func(k kin, p, o id.ID) error {
			folded, tables, err := j.fold(ctx, q, j.all, k, p, o)
			if err != nil {
				return err
			}
			if sums[p] == nil {
				sums[p] = view.Sums{}
			}
			folded.Contribute(sums[p], tables)
			diff, err := view.Load(ctx, q, p, o).Differ(folded, tables)
			bad = append(bad, diff...)
			return err
		})
		if err != nil {
			return err
		}
		more, err := j.checkWhole(ctx, q, sums)
		bad = append(bad, more...)
		return err
	})
	return bad, err
}

// checkWhole compares what no single owner shows: totals, and rows without entries.
func (j *Journal) checkWhole(ctx context.Context, q db.Queryer, sums map[id.ID]view.Sums) (bad []string, err error) {
	programmes, err := j.Programmes(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, p := range programmes {
		live, err := view.ReadSums(ctx, q, p)
		if err != nil {
			return nil, err
		}
		bad = append(bad, live.Differ(sums[p])...)
		for _, t := range j.all.allTables() {
			n, err := t.Orphans(ctx, q, p, j.all.kindsOf(t))
			if err != nil {
				return nil, err
			}
			if n > 0 {
				bad = append(bad, fmt.Sprintf("%s: %d rows without entries", t.Name, n))
			}
		}
	}
	return bad, nil
}

// Broken names the first entry of a node that does not hold.
type Broken struct {
	Programme, Node id.ID
	Seq             int64
	Why             string
}

func (b Broken) Error() string {
	return fmt.Sprintf("programme %s, node %s, entry %d: %s", b.Programme, b.Node, b.Seq, b.Why)
}

// Verify scans the log: each node gapless, each digest right. The first fault is a Broken.
func (j *Journal) Verify(ctx context.Context) (entries int64, err error) {
	rows, err := j.db.Query(ctx, "select "+columns+" from entry e order by e.programme,e.node,e.seq")
	if err != nil {
		return 0, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	var last Entry
	for rows.Next() {
		var e Entry
		if err := rows.Scan(e.targets()...); err != nil {
			return entries, err
		}
		want := int64(1)
		if e.Programme == last.Programme && e.Node == last.Node {
			want = last.Seq + 1
		}
		switch {
		case e.Seq != want:
			return entries, Broken{e.Programme, e.Node, want, "is missing"}
		case !bytes.Equal(e.digest(), e.Digest):
			return entries, Broken{e.Programme, e.Node, e.Seq, "was altered"}
		}
		entries++
		last = Entry{Programme: e.Programme, Node: e.Node, Seq: e.Seq}
	}
	if err := rows.Err(); err != nil {
		return entries, err
	}
	return entries, j.verifyHeads(ctx)
}

// verifyHeads finds a tail that was cut off, or grew without being counted.
func (j *Journal) verifyHeads(ctx context.Context) error {
	var b Broken
	var seq, last int64
	err := j.db.QueryRow(ctx, `select programme,node,seq,last from (select programme,node,seq,
		(select coalesce(max(seq),0) from entry e where e.programme=h.programme and e.node=h.node) as last from head h) x
		where seq<>last order by programme limit 1`).Scan(&b.Programme, &b.Node, &seq, &last)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	b.Seq, b.Why = min(seq, last)+1, "is missing at the log's end"
	if last > seq {
		b.Why = "was added to the log's end"
	}
	return b
}
