package identity

import (
	"context"
	"errors"
	"strings"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/secret"
)

// Throttle: after five wrong tries a wait, doubled with each further one, an hour at most.
const freeTries = 5

func wait(tries int64) time.Duration {
	if tries < freeTries {
		return 0
	}
	return min(time.Minute<<min(tries-freeTries, 10), time.Hour)
}

// secretRow says where a secret stands, for the one way of checking it.
type secretRow struct {
	row          string // "table where keys"
	programme    id.ID
	who          id.ID
	field, wrong string // of the form, and what is said of it
}

func (r secretRow) set(columns string) string {
	table, where, _ := strings.Cut(r.row, " ")
	return "update " + table + " set " + columns + " " + where
}

func (s *Service) check(ctx context.Context, r secretRow, said string) error {
	sealed, err := s.try(ctx, r)
	switch {
	case errors.Is(err, db.ErrNoRows):
		if err := s.tryStranger(r.who); err != nil {
			return err
		}
		secret.TakeAsLong(said)
		return fault.Fields(fault.Field{Name: r.field, Key: r.wrong})
	case err != nil:
		return err
	case !secret.Matches(said, sealed):
		return fault.Fields(fault.Field{Name: r.field, Key: r.wrong})
	}
	_, err = s.J.DB().Exec(ctx, r.set("tries=0,locked=0"), r.programme, r.who)
	return err
}

// try counts a try and gives the secret to hold it against. It is counted before it is judged: guesses sent
// side by side would otherwise all be the first.
func (s *Service) try(ctx context.Context, r secretRow) (sealed string, err error) {
	err = s.J.DB().Update(ctx, func(tx *db.Tx) error {
		var tries, locked int64
		err := tx.QueryRow(ctx, r.set("tries=tries+1")+" returning secret,tries,locked", r.programme, r.who).Scan(&sealed, &tries, &locked)
		if err != nil {
			return err
		}
		now := s.J.Now()
		if err := locks(now, time.UnixMicro(locked)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, r.set("locked=$3"), r.programme, r.who, now.Add(wait(tries)).UnixMicro())
		return err
	})
	return sealed, err
}

// locks refuses a try that comes too early.
func locks(now, until time.Time) error {
	if !now.Before(until) {
		return nil
	}
	return &fault.Error{Code: fault.TooMany, Key: "identity.wait", Args: []any{"N", int((until.Sub(now) + time.Minute - 1) / time.Minute)}}
}

// guess is what somebody tried under a name that is not there.
type guess struct {
	tries int64
	until time.Time
}

// tryStranger counts tries under an unknown name as those under a known one: an answer that differs would say
// who has an account. This process alone remembers them.
func (s *Service) tryStranger(who id.ID) error {
	g, _ := s.strangers.Get(who)
	now := s.J.Now()
	if err := locks(now, g.until); err != nil {
		return err
	}
	g.tries++
	g.until = now.Add(wait(g.tries))
	s.strangers.Put(who, g)
	return nil
}
