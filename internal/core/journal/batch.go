package journal

import (
	"context"
	"database/sql"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
)

// batch is what was decided in a transaction and is not placed yet. Placed together, many commands cost
// hardly more statements than one. Whoever reads through it sees all of it placed first, so that a decision
// finds the programme as its command finds it.
type batch struct {
	j       *Journal
	tx      *db.Tx
	h       *head
	pending []*placing
	ids     map[id.ID]bool // that pending brings
	err     error          // of placing: the transaction is lost
}

// placing is a command on its way into the log.
type placing struct {
	*waiting
	drafts []Draft
	jobs   []job.Job
	answer error
}

// take decides a command: its own answer stands in p, err where the transaction is lost.
func (b *batch) take(p *placing) error {
	known, answer, err := b.known(p.ctx, p.ID, p.same)
	if p.answer = answer; known || answer != nil || err != nil {
		return err
	}
	p.drafts, p.jobs, p.answer = p.decide(p.ctx, b)
	if p.answer != nil { // a decision writes nothing: its neighbours go on
		return b.err
	}
	if err := b.fresh(p); err != nil || p.answer != nil {
		return err
	}
	b.pending = append(b.pending, p)
	if slices.ContainsFunc(p.drafts, func(d Draft) bool { return d.AtOnce || d.Kind == Erased.Name }) { // of the erased nobody may say more
		return b.place()
	}
	return nil
}

// fresh gives ids to drafts and leaves out those that bring an id which is known already. The first
// that brings none carries the command's fingerprint.
func (b *batch) fresh(p *placing) error {
	if err := b.ask(p.ctx, brought(p.drafts)...); err != nil {
		return err
	}
	said, same, out := map[id.ID][32]byte{}, p.same, []Draft(nil)
	for i, d := range p.drafts {
		ask := !p.drafts[0].ID.IsZero() // else the command's own id, asked for already, speaks for all
		if d.ID.IsZero() {
			d.ID, d.Same, same = nth(p.ID, i), same, [32]byte{}
		} else {
			ask = true
		}
		before, known := said[d.ID]
		said[d.ID] = d.Same
		switch {
		case known && before != d.Same:
			p.answer = ErrConflict
			return nil
		case ask && !known:
			var err error
			if known, p.answer, err = b.known(p.ctx, d.ID, d.Same); p.answer != nil || err != nil {
				return err
			}
		}
		if !known {
			out = append(out, d)
		}
	}
	for _, d := range out {
		b.ids[d.ID] = true
	}
	p.drafts = out
	return nil
}

// brought are the ids that drafts have of their own.
func brought(drafts []Draft) (out []id.ID) {
	for _, d := range drafts {
		if !d.ID.IsZero() {
			out = append(out, d.ID)
		}
	}
	return out
}

// place gives what is pending its place at the end of the log and brings the views up to date.
func (b *batch) place() error {
	if b.err != nil || len(b.pending) == 0 {
		return b.err
	}
	b.err = b.placeAll(b.pending[0].ctx)
	b.pending, b.ids = nil, map[id.ID]bool{}
	return b.err
}

func (b *batch) placeAll(ctx context.Context) error {
	st, err := b.states(ctx)
	if err != nil {
		return err
	}
	entries, err := b.seal(ctx, st)
	if err != nil {
		return err
	}
	if err := insert(ctx, b.tx, entries); err != nil {
		return err
	}
	if err := b.j.project(ctx, b.tx, b.h, entries, st); err != nil {
		return err
	}
	b.h.written += int64(len(entries))
	return b.putJobs(ctx)
}

func (b *batch) putJobs(ctx context.Context) error {
	for _, p := range b.pending {
		for i, w := range p.jobs {
			if err := job.Put(ctx, b.tx, b.h.programme, nth(p.ID, 1<<20+i), w, b.j.now()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Standing gives a decision what is placed already, without what others have decided a moment ago and what waits to be placed
// with this: for a question that only drafts can answer which are placed AtOnce. To read all of it keeps others waiting.
func Standing(q db.Queryer) db.Queryer {
	if b, ok := q.(*batch); ok {
		return b.tx
	}
	return q
}

// Query reads for a decision.
func (b *batch) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	if err := b.place(); err != nil {
		return nil, err
	}
	return b.tx.Query(ctx, q, args...)
}

// QueryRow reads one row for a decision. A row cannot carry the error of placing; take returns it.
func (b *batch) QueryRow(ctx context.Context, q string, args ...any) *sql.Row {
	_ = b.place()
	return b.tx.QueryRow(ctx, q, args...)
}
