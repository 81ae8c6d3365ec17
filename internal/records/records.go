// Package records keeps learning records: statements of xAPI, whoever sends them, as entries of the journal. A
// statement is an entry of its actor's story under its own id; what was stored when is when the entry arrived. An
// actor who is not known here is an owner of their own, with a key of their own, named by what is known of them.
package records

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/memo"
	"tremplin/internal/people"
	"tremplin/internal/records/xapi"
)

// ErrNone says that there is no such statement or document.
var ErrNone = errors.New("there is none")

// Service does what clients and professionals ask of learning records.
type Service struct {
	J      *journal.Journal
	Blobs  *blob.Store
	People *people.Service
	Ways   []Way // other slices' entries that are statements
	// Things says what this programme itself offers under some IRIs (see IRI); nil: nothing.
	Things func(ctx context.Context, programme id.ID, iris []string) (map[string]Activity, error)
	Home   string // the address of this Tremplin, where it is known without a request

	secrets memo.Of[id.ID, []byte]    // from which owners are named, by programme
	proven  memo.Of[[32]byte, proof]  // clients whose secret was checked of late
	met     memo.Of[id.ID, time.Time] // when it was last asked who an actor is
}

// names is what a statement's actors, activities and verbs are called in the views of one programme.
type names struct {
	programme id.ID
	secret    []byte
	homes     []string // whose accounts are the programme's own people
}

func (s *Service) names(ctx context.Context, programme id.ID, home string) (names, error) {
	secret, err := s.secrets.Make(programme, func() ([]byte, error) { return s.J.Secret(ctx, programme, "actors") })
	return names{programme, secret, []string{homeOf(programme, ""), homeOf(programme, s.Home), homeOf(programme, home)}}, err
}

// homeOf is where the programme's own people have their accounts: at this Tremplin's address, as far as it is known.
func homeOf(programme id.ID, address string) string {
	return cmp.Or(address, "urn:uuid:"+programme.String())
}

// actor is the owner that an agent or a group is. An account of this programme is the person themselves. Of all others
// nobody who does not know the programme's secret can tell whom it names. A group without identifier is named by its
// members.
func (n names) actor(o xapi.Object) id.ID {
	if page, name := xapi.Account(o); slices.Contains(n.homes, page) {
		if own, err := id.Parse(name); err == nil {
			return own
		}
	}
	said := xapi.Identity(o)
	if said == "" {
		said = "members"
		for _, m := range xapi.Members(o) {
			said += "\n" + xapi.Identity(m)
		}
	}
	h := hmac.New(sha256.New, n.secret)
	h.Write([]byte(said))
	return id.Derive(h.Sum(nil))
}

// of names what is no person: a verb, an activity, a registration, a statement that another is about.
func (n names) of(kind, what string) id.ID {
	return id.Derive(n.programme[:], []byte(kind), []byte(what))
}

// Kinds of what a statement mentions.
const (
	ofVerb         = "verb"
	ofActivity     = "activity"
	ofRegistration = "registration"
	ofStatement    = "statement"
	ofClient       = "client"
)

// forget asks for every secret again.
func (s *Service) forget() { s.proven.Clear() }
