package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Bounds of one transaction of the writer.
const (
	maxGroup = 200
	maxWork  = 20 * time.Millisecond
	askAhead = 50 // ids asked for in one statement
)

// pauses before each further try to learn what became of a group: about six seconds in all.
func pauses() (out []time.Duration) {
	for p := 50 * time.Millisecond; p < 4*time.Second; p *= 2 {
		out = append(out, p)
	}
	return out
}

// writer is the only one in this process that appends to a programme: it takes what waits together,
// so that one fsync serves many.
type writer struct {
	j         *Journal
	programme id.ID
	queue     chan *waiting
	quit      chan struct{}
	gone      chan struct{} // closed when nobody serves the queue any more
}

// waiting is an act on its way to the writer, with what it says and what it decides: a command.
type waiting struct {
	Act
	same   [32]byte
	decide Decision
	ctx    context.Context
	done   chan error
}

// ask queues a command and waits for its answer.
func (w *writer) ask(ctx context.Context, a Act, same [32]byte, decide Decision) error {
	mine := &waiting{a, same, decide, context.WithoutCancel(ctx), make(chan error, 1)}
	select {
	case w.queue <- mine:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-mine.done:
		return err
	case <-ctx.Done(): // it may still be written; asking again with the same id tells
		return ctx.Err()
	case <-w.gone:
	}
	select {
	case err := <-mine.done: // answered while the journal closed
		return err
	default: // queued after the last look
		return ErrClosed
	}
}

func (w *writer) run() {
	defer close(w.gone)
	for {
		select {
		case c := <-w.queue:
			w.serve(w.fill(c))
		case <-w.quit:
			w.drain()
			return
		}
	}
}

// drain serves what was waiting when the journal closed.
func (w *writer) drain() {
	for {
		select {
		case c := <-w.queue:
			w.serve(w.fill(c))
		default:
			return
		}
	}
}

func (w *writer) fill(first *waiting) []*waiting {
	group := []*waiting{first}
	for len(group) < maxGroup {
		select {
		case c := <-w.queue:
			group = append(group, c)
		default:
			return group
		}
	}
	return group
}

// serve answers every command of a group, in as many transactions as its time asks for.
func (w *writer) serve(group []*waiting) {
	for len(group) > 0 {
		answers, err := w.settled(group)
		if err != nil && len(group) > 1 { // one of them is poison: each alone
			for _, c := range group {
				w.serve([]*waiting{c})
			}
			return
		}
		if err != nil { // with its own error before what followed from it
			answers = []error{errors.Join(append(answers, err)...)}
		}
		for i, a := range answers {
			group[i].done <- a
		}
		group = group[len(answers):]
	}
}

// settled is together, again where the answer of COMMIT was lost: what was kept then is known by its ids
// and left as it is. A group whose fate nobody tells in time is answered with that.
func (w *writer) settled(group []*waiting) (answers []error, err error) {
	answers, err = w.together(group)
	if !errors.Is(err, db.ErrUnknown) {
		return answers, err
	}
	group = group[:max(len(answers), 1)]
	for _, pause := range w.j.pauses {
		time.Sleep(pause)
		if answers, again := w.together(group); again == nil {
			return answers, nil
		}
	}
	return slices.Repeat([]error{err}, len(group)), nil
}

// together runs the first commands of a group in one transaction, when it is the writer's turn, and returns their answers.
func (w *writer) together(group []*waiting) (answers []error, err error) {
	w.j.Turns.Do(w.j.now(), func() { answers, err = w.transact(group) })
	return answers, err
}

func (w *writer) transact(group []*waiting) (answers []error, err error) {
	var all []*placing
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic while writing: %v", p)
		}
		for _, p := range all {
			answers = append(answers, p.answer)
		}
	}()
	began := time.Now()
	err = w.j.locked(context.Background(), w.programme, func(tx *db.Tx, h *head) error {
		b := &batch{j: w.j, tx: tx, h: h, ids: map[id.ID]bool{}}
		for i, c := range group {
			if i%askAhead == 0 {
				if err := b.ask(c.ctx, commandIDs(group[i:min(i+askAhead, len(group))])...); err != nil {
					return err
				}
			}
			p := &placing{waiting: c}
			if err := b.take(p); err != nil {
				return err
			}
			if all = append(all, p); time.Since(began) > w.j.work {
				break
			}
		}
		return b.place()
	})
	return answers, err
}

func commandIDs(group []*waiting) []id.ID {
	out := make([]id.ID, len(group))
	for i, c := range group {
		out[i] = c.ID
	}
	return out
}

// head is a programme's row of the same name, held for the length of a transaction.
type head struct {
	programme, node id.ID
	seq, stamp      int64
	said            map[id.ID]saying // what stands under the ids asked for so far
	asked           map[id.ID]bool
	written         int64 // entries so far
}

// locked runs f holding the programme's head row: nobody else reads-then-writes this programme.
func (j *Journal) locked(ctx context.Context, programme id.ID, f func(*db.Tx, *head) error) error {
	var h *head
	err := j.db.Update(ctx, func(tx *db.Tx) error {
		h = &head{programme: programme, said: map[id.ID]saying{}, asked: map[id.ID]bool{}}
		const lock = `update head set stamp=case when stamp<$2 then $2 else stamp end
			where programme=$1 and version=$3 returning node,seq,stamp`
		err := tx.QueryRow(ctx, lock, programme, j.now().UnixMicro(), j.version).Scan(&h.node, &h.seq, &h.stamp)
		if errors.Is(err, db.ErrNoRows) {
			return j.whyNoHead(ctx, tx, programme)
		}
		if err != nil {
			return err
		}
		if err := f(tx, h); err != nil {
			return err
		}
		return tx.Later(ctx, "update head set node=$2,seq=$3,stamp=$4 where programme=$1", programme, h.node, h.seq, h.stamp)
	})
	if err == nil {
		j.grew(ctx, h.written)
	}
	return err
}

func (j *Journal) whyNoHead(ctx context.Context, q db.Queryer, programme id.ID) error {
	var n int
	if err := q.QueryRow(ctx, "select count(*) from head where programme=$1", programme).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return ErrProgramme
	}
	return ErrVersion
}
