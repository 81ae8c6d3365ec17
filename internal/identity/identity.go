// Package identity knows how somebody proves who they are: staff by e-mail and password, learners by a
// device or a card and a PIN, and the sessions that follow. It knows people, and nothing that they do.
package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/memo"
	"tremplin/internal/people"
)

// How long a session lasts: on a shared device until the end of the day's work.
const (
	sharedLife = 4 * time.Hour
	ownLife    = 90 * 24 * time.Hour
	staffLife  = 12 * time.Hour
)

// Service proves who somebody is.
type Service struct {
	J      *journal.Journal
	People *people.Service

	strangers memo.Of[id.ID, guess] // tries under names that are not there

	mu     sync.Mutex
	actors map[[32]byte]remembered
}

type remembered struct {
	actor access.Actor
	until time.Time
}

// token is a random secret as a cookie or card says it, and its hash as the database keeps it.
func token() (said string, kept [32]byte) {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	said = base64.RawURLEncoding.EncodeToString(b)
	return said, sha256.Sum256([]byte(said))
}

// Session is one device on which somebody is signed in.
type Session struct {
	Token  [32]byte // hash
	Shared bool
	Agent  string
	Made   time.Time
	Seen   time.Time
}

// Is tells whether this is the session of which a cookie speaks.
func (s Session) Is(said string) bool { return s.Token == sha256.Sum256([]byte(said)) }

// Begin opens a session of a person and returns what the cookie says and for how long.
func (s *Service) Begin(ctx context.Context, programme, person, account id.ID, shared bool, agent string) (said string, life time.Duration, err error) {
	said, kept := token()
	life = ownLife
	switch {
	case shared:
		life = sharedLife
	case !account.IsZero():
		life = staffLife
	}
	now := s.J.Now()
	const q = "insert into session(programme,token,person,account,shared,agent,made,seen,until) values($1,$2,$3,$4,$5,$6,$7,$7,$8)"
	_, err = s.J.DB().Exec(ctx, q, programme, kept[:], person, account, shared, shorten(agent), now.UnixMicro(), now.Add(life).UnixMicro())
	return said, life, err
}

func shorten(agent string) string {
	if len(agent) > 200 {
		return strings.ToValidUTF8(agent[:200], "")
	}
	return agent
}

// remember is how long a session and its roles are believed without asking the database again.
const remember = 5 * time.Second

// Identify finds who a session's cookie speaks for; nobody where it is unknown or over.
func (s *Service) Identify(ctx context.Context, said string, now time.Time) (access.Actor, error) {
	kept := sha256.Sum256([]byte(said))
	if a, ok := s.recall(kept, now); ok {
		return a, nil
	}
	var a access.Actor
	var seen int64
	const q = "select programme,person,account,shared,seen from session where token=$1 and until>$2"
	err := s.J.DB().QueryRow(ctx, q, kept[:], now.UnixMicro()).Scan(&a.Programme, &a.Person, &a.Account, &a.Shared, &seen)
	if errors.Is(err, db.ErrNoRows) {
		return access.Actor{}, nil
	}
	if err != nil {
		return access.Actor{}, err
	}
	if a, err = s.actor(ctx, a); err != nil {
		return access.Actor{}, err
	}
	s.keep(kept, a, now)
	return a, s.touch(ctx, a.Programme, kept, seen, now)
}

// actor fills in the name and roles; a person erased since is nobody.
func (s *Service) actor(ctx context.Context, a access.Actor) (access.Actor, error) {
	row, ok, err := people.Persons.One(ctx, s.J.DB(), a.Programme, "and owner=$2", a.Person)
	if err != nil || !ok {
		return access.Actor{}, err
	}
	a.Name = row.First
	if a.Grants, err = people.Grants(ctx, s.J.DB(), a.Programme, a.Person); err != nil {
		return a, err
	}
	a.Organisation, err = s.People.OrganisationOf(ctx, a.Programme, a.Grants)
	return a, err
}

func (s *Service) recall(kept [32]byte, now time.Time) (access.Actor, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.actors[kept]
	return r.actor, ok && now.Before(r.until)
}

func (s *Service) keep(kept [32]byte, a access.Actor, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.actors == nil || len(s.actors) > 10000 {
		s.actors = map[[32]byte]remembered{}
	}
	s.actors[kept] = remembered{a, now.Add(remember)}
}

// Forget makes this process ask again: after a role or permission changed.
func (s *Service) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.actors = nil
}

// touch notes at most once in ten minutes that a session is in use.
func (s *Service) touch(ctx context.Context, programme id.ID, kept [32]byte, seen int64, now time.Time) error {
	if now.UnixMicro()-seen < (10 * time.Minute).Microseconds() {
		return nil
	}
	_, err := s.J.DB().Exec(ctx, "update session set seen=$3 where programme=$1 and token=$2", programme, kept[:], now.UnixMicro())
	return err
}

// End closes the session of a cookie.
func (s *Service) End(ctx context.Context, said string) error {
	kept := sha256.Sum256([]byte(said))
	s.Forget()
	_, err := s.J.DB().Exec(ctx, "delete from session where token=$1", kept[:])
	return err
}

// EndOf closes one session of a person, named by the start of its hash as the list shows it.
func (s *Service) EndOf(ctx context.Context, a access.Actor, kept []byte) error {
	s.Forget()
	_, err := s.J.DB().Exec(ctx, "delete from session where programme=$1 and person=$2 and token=$3", a.Programme, a.Person, kept)
	return err
}

// Tidy deletes the sessions that are over.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	_, err := s.J.DB().Exec(ctx, "delete from session where until<=$1", now.UnixMicro())
	return err
}

// Sessions lists where somebody is signed in, the latest first.
func (s *Service) Sessions(ctx context.Context, a access.Actor) (out []Session, err error) {
	rows, err := s.J.DB().Query(ctx, "select token,shared,agent,made,seen from session where programme=$1 and person=$2 and until>$3 order by seen desc limit 50",
		a.Programme, a.Person, s.J.Now().UnixMicro())
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var w Session
		var kept []byte
		var made, seen int64
		if err := rows.Scan(&kept, &w.Shared, &w.Agent, &made, &seen); err != nil {
			return nil, err
		}
		copy(w.Token[:], kept)
		w.Made, w.Seen = time.UnixMicro(made).UTC(), time.UnixMicro(seen).UTC()
		out = append(out, w)
	}
	return out, rows.Err()
}

// Invented finds the demonstration's person of a name given to Enter as its number: "/demo/NAME". A
// person who is not invented cannot be signed in this way.
func (s *Service) Invented(ctx context.Context, programme id.ID, name string) (id.ID, error) {
	row, err := people.Persons.Find(ctx, s.J.DB(), programme, "and number=$2 and invented", name)
	return row.Owner, err
}
