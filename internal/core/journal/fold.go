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

// fold is the definition of a view; everything else is a short cut to it: the entries of all who are one
// person by (recorded, node, seq), each id once at its first place, without voided ones and those of the erased;
// nothing for whoever was joined into somebody else, or if their root was erased. It returns the tables that any
// of them, voided ones too, can have touched.
func (j *Journal) fold(ctx context.Context, q db.Queryer, f *folder, k kin, programme, owner id.ID) (*view.Rows, []*view.Table, error) {
	r := view.Empty(ctx, programme, owner)
	if k.root(owner) != owner {
		return r, f.allTables(), nil
	}
	t, err := j.story(ctx, q, programme, k.one(owner))
	if err != nil {
		return nil, nil, err
	}
	for e := range t.standing() {
		if f.byKind[e.Kind] == nil {
			continue
		}
		if err := j.open(ctx, e); err != nil {
			return nil, nil, err
		}
		if err := f.apply(r, k.as(*e)); err != nil {
			return nil, nil, err
		}
	}
	if k.named[owner] {
		return r, f.allTables(), nil
	}
	return r, f.touched(t), nil
}

// touched are the tables that the entries of a story can have touched.
func (f *folder) touched(t story) (tables []*view.Table) {
	kinds := map[string]bool{}
	for i := range t.entries {
		if kinds[t.entries[i].Kind] {
			continue
		}
		kinds[t.entries[i].Kind] = true
		for _, w := range f.tables[t.entries[i].Kind] {
			if !slices.Contains(tables, w) {
				tables = append(tables, w)
			}
		}
	}
	return tables
}

// refold makes an owner's rows again from its whole story.
func (j *Journal) refold(ctx context.Context, tx *db.Tx, f *folder, k kin, programme, owner id.ID) error {
	folded, tables, err := j.fold(ctx, tx, f, k, programme, owner)
	if err != nil {
		return err
	}
	live := view.Load(ctx, tx, programme, owner)
	live.Become(folded, tables)
	return view.Flush(ctx, tx, live)
}

func (j *Journal) refoldAll(ctx context.Context, tx *db.Tx, programme id.ID, k kin, owners map[id.ID]bool) error {
	for o := range owners {
		if err := j.refold(ctx, tx, j.all, k, programme, o); err != nil {
			return err
		}
	}
	return nil
}

// touched notes voids, erasures and joinings and returns the owners whose past they change.
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
		case Joined.Name:
			owners, err = []id.ID{e.Owner}, joined(ctx, tx, e)
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

// joined notes that two owners are one person.
func joined(ctx context.Context, tx *db.Tx, e *Entry) error {
	return tx.Later(ctx, "insert into joined(programme,id,owner,subject) values($1,$2,$3,$4) on conflict do nothing", e.Programme, e.ID, e.Owner, e.Subject)
}
