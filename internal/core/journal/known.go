package journal

import (
	"context"
	"errors"
	"strconv"
	"strings"

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

// ask reads what stands under ids, many in one statement: whoever holds the head row knows that nobody
// else adds to it.
func (j *Journal) ask(ctx context.Context, q db.Queryer, h *head, wanted ...id.ID) error {
	args, marks := []any{h.programme}, make([]string, len(wanted))
	for i, v := range wanted {
		args = append(args, v)
		marks[i] = "$" + strconv.Itoa(len(args))
		h.asked[v] = true
	}
	es, err := j.read(ctx, q, "e.programme=$1 and e.id in ("+strings.Join(marks, ",")+") order by e.recorded desc,e.node desc", args...)
	for i := range es { // of a repeated id the first place speaks
		env, err := j.unseal(ctx, &es[i])
		w := saying{err: err}
		copy(w.same[:], env.Same)
		h.said[es[i].ID] = w
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
