package identity

import (
	"context"
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

// maxTeam is how many accounts one page lists.
const maxTeam = 500

// Team lists who can sign in by e-mail to a programme, by name: three queries.
func (s *Service) Team(ctx context.Context, programme id.ID) (out []Colleague, err error) {
	who, err := s.members(ctx, programme)
	if err != nil || len(who) == 0 {
		return nil, err
	}
	args := db.Args{programme}
	in := "and owner in (" + db.List(&args, who) + ")"
	rows, err := people.Persons.Select(ctx, s.J.DB(), programme, in+" order by folded,owner", args[1:]...)
	if err != nil {
		return nil, err
	}
	roles, err := people.Roles.Select(ctx, s.J.DB(), programme, in+" and role<>'learner' order by since,role", args[1:]...)
	for _, p := range rows {
		c := Colleague{PersonRow: p}
		for _, r := range roles {
			if r.Owner == p.Owner {
				c.Roles = append(c.Roles, r)
			}
		}
		if len(c.Roles) > 0 {
			out = append(out, c)
		}
	}
	return out, err
}

// members are the persons for whom the accounts stand in a programme.
func (s *Service) members(ctx context.Context, programme id.ID) (out []id.ID, err error) {
	rows, err := s.J.DB().Query(ctx, "select id from account where programme=$1 order by name,id limit $2", id.ID{}, maxTeam)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var account id.ID
		if err := rows.Scan(&account); err != nil {
			return nil, err
		}
		out = append(out, PersonID(programme, account))
	}
	return out, rows.Err()
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
	if !slices.Contains(team, person) {
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
