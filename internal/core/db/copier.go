package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// What is written to SQLite waits in its log, each page as often as it changed, until it is copied to its place ("checkpoint").
const (
	copyAt   = 4_000                 // pages of 4 kB that wait before they are copied beside the writer's work
	copyMost = 16_000                // pages at which the writer does it itself, so that the log ends
	copyLook = 20 * time.Millisecond // between two looks at what waits
	copyWait = time.Second / 2       // for readers, before the log is emptied; writers wait meanwhile
)

// errRead says that what was deleted is in the log still, since somebody reads it.
var errRead = errors.New("the database is being read as it was before; try again")

// copier copies what waits in the log to its place while the writer goes on; the writer would stop for it.
type copier struct {
	db   *sql.DB
	wake chan struct{}
	quit context.CancelFunc
	gone chan struct{}
}

func openCopier(path string) (*copier, error) {
	p, err := sqlite(path, copyWait, "", 1)
	if err != nil {
		return nil, err
	}
	ctx, quit := context.WithCancel(context.Background())
	c := &copier{db: p, wake: make(chan struct{}, 1), quit: quit, gone: make(chan struct{})}
	go c.run(ctx)
	return c, nil
}

// look has the copier look at the log soon.
func (c *copier) look() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *copier) run(ctx context.Context) {
	defer close(c.gone)
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		}
		if n, _, err := c.checkpoint(ctx, "noop"); err == nil && n >= copyAt {
			_, _, _ = c.checkpoint(ctx, "passive") // where it fails, all stays in the log, whole
		}
		select {
		case <-ctx.Done():
		case <-time.After(copyLook):
		}
	}
}

// settle copies all and empties the log.
func (c *copier) settle(ctx context.Context) error {
	_, busy, err := c.checkpoint(ctx, "truncate")
	if err == nil && busy {
		err = errRead
	}
	return err
}

// checkpoint says how many pages still wait after it, and whether others kept it from its end:
// https://sqlite.org/pragma.html#pragma_wal_checkpoint.
func (c *copier) checkpoint(ctx context.Context, mode string) (waiting int, busy bool, err error) {
	var logged, copied int
	err = c.db.QueryRowContext(ctx, fmt.Sprintf("pragma wal_checkpoint(%s)", mode)).Scan(&busy, &logged, &copied)
	return logged - copied, busy, err
}

func (c *copier) close() error {
	c.quit()
	<-c.gone
	return c.db.Close()
}
