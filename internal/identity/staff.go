package identity

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"slices"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/secret"
	"tremplin/internal/people"
)

// Member is somebody of the staff about to be let in.
type Member struct {
	First, Last, Email, Password string
	Language, Country            string
	Role                         access.Role
	Organisation                 id.ID
}

func (m Member) said() people.Described {
	return people.Described{First: m.First, Last: m.Last, Email: m.Email, Language: m.Language, Country: m.Country}
}

// Check says what is wrong with what was typed. Who has an account already needs no password.
func (m Member) Check(newcomer bool) error {
	fs := m.said().Check()
	if m.Email == "" {
		fs = append(fs, fault.Field{Name: "email", Key: "people.email.wrong"})
	}
	if newcomer {
		fs = append(fs, checkPassword(m.Password)...)
	}
	return fault.Fields(fs...)
}

// Let gives somebody a role in a programme and, if they have none, an account: that comes last, so that
// whoever can sign in has somewhere to go. An account that exists keeps its password: nobody else may set it.
func (s *Service) Let(ctx context.Context, a journal.Act, m Member) error {
	if !slices.Contains(access.Staff, m.Role) { // no page offers it
		return fault.New(fault.Invalid, "")
	}
	known, err := s.Has(ctx, m.Email)
	if err != nil {
		return err
	}
	if err := m.Check(!known); err != nil {
		return err
	}
	if err := s.enrol(ctx, a, m); err != nil || known {
		return err
	}
	_, err = s.Account(ctx, m.Email, m.First, m.Password)
	return err
}

// enrol enters the person for whom an account stands, or gives them one role more.
func (s *Service) enrol(ctx context.Context, a journal.Act, m Member) error {
	who := PersonID(a.Programme, AccountID(m.Email))
	_, err := s.People.Person(ctx, a.Programme, who)
	switch {
	case fault.Is(err, fault.NotFound):
		return s.People.Enter(ctx, a, people.Newcomer{ID: who, Said: m.said(), Role: m.Role, Of: m.Organisation})
	case err != nil:
		return err
	}
	return s.People.Give(ctx, a, who, people.RoleOf{Role: m.Role, Of: m.Organisation})
}

// Has tells whether an e-mail address has an account.
func (s *Service) Has(ctx context.Context, email string) (bool, error) {
	var n int
	err := s.J.DB().QueryRow(ctx, "select count(*) from account where programme=$1 and id=$2", id.ID{}, AccountID(email)).Scan(&n)
	return n > 0, err
}

// ErrNoAccount is returned for an e-mail address that has none.
var ErrNoAccount = errors.New("nobody has an account with this e-mail address")

// Renew gives an account a new password, for who lost theirs and can ask whoever runs the site. It returns
// the password; the sessions of before end.
func (s *Service) Renew(ctx context.Context, email string) (string, error) {
	account := AccountID(email)
	known, err := s.Has(ctx, email)
	if err != nil {
		return "", err
	}
	if !known {
		return "", ErrNoAccount
	}
	password := speakable()
	const q = "update account set secret=$3,tries=0,locked=0 where programme=$1 and id=$2"
	if _, err := s.J.DB().Exec(ctx, q, id.ID{}, account, secret.Seal(password)); err != nil {
		return "", err
	}
	return password, s.endAll(ctx, account)
}

// speakable is a password of 80 random bits that can be said on the telephone.
func speakable() string {
	b := make([]byte, 10)
	_, _ = rand.Read(b) // never fails
	said := strings.ToLower(base32.StdEncoding.EncodeToString(b))
	return strings.Join([]string{said[:4], said[4:8], said[8:12], said[12:]}, "-")
}

// endAll signs an account out on every device.
func (s *Service) endAll(ctx context.Context, account id.ID) error {
	s.Forget()
	_, err := s.J.DB().Exec(ctx, "delete from session where account=$1", account)
	return err
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
	return s.endAll(ctx, a.Account)
}
