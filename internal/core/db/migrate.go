package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer is returned where a newer binary has changed the database: this one would misread it.
var ErrNewer = errors.New("this database was used by a newer version of Tremplin: use that version or a newer one")

// Migrate brings the house's own tables up to date: journal, drafts and jobs. Views are not migrated.
func (d *DB) Migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	return d.MigrateFrom(ctx, files)
}

// MigrateFrom runs another sequence of migrations, for a database apart (the keys).
func (d *DB) MigrateFrom(ctx context.Context, files fs.FS) error {
	pool, done, err := d.migrating()
	if err != nil {
		return err
	}
	defer done() //nolint:errcheck // closing an idle pool
	dialect, opts, err := d.gooseOptions()
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, pool, files, opts...)
	if err != nil {
		return err
	}
	if now, last, err := p.GetVersions(ctx); err == nil && now > last {
		return ErrNewer
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return d.Update(ctx, func(tx *Tx) error {
		if err := d.alone(ctx, tx); err != nil {
			return err
		}
		return d.ByBytes(ctx, tx)
	})
}

// alone lets one process after the other change tables: of two at once, each would wait for the other.
func (d *DB) alone(ctx context.Context, tx *Tx) error {
	if d.Engine == SQLite {
		return nil // a writer is alone
	}
	_, err := tx.Exec(ctx, "lock table goose_db_version in share row exclusive mode")
	return err
}

// gooseOptions lets one of several processes migrate while the others wait.
func (d *DB) gooseOptions() (goose.Dialect, []goose.ProviderOption, error) {
	if d.Engine == SQLite {
		return goose.DialectSQLite3, nil, nil
	}
	l, err := lock.NewPostgresTableLocker(lock.WithTableLockTimeout(200*time.Millisecond, 600))
	return goose.DialectPostgres, []goose.ProviderOption{goose.WithLocker(l)}, err
}
