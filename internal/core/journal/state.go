package journal

import (
	"context"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// state is what the database knows of owners and ids before more is written.
type state struct {
	newest map[id.ID]int64
	known  map[id.ID]bool // owners whose story has begun: the others have no rows to read
	ended  map[id.ID]bool // owners who were erased
	voided map[id.ID]bool // entries that were taken back before they came
}

func (b *batch) states(ctx context.Context) (state, error) {
	st := state{newest: map[id.ID]int64{}, known: map[id.ID]bool{}, ended: map[id.ID]bool{}, voided: map[id.ID]bool{}}
	var drafts []Draft
	for _, p := range b.pending {
		drafts = append(drafts, p.drafts...)
	}
	for some := range db.Portions(drafts) {
		if err := st.read(ctx, b, some); err != nil {
			return st, err
		}
	}
	return st, nil
}

func (st *state) read(ctx context.Context, b *batch, drafts []Draft) error {
	args := db.Args{b.h.programme}
	rows, err := b.tx.Query(ctx, stateText(&args, drafts), args...)
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
		case 0:
			st.newest[v], st.known[v] = newest, true
		case 1:
			st.ended[v] = true
		default:
			st.voided[v] = true
		}
	}
	return rows.Err()
}

// stateText asks for each owner's newest entry by itself: grouping would read their whole stories. An owner of
// several drafts stands there several times, so that few texts are prepared.
func stateText(args *db.Args, drafts []Draft) string {
	var newest strings.Builder
	owners, said := make([]string, len(drafts)), make([]string, len(drafts))
	for i, d := range drafts {
		owners[i], said[i] = args.Add(d.Owner), args.Add(d.ID)
		newest.WriteString(" union all select * from (select 0,owner,recorded from entry where programme=$1 and owner=" + owners[i] +
			" order by recorded desc limit 1) o")
	}
	return "select 1,owner,0 from erased where programme=$1 and owner in (" + strings.Join(owners, ",") + ")" + newest.String() +
		" union all select 2,id,0 from void where programme=$1 and id in (" + strings.Join(said, ",") + ")"
}

// allows tells whether the stories of all drafts go on.
func (st *state) allows(drafts []Draft) bool {
	for _, d := range drafts {
		if st.ended[d.Owner] {
			return false
		}
	}
	return true
}

// rows gives an owner's rows to fold on: there is nothing to read where no story has begun.
func (st *state) rows(ctx context.Context, tx *db.Tx, programme, owner id.ID) *view.Rows {
	if !st.known[owner] {
		return view.Empty(ctx, programme, owner)
	}
	return view.Load(ctx, tx, programme, owner)
}
