package journal

import (
	"context"
	"strconv"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// insert writes entries, many in one statement.
func insert(ctx context.Context, tx *db.Tx, entries []Entry) error {
	for part := range db.Portions(entries) {
		args := make([]any, 0, 13*len(part))
		for i := range part {
			args = append(args, part[i].values()...)
		}
		if err := tx.Later(ctx, insertText(len(part)), args...); err != nil {
			return err
		}
	}
	return nil
}

func (e *Entry) values() []any {
	return []any{e.Programme, e.Node, e.Seq, e.ID, e.Kind, e.Owner, e.Subject, e.At, e.Recorded, e.Arrived, e.Author, e.Payload, e.Digest}
}

func insertText(n int) string {
	var b strings.Builder
	b.WriteString("insert into entry(programme,node,seq,id,kind,owner,subject,at,recorded,arrived,author,payload,digest) values ")
	for i := range n * 13 {
		b.WriteString([]string{"($", ",$"}[min(i%13, 1)])
		b.WriteString(strconv.Itoa(i + 1))
		if i%13 == 12 {
			b.WriteString([]string{"),", ")"}[(i+1)/(n*13)])
		}
	}
	return b.String()
}

// project applies entries that come last in their owners' stories and refolds the owners whose past
// they change.
func (j *Journal) project(ctx context.Context, tx *db.Tx, h *head, entries []Entry, st state) error {
	stale, err := j.touched(ctx, tx, entries)
	if err != nil {
		return err
	}
	k, err := kindred(ctx, tx, h.programme, stale)
	if err != nil {
		return err
	}
	rows := map[id.ID]*view.Rows{}
	var order []*view.Rows
	for i := range entries {
		e := st.kin.as(entries[i])
		if stale[entries[i].Owner] || st.voided[e.ID] {
			continue
		}
		r := rows[e.Owner]
		if r == nil {
			r = st.rows(ctx, tx, h.programme, e.Owner)
			rows[e.Owner], order = r, append(order, r)
		}
		if err := j.all.apply(r, e); err != nil {
			return err
		}
	}
	if err := view.Flush(ctx, tx, order...); err != nil {
		return err
	}
	return j.refoldAll(ctx, tx, h.programme, k, stale)
}
