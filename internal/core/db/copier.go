package db

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// What is written to SQLite waits in its log, each page as often as it changed, until it is copied to its place ("checkpoint").
const (
	copyAt   = 4_000                 // pages of 4 kB that wait before they are copied beside the writer's work
	copyMost = 16_000                // pages at which the writer does it itself, so that the log ends
	copyLook = 20 * time.Millisecond // between two looks at what waits
)

// copier copies what waits in the log to its place while the writer goes on; the writer would stop for it.
type copier struct {
	db   *sql.DB
	wake chan struct{}
	quit context.CancelFunc
	gone chan struct{}
}

func openCopier(path string) (*copier, error) {
	p, err := sqlite(path, "", 1)
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
		if n, err := c.checkpoint(ctx, "noop"); err == nil && n >= copyAt {
			_, _ = c.checkpoint(ctx, "passive") // where it fails, all stays in the log, whole
		}
		select {
		case <-ctx.Done():
		case <-time.After(copyLook):
		}
	}
}

// checkpoint says how many pages still wait after it: https://sqlite.org/pragma.html#pragma_wal_checkpoint.
func (c *copier) checkpoint(ctx context.Context, mode string) (waiting int, err error) {
	var busy, logged, copied int
	err = c.db.QueryRowContext(ctx, fmt.Sprintf("pragma wal_checkpoint(%s)", mode)).Scan(&busy, &logged, &copied)
	return logged - copied, err
}

func (c *copier) close() error {
	c.quit()
	<-c.gone
	return c.db.Close()
}
