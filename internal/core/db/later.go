package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// batch holds writes that PostgreSQL takes together: each statement by itself costs a journey there and back.
type batch struct {
	conn   *sql.Conn
	queued *pgx.Batch
	failed error // of a write that was put off: the transaction is lost
}

// Later writes before the transaction's next statement, or its end. An error may be that statement's;
// the transaction then fails as a whole.
func (t *Tx) Later(ctx context.Context, q string, args ...any) error {
	if t.late == nil {
		_, err := t.Exec(ctx, q, args...)
		return err
	}
	count(ctx)
	plain := make([]any, len(args))
	for i, a := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return err
		}
		plain[i] = v
	}
	t.late.queued.Queue(q, plain...)
	return nil
}

// send makes the journey.
func (t *Tx) send(ctx context.Context) error {
	if t.late == nil || t.late.failed != nil || t.late.queued.Len() == 0 {
		return t.late.err()
	}
	b := t.late.queued
	t.late.queued = &pgx.Batch{}
	t.late.failed = t.late.conn.Raw(func(c any) error {
		return c.(*stdlib.Conn).Conn().SendBatch(ctx, b).Close()
	})
	return t.late.failed
}

func (b *batch) err() error {
	if b == nil {
		return nil
	}
	return b.failed
}

func (d *DB) updatePostgreSQL(ctx context.Context, f func(*Tx) error) error {
	c, err := d.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close() //nolint:errcheck // back to the pool
	t, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // after a commit this does nothing
	tx := &Tx{on: t, late: &batch{conn: c, queued: &pgx.Batch{}}}
	if err := f(tx); err != nil {
		return errors.Join(tx.late.failed, err)
	}
	if err := tx.send(ctx); err != nil {
		return err
	}
	return commit(t)
}
