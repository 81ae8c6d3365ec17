package db

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrUnknown wraps what went wrong at COMMIT where its answer was lost: the transaction stands or does not.
// Whoever may write the same twice does so; the others ask again.
var ErrUnknown = errors.New("not known whether it was kept; try again")

// commit tells a refusal of COMMIT, after which nothing was kept, from an answer that never came.
func commit(t *sql.Tx) error {
	err := t.Commit()
	if err == nil || refused(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnknown, err)
}

// refused tells whether the server said no, or was not asked. What it says while it ends a connection
// (FATAL), or of another connection's fate (class 08, 40003), is no answer. pgconn.SafeToRetry is not asked:
// it holds that of a connection that was lost after COMMIT was sent, too.
func refused(err error) bool {
	if errors.Is(err, pgx.ErrTxCommitRollback) || errors.Is(err, sql.ErrTxDone) {
		return true
	}
	var said *pgconn.PgError
	return errors.As(err, &said) && said.SeverityUnlocalized == "ERROR" && !strings.HasPrefix(said.Code, "08") && said.Code != "40003"
}
