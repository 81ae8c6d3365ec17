package db

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strconv"
	"sync"
)

// statements keeps what was prepared: SQLite would parse each text again, while pgx keeps its own.
type statements struct {
	prepare func(context.Context, string) (*sql.Stmt, error)
	mu      sync.Mutex
	byText  map[string]*prepared
}

// prepared is a statement that wants its arguments in the order in which the text names them.
type prepared struct {
	*sql.Stmt
	order []int // numbers of arguments, from 1
}

const maxStatements = 500

func keep(prepare func(context.Context, string) (*sql.Stmt, error)) *statements {
	return &statements{prepare: prepare, byText: map[string]*prepared{}}
}

// get returns the statement of q, or nil where it cannot be kept: then the text itself runs, and its
// error, if it is wrong, is said where it is used.
func (k *statements) get(ctx context.Context, q string) *prepared {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if s := k.byText[q]; s != nil || len(k.byText) >= maxStatements {
		return s
	}
	text, order := positional(q)
	s, err := k.prepare(ctx, text)
	if err != nil {
		return nil
	}
	k.byText[q] = &prepared{s, order}
	return k.byText[q]
}

func (k *statements) close() (err error) {
	if k == nil {
		return nil
	}
	for _, s := range k.byText {
		err = errors.Join(err, s.Close())
	}
	return err
}

// numbered is a parameter, or a quoted text that may look like one.
var numbered = regexp.MustCompile(`'[^']*'|\$[0-9]+`)

// positional says a text with ? for $1, $2 …, and which argument stands at each. To SQLite $1 is a name, and
// the driver looks through all names for each: the time to bind would grow with the square of their number.
func positional(q string) (text string, order []int) {
	text = numbered.ReplaceAllStringFunc(q, func(s string) string {
		n, err := strconv.Atoi(s[1:])
		if s[0] != '$' || err != nil {
			return s
		}
		order = append(order, n)
		return "?"
	})
	return text, order
}

// args puts arguments in order. Where one is missing they stay, and the driver says so.
func (p *prepared) args(given []any) []any {
	out := make([]any, len(p.order))
	for i, n := range p.order {
		if n > len(given) {
			return given
		}
		out[i] = given[n-1]
	}
	return out
}
