package identity

import (
	"context"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Member is somebody of the staff about to be let in.
type Member struct {
	First, Last, Email, Password string
	Language, Country            string
	Role                         access.Role
	Organisation                 id.ID
}

// Let gives somebody an account, if they have none, and a role in a programme. An account that exists
// keeps its password: nobody else may set it.
func (s *Service) Let(ctx context.Context, a journal.Act, m Member) error {
	if !slices.Contains(access.Staff, m.Role) { // no page offers it
		return fault.New(fault.Invalid, "")
	}
	said := people.Described{First: m.First, Last: m.Last, Email: m.Email, Language: m.Language, Country: m.Country}
	fs := said.Check()
	if m.Email == "" {
		fs = append(fs, fault.Field{Name: "email", Key: "people.email.wrong"})
	}
	if err := fault.Fields(fs...); err != nil {
		return err
	}
	account, err := s.ensure(ctx, m)
	if err != nil {
		return err
	}
	who := PersonID(a.Programme, account)
	if _, err := s.People.Person(ctx, a.Programme, who); fault.Is(err, fault.NotFound) {
		return s.People.Enter(ctx, a, people.Newcomer{ID: who, Said: said, Role: m.Role, Of: m.Organisation})
	} else if err != nil {
		return err
	}
	return s.People.Give(ctx, a, who, people.RoleOf{Role: m.Role, Of: m.Organisation})
}

func (s *Service) ensure(ctx context.Context, m Member) (id.ID, error) {
	var n int
	who := AccountID(m.Email)
	if err := s.J.DB().QueryRow(ctx, "select count(*) from account where programme=$1 and id=$2", id.ID{}, who).Scan(&n); err != nil {
		return who, err
	}
	if n > 0 {
		return who, nil
	}
	return s.Account(ctx, m.Email, m.First, m.Password)
}

// Password changes one's own password; the old one must be said, and other devices are signed out.
func (s *Service) Password(ctx context.Context, a access.Actor, old, password string) error {
	var email string
	if err := s.J.DB().QueryRow(ctx, "select email from account where programme=$1 and id=$2", id.ID{}, a.Account).Scan(&email); err != nil {
		return fault.New(fault.NotFound, "")
	}
	if _, err := s.CheckStaff(ctx, email, old); err != nil {
		return err
	}
	if _, err := s.Account(ctx, email, a.Name, password); err != nil {
		return err
	}
	s.Forget()
	_, err := s.J.DB().Exec(ctx, "delete from session where account=$1", a.Account)
	return err
}
