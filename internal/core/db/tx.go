package db

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// Tx is a writing transaction: READ COMMITTED on PostgreSQL, IMMEDIATE on SQLite.
type Tx struct {
	on   executor
	kept *statements
	late *batch // nil where nothing is gained by writing later
}

type executor interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
}

// Update runs f in a transaction and commits it where f returns nil. A panic in f rolls back and goes on.
// After an error nothing was kept, but for ErrUnknown.
func (d *DB) Update(ctx context.Context, f func(*Tx) error) error {
	if d.one != nil {
		return d.one.update(ctx, f)
	}
	return d.updatePostgreSQL(ctx, f)
}

// Query reads inside the transaction.
func (t *Tx) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	count(ctx)
	if err := t.send(ctx); err != nil {
		return nil, err
	}
	if s := t.kept.get(ctx, q); s != nil {
		return s.QueryContext(ctx, s.args(args)...)
	}
	return t.on.QueryContext(ctx, q, args...)
}

// QueryRow reads one row inside the transaction.
func (t *Tx) QueryRow(ctx context.Context, q string, args ...any) *sql.Row {
	count(ctx)
	_ = t.send(ctx) // a row cannot carry this error; the transaction does, and will not be committed
	if s := t.kept.get(ctx, q); s != nil {
		return s.QueryRowContext(ctx, s.args(args)...)
	}
	return t.on.QueryRowContext(ctx, q, args...)
}

// Exec writes inside the transaction.
func (t *Tx) Exec(ctx context.Context, q string, args ...any) (sql.Result, error) {
	count(ctx)
	if err := t.send(ctx); err != nil {
		return nil, err
	}
	if s := t.kept.get(ctx, q); s != nil {
		return s.ExecContext(ctx, s.args(args)...)
	}
	return t.on.ExecContext(ctx, q, args...)
}

// Snapshot runs f on one unchanging state of the database: for checks that compare many tables.
func (d *DB) Snapshot(ctx context.Context, f func(Queryer) error) error {
	o := &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	if d.Engine == SQLite {
		o = nil // a read transaction is a snapshot
	}
	t, err := d.pool.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // nothing was written
	return f(&Tx{on: t})
}

// single is SQLite's one writing connection. It is pinned, with transactions begun by statement, so
// that prepared statements live as long as the connection; database/sql would prepare them anew in
// each transaction.
type single struct {
	path string
	mu   sync.Mutex
	db   *sql.DB
	conn *sql.Conn
	kept *statements
	copy *copier
}

func openSingle(ctx context.Context, path string) (*single, error) {
	p, err := sqlite(path, patience, "&_pragma=temp_store(memory)", 1) // what a statement may undo stays out of a file of its own
	if err != nil {
		return nil, err
	}
	c, err := p.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	beside, err := openCopier(path)
	if err != nil {
		return nil, errors.Join(err, c.Close(), p.Close())
	}
	return &single{path: path, db: p, conn: c, kept: keep(c.PrepareContext), copy: beside}, nil
}

func (s *single) update(ctx context.Context, f func(*Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	// Who goes while it begins would be told so of a transaction that has begun, and nobody would end it.
	if _, err := s.conn.ExecContext(context.WithoutCancel(ctx), "begin immediate"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // also when f panics; the caller's context may be over, the roll-back must not be
			_, _ = s.conn.ExecContext(context.WithoutCancel(ctx), "rollback")
		}
	}()
	if err := f(&Tx{on: s.conn, kept: s.kept}); err != nil {
		return err
	}
	_, err := s.conn.ExecContext(context.WithoutCancel(ctx), "commit") // else a late cancellation hides that it is kept
	done = err == nil
	s.copy.look()
	return err
}

func (s *single) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.copy.close(), s.kept.close(), s.conn.Close(), s.db.Close())
}

type counterKey struct{}

// Counted returns a context in which every statement is counted in n: a page's budget is a test.
func Counted(ctx context.Context, n *int) context.Context {
	return context.WithValue(ctx, counterKey{}, n)
}

func count(ctx context.Context) {
	if n, ok := ctx.Value(counterKey{}).(*int); ok {
		*n++
	}
}
