package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// ErrFork is returned where two databases have written different entries under one node and number.
// That node must stop: its log is not one log any more.
var ErrFork = errors.New("two different entries stand at one place of one node")

// ErrAltered is returned for an entry whose digest does not fit what it says.
var ErrAltered = errors.New("an entry was altered on its way")

// ErrGap is returned where entries of a node are missing before those received.
var ErrGap = errors.New("entries are missing before these")

// Vector is what a database has, by node: its last number.
type Vector map[id.ID]int64

// Vector reads what this database has of a programme.
func (j *Journal) Vector(ctx context.Context, programme id.ID) (Vector, error) {
	rows, err := j.db.Query(ctx, "select node,max(seq) from entry where programme=$1 group by node", programme)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	v := Vector{}
	for rows.Next() {
		var n id.ID
		var seq int64
		if err := rows.Scan(&n, &seq); err != nil {
			return nil, err
		}
		v[n] = seq
	}
	return v, rows.Err()
}

// Since reads what a peer with vector v lacks, at most limit entries of each node, each node's in order.
func (j *Journal) Since(ctx context.Context, programme id.ID, v Vector, limit int) ([]Entry, error) {
	mine, err := j.Vector(ctx, programme)
	if err != nil {
		return nil, err
	}
	var out []Entry
	for n := range mine {
		es, err := j.read(ctx, j.db, "e.programme=$1 and e.node=$2 and e.seq>$3 order by e.seq limit $4", programme, n, v[n], limit)
		if err != nil {
			return nil, err
		}
		out = append(out, es...)
	}
	return out, nil
}

// Receive stores a peer's entries, each node's in order; repeats are left out. All are stored before
// any is folded, so that the order of arrival cannot matter.
func (j *Journal) Receive(ctx context.Context, programme id.ID, es []Entry) error {
	return j.locked(ctx, programme, func(tx *db.Tx, h *head) error {
		r := receiver{j: j, ctx: ctx, tx: tx, h: h, next: map[id.ID]int64{}, newest: map[id.ID]int64{}, late: map[id.ID]bool{}}
		for i := range es {
			if err := r.take(es[i]); err != nil {
				return err
			}
		}
		if err := insert(ctx, tx, r.stored); err != nil {
			return err
		}
		h.written = int64(len(r.stored))
		return r.fold()
	})
}

type receiver struct {
	j      *Journal
	ctx    context.Context
	tx     *db.Tx
	h      *head
	next   map[id.ID]int64 // by node: the number expected
	newest map[id.ID]int64 // by owner
	late   map[id.ID]bool  // owners whose past changes
	ids    map[id.ID]bool
	stored []Entry
}

func (r *receiver) take(e Entry) error {
	if e.Node == r.h.node && e.Seq > r.h.seq {
		r.h.node, r.h.seq = id.New(), 0 // a peer has more of my own node than I: I am a copy
	}
	if err := r.expect(e.Node); err != nil {
		return err
	}
	switch {
	case e.Programme != r.h.programme:
		return ErrProgramme
	case e.Seq < r.next[e.Node]:
		return r.same(e)
	case e.Seq > r.next[e.Node]:
		return fmt.Errorf("%w: node %s, %d instead of %d", ErrGap, e.Node, e.Seq, r.next[e.Node])
	case !bytes.Equal(e.digest(), e.Digest):
		return fmt.Errorf("%w: node %s, %d", ErrAltered, e.Node, e.Seq)
	}
	r.next[e.Node]++
	if err := r.order(&e); err != nil {
		return err
	}
	r.h.stamp++
	e.Arrived = r.h.stamp
	r.stored = append(r.stored, e)
	return nil
}

func (r *receiver) expect(node id.ID) error {
	if r.next[node] > 0 {
		return nil
	}
	var last int64
	err := r.tx.QueryRow(r.ctx, "select coalesce(max(seq),0) from entry where programme=$1 and node=$2", r.h.programme, node).Scan(&last)
	r.next[node] = last + 1
	return err
}

// same refuses a repeat that is not the entry stored.
func (r *receiver) same(e Entry) error {
	for _, s := range r.stored {
		if s.Node == e.Node && s.Seq == e.Seq {
			return forked(s.Digest, e)
		}
	}
	var d []byte
	err := r.tx.QueryRow(r.ctx, "select digest from entry where programme=$1 and node=$2 and seq=$3", r.h.programme, e.Node, e.Seq).Scan(&d)
	if err != nil {
		return err
	}
	return forked(d, e)
}

func forked(stored []byte, e Entry) error {
	if !bytes.Equal(stored, e.Digest) {
		return fmt.Errorf("%w: node %s, %d", ErrFork, e.Node, e.Seq)
	}
	return nil
}

// order notes whether an entry comes last in its owner's story; if not, the owner is refolded.
func (r *receiver) order(e *Entry) error {
	if _, ok := r.newest[e.Owner]; !ok {
		var last int64
		if err := r.tx.QueryRow(r.ctx, "select coalesce(max(recorded),-1) from entry where programme=$1 and owner=$2", r.h.programme, e.Owner).Scan(&last); err != nil {
			return err
		}
		r.newest[e.Owner] = last
	}
	var known int
	const q = `select (select count(*) from entry where programme=$1 and id=$2)+(select count(*) from void where programme=$1 and id=$2)
		+(select count(*) from erased where programme=$1 and owner=$3)+(select count(*) from joined where programme=$1 and (owner=$3 or subject=$3))`
	if err := r.tx.QueryRow(r.ctx, q, r.h.programme, e.ID, e.Owner).Scan(&known); err != nil {
		return err
	}
	if known > 0 || r.has(e.ID) || e.Recorded <= r.newest[e.Owner] {
		r.late[e.Owner] = true
	}
	r.newest[e.Owner] = max(r.newest[e.Owner], e.Recorded)
	return nil
}

func (r *receiver) has(v id.ID) bool {
	if r.ids == nil {
		r.ids = map[id.ID]bool{}
	}
	was := r.ids[v]
	r.ids[v] = true
	return was
}

// fold brings each touched owner up to date once: refolded where its past changed, else applied.
func (r *receiver) fold() error {
	stale, err := r.j.touched(r.ctx, r.tx, r.stored)
	if err != nil {
		return err
	}
	for o := range r.late {
		stale[o] = true
	}
	k, err := kindred(r.ctx, r.tx, r.h.programme, stale)
	if err != nil {
		return err
	}
	rows := map[id.ID]*view.Rows{}
	for i := range r.stored {
		e := &r.stored[i]
		if stale[e.Owner] || r.j.all.byKind[e.Kind] == nil {
			continue
		}
		if rows[e.Owner] == nil {
			rows[e.Owner] = view.Load(r.ctx, r.tx, r.h.programme, e.Owner)
		}
		if err := r.j.open(r.ctx, e); err != nil {
			return err
		}
		if err := r.j.all.apply(rows[e.Owner], e); err != nil {
			return err
		}
	}
	if err := view.Flush(r.ctx, r.tx, slices.Collect(maps.Values(rows))...); err != nil {
		return err
	}
	return r.j.refoldAll(r.ctx, r.tx, r.h.programme, k, stale)
}
