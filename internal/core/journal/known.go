package journal

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// saying is what stands under an id: its fingerprint, or why that cannot be read.
type saying struct {
	same [32]byte // zero where none was given
	err  error
}

// ask finds out which ids are said already, many in one statement: whoever holds the head row knows that
// nobody else adds to them. Each is asked for by itself: a list of them would make PostgreSQL read the whole
// programme as long as it takes that for short.
func (b *batch) ask(ctx context.Context, wanted ...id.ID) error {
	wanted = slices.DeleteFunc(wanted, func(v id.ID) bool { return b.h.asked[v] })
	for some := range db.Portions(wanted) {
		args, each := db.Args{b.h.programme}, make([]string, len(some))
		for i, v := range some {
			b.h.asked[v] = true
			each[i] = "select * from (select id from entry where programme=$1 and id=" + args.Add(v) + " limit 1) e"
		}
		found, err := ids(ctx, b.tx, strings.Join(each, " union "), args...)
		if err != nil {
			return err
		}
		for _, v := range found {
			if err := b.recall(ctx, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// recall reads what stands under an id; where it is repeated, the first place speaks.
func (b *batch) recall(ctx context.Context, v id.ID) error {
	es, err := b.j.read(ctx, b.tx, "e.programme=$1 and e.id=$2 order by e.recorded,e.node limit 1", b.h.programme, v)
	for i := range es {
		env, err := b.j.unseal(ctx, &es[i])
		w := saying{err: err}
		copy(w.same[:], env.Same)
		b.h.said[v] = w
	}
	return err
}

// known tells whether an id was written before; the answer refuses it where it said something else.
func (b *batch) known(ctx context.Context, v id.ID, same [32]byte) (known bool, answer, err error) {
	if b.ids[v] { // on its way: its story may have ended
		if err := b.place(); err != nil {
			return false, nil, err
		}
	}
	if w, ok := b.h.said[v]; ok || b.h.asked[v] {
		return w.answers(ok, same)
	}
	if err := b.ask(ctx, v); err != nil {
		return false, nil, err
	}
	w, ok := b.h.said[v]
	return w.answers(ok, same)
}

func (w saying) answers(known bool, same [32]byte) (bool, error, error) {
	switch {
	case !known:
		return false, nil, nil
	case errors.Is(w.err, ErrErased):
		return true, ErrErased, nil
	case w.err == nil && w.same != same:
		return true, ErrConflict, nil
	}
	return true, nil, w.err
}
