package identity

import (
	"context"
	"maps"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Colleague is somebody who can sign in by e-mail and holds a role in a programme.
type Colleague struct {
	people.PersonRow
	Roles []people.RoleRow
}

// Team lists who can sign in by e-mail to a programme, by name: three queries.
func (s *Service) Team(ctx context.Context, programme id.ID) (out []Colleague, err error) {
	members, err := s.members(ctx, programme)
	if err != nil {
		return nil, err
	}
	args := db.Args{programme}
	roles, err := people.Roles.Select(ctx, s.J.DB(), programme, "and role in ("+db.List(&args, access.Staff)+") order by since,role", args[1:]...)
	if err != nil {
		return nil, err
	}
	held := map[id.ID][]people.RoleRow{}
	for _, r := range roles {
		if members[r.Owner] {
			held[r.Owner] = append(held[r.Owner], r)
		}
	}
	rows, err := people.Persons.Among(ctx, s.J.DB(), programme, slices.Collect(maps.Keys(held)), "order by folded,owner")
	for _, p := range rows {
		out = append(out, Colleague{p, held[p.Owner]})
	}
	return out, err
}

// members are the persons for whom the accounts stand in a programme.
func (s *Service) members(ctx context.Context, programme id.ID) (map[id.ID]bool, error) {
	accounts, err := db.Column[id.ID](ctx, s.J.DB(), "select id from account where programme=$1", id.ID{})
	out := map[id.ID]bool{}
	for _, a := range accounts {
		out[PersonID(programme, a)] = true
	}
	return out, err
}

// Leave ends a colleague's access: their roles are taken back and their sessions end. What they did stays,
// and a role given again lets them in again. Nobody ends their own: a programme would be left without a key.
func (s *Service) Leave(ctx context.Context, a journal.Act, person id.ID) error {
	if person == a.Author {
		return fault.New(fault.Invalid, "identity.admin.leave.self")
	}
	team, err := s.members(ctx, a.Programme)
	if err != nil {
		return err
	}
	if !team[person] {
		return fault.New(fault.NotFound, "")
	}
	err = s.J.Do(ctx, a, journal.Same(person, "leave"), func(ctx context.Context, q db.Queryer) (ds []journal.Draft, _ []job.Job, _ error) {
		held, err := people.Grants(ctx, q, a.Programme, person)
		for _, g := range held {
			if g.Role != access.Learner {
				ds = append(ds, people.KindRoleTaken.Draft(person, g.Of, people.RoleOf(g)))
			}
		}
		return ds, nil, err
	})
	if err != nil {
		return err
	}
	s.Forget()
	_, err = s.J.DB().Exec(ctx, "delete from session where programme=$1 and person=$2", a.Programme, person)
	return err
}
