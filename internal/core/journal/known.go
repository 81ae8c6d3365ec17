package journal

import (
	"context"
	"errors"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// saying is what stands under an id: its fingerprint, or why that cannot be read.
type saying struct {
	same [32]byte // zero where none was given
	err  error
}

func commandIDs(group []*waiting) []id.ID {
	out := make([]id.ID, len(group))
	for i, c := range group {
		out[i] = c.ID
	}
	return out
}

// ask finds out which ids are said already, many in one statement: whoever holds the head row knows that
// nobody else adds to them.
func (j *Journal) ask(ctx context.Context, q db.Queryer, h *head, wanted ...id.ID) error {
	args, named := db.Args{h.programme}, make([]id.ID, asked(len(wanted)))
	for i := range named {
		named[i] = wanted[min(i, len(wanted)-1)]
		h.asked[named[i]] = true
	}
	found, err := ids(ctx, q, "select distinct id from entry where programme=$1 and id in ("+db.List(&args, named)+")", args...)
	for _, v := range found {
		if err := j.recall(ctx, q, h, v); err != nil {
			return err
		}
	}
	return err
}

// asked rounds a number of ids up, so that few texts are prepared.
func asked(n int) int {
	for _, size := range []int{1, 10} {
		if n <= size {
			return size
		}
	}
	return max(n, askAhead)
}

// recall reads what stands under an id; where it is repeated, the first place speaks.
func (j *Journal) recall(ctx context.Context, q db.Queryer, h *head, v id.ID) error {
	es, err := j.read(ctx, q, "e.programme=$1 and e.id=$2 order by e.recorded,e.node limit 1", h.programme, v)
	for i := range es {
		env, err := j.unseal(ctx, &es[i])
		w := saying{err: err}
		copy(w.same[:], env.Same)
		h.said[v] = w
	}
	return err
}

// known tells whether an id was written before; the answer refuses it where it said something else.
func (j *Journal) known(ctx context.Context, q db.Queryer, h *head, v id.ID, same [32]byte) (known bool, answer, err error) {
	if w, ok := h.said[v]; ok || h.asked[v] {
		return w.answers(ok, same)
	}
	if err := j.ask(ctx, q, h, v); err != nil {
		return false, nil, err
	}
	w, ok := h.said[v]
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
