package learning

import (
	"context"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
)

// Work is one screen done elsewhere, with the id and time that it was given there.
type Work struct {
	ID      id.ID
	Learner Learner
	Module  ModuleRow
	At      int64 // µs
	Said    Answered
}

// Bring records work done elsewhere, in one act without an author of its own: each piece once, whatever was sent before. Pieces
// of one learner are in order.
func (s *Service) Bring(ctx context.Context, a journal.Act, works []Work) error {
	ids := make([]id.ID, len(works))
	for i, w := range works {
		ids[i] = w.ID
	}
	a.Author = id.ID{}
	return s.J.Do(ctx, a, journal.Same(ids), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		b := bringing{q: q, programme: a.Programme, runs: map[[2]id.ID]*running{}}
		for _, w := range works {
			if err := b.take(ctx, w); err != nil {
				return nil, nil, err
			}
		}
		return b.drafts, nil, nil
	})
}

// bringing follows each learner's modules while their work is read.
type bringing struct {
	q         db.Queryer
	programme id.ID
	runs      map[[2]id.ID]*running
	drafts    []journal.Draft
}

type running struct {
	done     map[string]bool
	finished bool
}

func (b *bringing) take(ctx context.Context, w Work) error {
	d := w.Learner.draft(KindAnswered.Draft(w.Learner.ID, w.Module.Owner, w.Said))
	d.ID, d.Same, d.At, d.Author = w.ID, journal.Same(w.Said), w.At, w.Learner.author()
	b.drafts = append(b.drafts, d)
	if !w.Said.Right {
		return nil
	}
	r, err := b.run(ctx, w)
	if err != nil {
		return err
	}
	if !r.finished && finishes(r.done, w.Said) {
		r.finished = true
		f := w.Learner.draft(KindFinished.Draft(w.Learner.ID, w.Module.Owner, Finished{
			Number: w.Said.Number, Language: w.Said.Language, Country: w.Said.Country, Audience: w.Module.Audience,
		}))
		f.ID, f.Same, f.At, f.Author = id.Derive(w.ID[:], []byte("finished")), journal.Same(w.Said), w.At, w.Learner.author()
		b.drafts = append(b.drafts, f)
	}
	r.done[w.Said.Screen] = true
	return nil
}

func (b *bringing) run(ctx context.Context, w Work) (*running, error) {
	key := [2]id.ID{w.Learner.ID, w.Module.Owner}
	if r := b.runs[key]; r != nil {
		return r, nil
	}
	run, err := runOf(ctx, b.q, b.programme, w.Learner.ID, w.Module.Owner)
	if err != nil {
		return nil, err
	}
	done, err := doneScreens(ctx, b.q, b.programme, w.Learner.ID, w.Module.Owner)
	r := &running{done, run.FinishedAt > 0}
	b.runs[key] = r
	return r, err
}
