// Package db opens the two engines behind one text of SQL. SQLite has one write connection and a
// pool of readers; PostgreSQL has one pool. What runs here must run unchanged on both: no engine's
// own dialect, no clock of the database, no knowledge of any table.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // driver "sqlite"
)

// Engine names what stands behind a DB.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// ErrNoRows is what QueryRow(…).Scan returns where there is none.
var ErrNoRows = sql.ErrNoRows

// Queryer reads. A decision gets nothing more, so that it cannot write.
type Queryer interface {
	Query(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, q string, args ...any) *sql.Row
}

// DB is one open database.
type DB struct {
	Engine Engine
	pool   *sql.DB // readers; on PostgreSQL the writers too
	kept   *statements
	one    *single // SQLite's only writer
}

// Open opens source: a path of an SQLite file, or postgres://….
func Open(ctx context.Context, source string) (*DB, error) {
	if IsPostgreSQL(source) {
		return openPostgreSQL(ctx, source)
	}
	return openSQLite(ctx, source)
}

// IsPostgreSQL tells whether a source names a PostgreSQL database.
func IsPostgreSQL(source string) bool {
	return strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://")
}

func openPostgreSQL(ctx context.Context, source string) (*DB, error) {
	c, err := pgx.ParseConfig(source)
	if err != nil {
		return nil, err
	}
	p := stdlib.OpenDB(*c, stdlib.OptionAfterConnect(byIndex))
	p.SetMaxOpenConns(16)
	p.SetMaxIdleConns(16)
	return &DB{Engine: PostgreSQL, pool: p}, p.PingContext(ctx)
}

// byIndex keeps PostgreSQL to the indexes, as SQLite does without being told. Until it has looked at a table,
// it takes it for empty and plans to read it whole, and what it planned it keeps: a first import would cost the
// square of its length. Just-in-time compiling is for long queries; there are none.
func byIndex(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "set enable_seqscan=off; set jit=off")
	return err
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	one, err := openSingle(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	p, err := sqlite(path, patience, "&_pragma=query_only(1)", 8)
	if err != nil {
		return nil, err
	}
	return &DB{Engine: SQLite, pool: p, one: one, kept: keep(p.PrepareContext)}, nil
}

// Settle has what was overwritten or deleted leave the files of an SQLite database: until then it stands in the file, while the
// log beside it says that it is gone, and then in the log. Where somebody reads a state of before, it is an error; try again.
// PostgreSQL has no files of ours.
func (d *DB) Settle(ctx context.Context) error {
	if d.one == nil {
		return nil
	}
	return d.one.copy.settle(ctx)
}

// patience is how long a connection to SQLite waits for another process.
const patience = 10 * time.Second

// sqlite opens a file.
func sqlite(path string, wait time.Duration, more string, n int) (*sql.DB, error) {
	pragmas := "?_pragma=busy_timeout(" + strconv.FormatInt(wait.Milliseconds(), 10) + ")&_pragma=journal_mode(wal)&_pragma=synchronous(full)" +
		"&_pragma=secure_delete(1)&_pragma=cache_size(-16000)&_pragma=wal_autocheckpoint(" + strconv.Itoa(copyMost) + ")"
	s, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+pragmas+more)
	if err == nil {
		s.SetMaxOpenConns(n)
		s.SetMaxIdleConns(n)
	}
	return s, err
}

// Query reads outside any transaction.
func (d *DB) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	count(ctx)
	if s := d.kept.get(ctx, q); s != nil {
		return s.QueryContext(ctx, s.args(args)...)
	}
	return d.pool.QueryContext(ctx, q, args...)
}

// QueryRow reads one row outside any transaction.
func (d *DB) QueryRow(ctx context.Context, q string, args ...any) *sql.Row {
	count(ctx)
	if s := d.kept.get(ctx, q); s != nil {
		return s.QueryRowContext(ctx, s.args(args)...)
	}
	return d.pool.QueryRowContext(ctx, q, args...)
}

// Exec runs one writing statement on its own, for drafts.
func (d *DB) Exec(ctx context.Context, q string, args ...any) (res sql.Result, err error) {
	err = d.Update(ctx, func(t *Tx) error {
		res, err = t.Exec(ctx, q, args...)
		return err
	})
	return res, err
}

// Has tells whether a table is there, and so whether anything of its kind was ever kept in this database.
func (d *DB) Has(ctx context.Context, table string) (bool, error) {
	q := "select count(*) from sqlite_master where name=$1"
	if d.Engine == PostgreSQL {
		q = "select count(*) from pg_class where oid=to_regclass($1)"
	}
	var n int
	err := d.QueryRow(ctx, q, table).Scan(&n)
	return n > 0, err
}

// migrating gives the plain pool that migrations need; on SQLite a writing one, closed by its taker.
func (d *DB) migrating() (*sql.DB, func() error, error) {
	if d.Engine == PostgreSQL {
		return d.pool, func() error { return nil }, nil
	}
	p, err := sqlite(d.one.path, patience, "", 1)
	if err != nil {
		return nil, nil, err
	}
	return p, p.Close, nil
}

// Close ends every connection.
func (d *DB) Close() error {
	err := errors.Join(d.kept.close(), d.pool.Close())
	if d.one != nil {
		err = errors.Join(err, d.one.close())
	}
	return err
}
