package records

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// ErrClaimed says that an actor is a participant already.
var ErrClaimed = fault.Fields(fault.Field{Name: "person", Key: "records.actor.claimed"})

// Claim says that an actor is a participant: what was told, and will be, stands in their story. Of whom nothing was told
// is "not found".
func (s *Service) Claim(ctx context.Context, a journal.Act, actor, person id.ID) error {
	return s.J.Do(ctx, a, journal.Same(actor, person), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if _, err := people.Persons.Find(ctx, q, a.Programme, "and owner=$2", person); err != nil {
			return nil, nil, err
		}
		_, known, err := people.Persons.One(ctx, q, a.Programme, "and owner=$2", actor)
		if err != nil {
			return nil, nil, err
		}
		root, err := journal.Root(ctx, q, a.Programme, actor)
		if err == nil && (known || root != actor) {
			err = ErrClaimed
		}
		if err == nil {
			_, err = Names.Find(ctx, q, a.Programme, "and owner=$2", actor)
		}
		return []journal.Draft{journal.Joined.Draft(person, actor, journal.Reason{})}, nil, err
	})
}

// Part takes a claim back: what was told of the actor stands by itself again.
func (s *Service) Part(ctx context.Context, a journal.Act, actor, person id.ID) error {
	return s.J.Do(ctx, a, journal.Same(actor, person, "part"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		joined, err := journal.Joinings(ctx, q, a.Programme, person)
		said, ok := joined[actor]
		if err != nil || !ok { // a second click
			return nil, nil, err
		}
		return []journal.Draft{journal.Voided.Draft(person, said, journal.Reason{})}, nil, nil
	})
}

// Invite gives somebody a name for another platform, 16 letters and digits. Whoever is known by it there is they.
func (s *Service) Invite(ctx context.Context, a journal.Act, person, client id.ID) error {
	b := make([]byte, 10)
	_, _ = rand.Read(b) // never fails
	code := strings.ToLower(base32.StdEncoding.EncodeToString(b))
	return s.J.Do(ctx, a, journal.Same(person, client), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if _, err := people.Persons.Find(ctx, q, a.Programme, "and owner=$2", person); err != nil {
			return nil, nil, err
		}
		_, err := Clients.Find(ctx, q, a.Programme, "and owner=$2 and not revoked", client)
		return []journal.Draft{KindInvited.Draft(person, person, Invited{code, client})}, nil, err
	})
}
