// Package job runs what has an effect outside the database. A job is written in the transaction of
// what caused it, so neither happens without the other; it is tried until it succeeds, with back-off,
// and whoever does it must bear being run twice.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Job is something to be done.
type Job struct {
	Programme, ID id.ID
	Kind          string
	Payload       json.RawMessage
	Due           time.Time // zero: at once
	Tries         int64
	Error         string // of the last try; names no person
	Made          time.Time
}

// New makes a job of a kind; the payload names people by id only.
func New(kind string, payload any) (Job, error) {
	b, err := json.Marshal(payload)
	return Job{Kind: kind, Payload: b}, err
}

// Put writes a job in a transaction.
func Put(ctx context.Context, tx *db.Tx, programme, jid id.ID, j Job, now time.Time) error {
	due := max(now.UnixMicro(), j.Due.UnixMicro())
	const q = "insert into job(programme,id,kind,payload,due,tries,error,made) values($1,$2,$3,$4,$5,0,'',$6) on conflict do nothing"
	return tx.Later(ctx, q, programme, jid, j.Kind, []byte(j.Payload), due, now.UnixMicro())
}

// Runner does jobs, one at a time in a process; several processes share them by lease.
type Runner struct {
	DB       *db.DB
	Now      func() time.Time
	Do       map[string]func(ctx context.Context, j Job) error
	Wake     chan struct{} // capacity 1; a signal looks for work at once
	Patience time.Duration // how long the job under way may still take when Run is to end
}

const (
	lease   = 2 * time.Minute // how long a process has a job before another may take it
	marking = 5 * time.Second // how long it may take to write down what became of one
)

// errCut is what is said of a job that took longer than its process lasted.
var errCut = errors.New("the process ended before this was done")

// Run does jobs until ctx ends. The one that is then under way may finish, while Patience lasts.
func (r *Runner) Run(ctx context.Context) {
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(r.Patience, cut) })()
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		for ctx.Err() == nil && r.next(work) {
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-r.Wake:
		}
	}
}

// Drain does everything that is due, for commands and tests.
func (r *Runner) Drain(ctx context.Context) {
	for r.next(ctx) {
	}
}

// next does one job and tells whether there was one.
func (r *Runner) next(ctx context.Context) bool {
	j, err := r.take(ctx)
	if err != nil {
		if !errors.Is(err, db.ErrNoRows) && ctx.Err() == nil {
			slog.Error("jobs cannot be read", "error", err)
		}
		return false
	}
	if err := r.mark(ctx, j, r.while(ctx, j)); err != nil {
		slog.Error("a job cannot be marked", "kind", j.Kind, "error", err)
		return false
	}
	return true
}

// mark writes down what became of a job, also when the process is about to end.
func (r *Runner) mark(ctx context.Context, j Job, failed error) (err error) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), marking)
	defer done()
	if failed == nil {
		_, err = r.DB.Exec(ctx, "delete from job where programme=$1 and id=$2", j.Programme, j.ID)
		return err
	}
	tries, wait, why := afterwards(j, failed)
	_, err = r.DB.Exec(ctx, "update job set due=$3,error=$4,tries=$5 where programme=$1 and id=$2", j.Programme, j.ID, r.Now().Add(wait).UnixMicro(), why, tries)
	return err
}

// while does a job as long as ctx lasts. One that goes on after that is left to itself, and tried again.
func (r *Runner) while(ctx context.Context, j Job) error {
	done := make(chan error, 1)
	go func() { done <- r.try(ctx, j) }()
	select {
	case err := <-done:
		if err == nil || ctx.Err() == nil {
			return err
		}
	case <-ctx.Done():
	}
	slog.Warn("a job was cut since the process ends: it will be tried again", "kind", j.Kind)
	return errCut
}

// printable is an error's text as any database takes it.
func printable(err error) string {
	return strings.ToValidUTF8(strings.ReplaceAll(err.Error(), "\x00", ""), "?")
}

// take leases the job that is due longest.
func (r *Runner) take(ctx context.Context) (j Job, err error) {
	now := r.Now()
	const q = `update job set due=$2, tries=tries+1 where (programme,id) in
		(select programme,id from job where due<=$1 order by due limit 1) and due<=$1
		returning programme,id,kind,payload,tries`
	var payload []byte
	err = r.DB.Update(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, q, now.UnixMicro(), now.Add(lease).UnixMicro()).Scan(&j.Programme, &j.ID, &j.Kind, &payload, &j.Tries)
	})
	j.Payload = payload
	return j, err
}

func (r *Runner) try(ctx context.Context, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	do := r.Do[j.Kind]
	if do == nil {
		return fmt.Errorf("this version cannot do %q", j.Kind)
	}
	return do(ctx, j)
}

// Backoff is the wait after a number of tries: 2 s, 4 s, 8 s … at most 6 h.
func Backoff(tries int64) time.Duration {
	return min(time.Second<<min(tries, 20), 6*time.Hour)
}

// Again has a job tried at once; false where there is none.
func Again(ctx context.Context, d *db.DB, programme, jid id.ID, now time.Time) (bool, error) {
	res, err := d.Exec(ctx, "update job set due=$3 where programme=$1 and id=$2", programme, jid, now.UnixMicro())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// List shows what is due or failed, for the administrator, and not what is planned: the due longest first,
// at most n.
func List(ctx context.Context, q db.Queryer, programme id.ID, now time.Time, n int) ([]Job, error) {
	const text = `select id,kind,due,tries,error,made from job
		where programme=$1 and (due<=$2 or error<>'') order by due limit $3`
	rows, err := q.Query(ctx, text, programme, now.UnixMicro(), n)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	var out []Job
	for rows.Next() {
		j := Job{Programme: programme}
		var due, made int64
		if err := rows.Scan(&j.ID, &j.Kind, &due, &j.Tries, &j.Error, &made); err != nil {
			return nil, err
		}
		j.Due, j.Made = time.UnixMicro(due).UTC(), time.UnixMicro(made).UTC()
		out = append(out, j)
	}
	return out, rows.Err()
}
