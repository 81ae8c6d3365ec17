package journal

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/view"
)

// folder is a set of views, by the kinds that they fold.
type folder struct {
	views  []*View
	byKind map[string][]func(*view.Rows, *Entry) error
	tables map[string][]*view.Table // that a kind can touch
}

func newFolder(views []*View) *folder {
	f := &folder{views: views, byKind: map[string][]func(*view.Rows, *Entry) error{}, tables: map[string][]*view.Table{}}
	for _, v := range views {
		for _, r := range v.Rules {
			f.byKind[r.kind] = append(f.byKind[r.kind], r.apply)
			for _, t := range v.Tables {
				if !slices.Contains(f.tables[r.kind], t) {
					f.tables[r.kind] = append(f.tables[r.kind], t)
				}
			}
		}
	}
	return f
}

func (f *folder) allTables() (out []*view.Table) {
	for _, v := range f.views {
		out = append(out, v.Tables...)
	}
	return out
}

// kindsOf lists the kinds that can touch a table.
func (f *folder) kindsOf(t *view.Table) (out []string) {
	for k, ts := range f.tables {
		if slices.Contains(ts, t) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// version tells one set of views from another: two binaries may write only with the same.
func (f *folder) version() int64 {
	h := sha256.New()
	for _, v := range f.views {
		fmt.Fprintf(h, "%s %d;", v.Name, v.hash())
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) >> 1)
}

// hash changes when the view's table text or version does.
func (v *View) hash() int64 {
	h := sha256.New()
	fmt.Fprintln(h, v.Name, v.Version)
	for _, t := range v.Tables {
		fmt.Fprintln(h, t.DDL())
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) >> 1)
}

// apply folds one entry into its owner's rows.
func (f *folder) apply(r *view.Rows, e *Entry) error {
	for _, apply := range f.byKind[e.Kind] {
		if err := apply(r, e); err != nil {
			return err
		}
	}
	return nil
}

// fold is the definition of a view; everything else is a short cut to it: an owner's entries by
// (recorded, node, seq), each id once at its first place, without voided ones; nothing if the owner
// was erased. It returns the tables that any of them, voided ones too, can have touched.
func (j *Journal) fold(ctx context.Context, q db.Queryer, f *folder, programme, owner id.ID) (*view.Rows, []*view.Table, error) {
	r := view.Empty(ctx, programme, owner)
	es, voided, err := j.story(ctx, q, programme, owner)
	if err != nil {
		return nil, nil, err
	}
	var erased int
	if err := q.QueryRow(ctx, "select count(*) from erased where programme=$1 and owner=$2", programme, owner).Scan(&erased); err != nil {
		return nil, nil, err
	}
	var tables []*view.Table
	seen, kinds := map[id.ID]bool{}, map[string]bool{}
	for i := range es {
		e := &es[i]
		if !kinds[e.Kind] {
			kinds[e.Kind] = true
			for _, t := range f.tables[e.Kind] {
				if !slices.Contains(tables, t) {
					tables = append(tables, t)
				}
			}
		}
		if erased > 0 || voided[i] || seen[e.ID] || f.byKind[e.Kind] == nil {
			continue
		}
		seen[e.ID] = true
		if err := j.open(ctx, e); err != nil {
			return nil, nil, err
		}
		if err := f.apply(r, e); err != nil {
			return nil, nil, err
		}
	}
	return r, tables, nil
}

// refold makes an owner's rows again from its whole story.
func (j *Journal) refold(ctx context.Context, tx *db.Tx, f *folder, programme, owner id.ID) error {
	folded, tables, err := j.fold(ctx, tx, f, programme, owner)
	if err != nil {
		return err
	}
	live := view.Load(ctx, tx, programme, owner)
	live.Become(folded, tables)
	return view.Flush(ctx, tx, live)
}

func (j *Journal) refoldAll(ctx context.Context, tx *db.Tx, programme id.ID, owners map[id.ID]bool) error {
	for o := range owners {
		if err := j.refold(ctx, tx, j.all, programme, o); err != nil {
			return err
		}
	}
	return nil
}

// touched notes voids and erasures and returns the owners whose past they change.
func (j *Journal) touched(ctx context.Context, tx *db.Tx, entries []Entry) (map[id.ID]bool, error) {
	stale := map[id.ID]bool{}
	for i := range entries {
		var owners []id.ID
		var err error
		switch e := &entries[i]; e.Kind {
		case Erased.Name:
			owners, err = []id.ID{e.Owner}, j.erased(ctx, tx, e)
		case Voided.Name:
			owners, err = j.voided(ctx, tx, e)
		}
		if err != nil {
			return nil, err
		}
		for _, o := range owners {
			stale[o] = true
		}
	}
	return stale, nil
}

// erased notes that a story has ended, and leaves the job that destroys its keys.
func (j *Journal) erased(ctx context.Context, tx *db.Tx, e *Entry) error {
	if err := tx.Later(ctx, "insert into erased(programme,owner) values($1,$2) on conflict do nothing", e.Programme, e.Owner); err != nil {
		return err
	}
	w, err := job.New(EraseJob, ErasePayload{e.Owner})
	if err != nil {
		return err
	}
	return job.Put(ctx, tx, e.Programme, id.Derive([]byte(EraseJob), e.Owner[:]), w, j.now())
}

// voided notes that an entry was taken back and returns the owners of what stands under its id.
func (j *Journal) voided(ctx context.Context, tx *db.Tx, e *Entry) ([]id.ID, error) {
	if err := tx.Later(ctx, "insert into void(programme,id) values($1,$2) on conflict do nothing", e.Programme, e.Subject); err != nil {
		return nil, err
	}
	return ids(ctx, tx, "select owner from entry where programme=$1 and id=$2", e.Programme, e.Subject)
}
