package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning"
	"tremplin/internal/records"
)

// jobs are what can be done outside a transaction.
func (a *App) jobs() *job.Runner {
	return &job.Runner{DB: a.DB, Now: a.Config.Now, Wake: make(chan struct{}, 1), Do: map[string]func(context.Context, job.Job) error{
		journal.EraseJob: a.erase,
		tidyJob:          a.tidy,
		learning.FilmJob: a.Learning.MakeSmaller,

		records.ForwardJob: a.Records.Forward,
	}}
}

func (a *App) erase(ctx context.Context, j job.Job) error {
	var p journal.ErasePayload
	if err := json.Unmarshal(j.Payload, &p); err != nil {
		return err
	}
	return a.Journal.Erase(ctx, j.Programme, p.Owner)
}

// tidyJob deletes, every night, what was begun and left. It belongs to no programme: drafts and sessions of
// all are looked through.
const tidyJob = "house.tidy"

func (a *App) tidy(ctx context.Context, _ job.Job) error {
	now := a.Config.Now()
	return errors.Join(a.People.Tidy(ctx, now), a.Tutoring.Tidy(ctx, now), a.Identity.Tidy(ctx, now), a.Records.Tidy(ctx), a.PlanTidy(ctx, now.AddDate(0, 0, 1)))
}

// PlanTidy has a day tidied, in its third hour; however often it is planned, that is done by one process.
func (a *App) PlanTidy(ctx context.Context, day time.Time) error {
	day = day.UTC().Truncate(24 * time.Hour)
	j := job.Job{Kind: tidyJob, Payload: []byte("{}"), Due: day.Add(3 * time.Hour)}
	return a.DB.Update(ctx, func(tx *db.Tx) error {
		return job.Put(ctx, tx, id.ID{}, id.Named(tidyJob, day.Format(time.DateOnly)), j, a.Config.Now())
	})
}
