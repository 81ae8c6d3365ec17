package journal

import (
	"context"
	"maps"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// state is what the database knows of owners and ids before more is written.
type state struct {
	kin    kin
	joined []id.ID         // owners whom a joining names
	newest map[id.ID]int64 // by root: of all who are one
	known  map[id.ID]bool  // roots whose story has begun: the others have no rows to read
	ended  map[id.ID]bool  // owners who were erased
	voided map[id.ID]bool  // entries that were taken back before they came
}

// What a row of stateText says.
const (
	isNewest = iota
	isErased
	isVoided
	isJoined
)

func (b *batch) states(ctx context.Context) (state, error) {
	st := state{newest: map[id.ID]int64{}, known: map[id.ID]bool{}, ended: map[id.ID]bool{}, voided: map[id.ID]bool{}}
	var drafts []Draft
	for _, p := range b.pending {
		drafts = append(drafts, p.drafts...)
	}
	for some := range db.Portions(drafts) {
		owners, said := make([]id.ID, len(some)), make([]id.ID, len(some))
		for i, d := range some {
			owners[i], said[i] = d.Owner, d.ID
		}
		if err := st.read(ctx, b, owners, said); err != nil {
			return st, err
		}
	}
	return st, st.gather(ctx, b)
}

func (st *state) read(ctx context.Context, b *batch, owners, said []id.ID) error {
	args := db.Args{b.h.programme}
	rows, err := b.tx.Query(ctx, stateText(&args, owners, said), args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var what, newest int64
		var v id.ID
		if err := rows.Scan(&what, &v, &newest); err != nil {
			return err
		}
		switch what {
		case isNewest:
			st.newest[v], st.known[v] = newest, true
		case isErased:
			st.ended[v] = true
		case isVoided:
			st.voided[v] = true
		default:
			st.joined = append(st.joined, v)
		}
	}
	return rows.Err()
}

// stateText asks for each owner's newest entry by itself: grouping would read their whole stories. An owner of
// several drafts stands there several times, so that few texts are prepared.
func stateText(args *db.Args, owners, said []id.ID) string {
	var newest strings.Builder
	each := make([]string, len(owners))
	for i, o := range owners {
		each[i] = args.Add(o)
		newest.WriteString(" union all select * from (select 0,owner,recorded from entry where programme=$1 and owner=" + each[i] +
			" order by recorded desc limit 1) o")
	}
	some := "(" + strings.Join(each, ",") + ")"
	return "select 1,owner,0 from erased where programme=$1 and owner in " + some + newest.String() +
		" union all select 2,id,0 from void where programme=$1 and id in (" + db.List(args, said) + ")" +
		" union all select 3,owner,0 from joined where programme=$1 and owner in " + some +
		" union all select 3,subject,0 from joined where programme=$1 and subject in " + some
}

// gather finds out who else is one with those who write: a story goes on behind the newest entry of all of them.
func (st *state) gather(ctx context.Context, b *batch) (err error) {
	if len(st.joined) == 0 {
		return nil
	}
	if st.kin, err = kinOf(ctx, b.tx, b.h.programme, st.joined); err != nil {
		return err
	}
	all := slices.Collect(maps.Keys(st.kin.named))
	for some := range db.Portions(all) {
		if err := st.read(ctx, b, some, some); err != nil {
			return err
		}
	}
	for _, o := range all {
		root := st.kin.root(o)
		st.newest[root] = max(st.newest[root], st.newest[o])
		st.known[root] = true
	}
	return nil
}

// next is where the next entry stands in a story: a local one is always its owner's last.
func (st *state) next(owner id.ID, stamp int64) int64 {
	root := st.kin.root(owner)
	st.newest[root] = max(stamp, st.newest[root]+1)
	return st.newest[root]
}

// allows tells whether the stories of all drafts go on. Whoever is one with somebody erased says nothing more, and can
// still be erased too.
func (st *state) allows(drafts []Draft) bool {
	return !slices.ContainsFunc(drafts, func(d Draft) bool {
		return st.ended[d.Owner] || st.ended[st.kin.root(d.Owner)] && d.Kind != Erased.Name
	})
}

// rows gives the rows of a root to fold on: there is nothing to read where no story has begun.
func (st *state) rows(ctx context.Context, tx *db.Tx, programme, root id.ID) *view.Rows {
	if !st.known[root] {
		return view.Empty(ctx, programme, root)
	}
	return view.Load(ctx, tx, programme, root)
}
