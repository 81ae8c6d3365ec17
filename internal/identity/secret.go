package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/secret"
	"tremplin/internal/core/text"
	"tremplin/internal/people"
)

// CheckPIN says what is wrong with a new PIN: six digits that are not the first one tries.
func CheckPIN(pin, again string) (fs []fault.Field) {
	pin, again = text.Digits(pin), text.Digits(again)
	switch {
	case len(pin) != 6 || strings.Trim(pin, "0123456789") != "":
		fs = append(fs, fault.Field{Name: "pin", Key: "identity.pin.six"})
	case weak(pin):
		fs = append(fs, fault.Field{Name: "pin", Key: "identity.pin.weak"})
	case pin != again:
		fs = append(fs, fault.Field{Name: "again", Key: "identity.pin.again"})
	}
	return fs
}

// weak PINs are one digit repeated, or a run up or down.
func weak(pin string) bool {
	const up, down = "01234567890", "09876543210"
	return strings.Count(pin, pin[:1]) == len(pin) || strings.Contains(up, pin) || strings.Contains(down, pin)
}

// SetPIN gives a learner a PIN, which ends the throttle.
func (s *Service) SetPIN(ctx context.Context, programme, person id.ID, pin string) error {
	const q = `insert into pin(programme,person,secret,tries,locked) values($1,$2,$3,0,0)
		on conflict(programme,person) do update set secret=excluded.secret,tries=0,locked=0`
	_, err := s.J.DB().Exec(ctx, q, programme, person, secret.Seal(text.Digits(pin)))
	return err
}

// CheckLearner holds a PIN against a learner's. Wrong ones are counted, and soon have to wait.
func (s *Service) CheckLearner(ctx context.Context, programme, person id.ID, pin string) error {
	return s.check(ctx, secretRow{"pin where programme=$1 and person=$2", programme, person, "pin", "identity.pin.wrong"}, text.Digits(pin))
}

// ChangePIN lets a learner choose another PIN: the one that a tutor gave is known to the tutor.
func (s *Service) ChangePIN(ctx context.Context, a access.Actor, old, pin, again string) error {
	if err := fault.Fields(CheckPIN(pin, again)...); err != nil {
		return err
	}
	err := s.CheckLearner(ctx, a.Programme, a.Person, old)
	if f := fault.Of(err); err != nil && f.Code == fault.Invalid && len(f.Fields) > 0 {
		return fault.Fields(fault.Field{Name: "old", Key: f.Fields[0].Key})
	}
	if err != nil {
		return err
	}
	return s.SetPIN(ctx, a.Programme, a.Person, pin)
}

// MinPassword is NIST SP 800-63B's eight, raised; length is what counts, not signs.
const MinPassword = 12

// AccountID is the id of the account of an e-mail address.
func AccountID(email string) id.ID {
	return id.Named("account", strings.ToLower(strings.TrimSpace(email)))
}

func checkPassword(password string) []fault.Field {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > 200 {
		return []fault.Field{{Name: "password", Key: "identity.password.short", Args: []any{"Min", MinPassword}}}
	}
	return nil
}

// Account makes or renews a staff member's account: one e-mail, one password, every programme.
func (s *Service) Account(ctx context.Context, email, name, password string) (id.ID, error) {
	if err := fault.Fields(checkPassword(password)...); err != nil {
		return id.ID{}, err
	}
	folded := strings.ToLower(strings.TrimSpace(email))
	who := AccountID(email)
	const q = `insert into account(programme,id,email,name,secret,tries,locked) values($1,$2,$3,$4,$5,0,0)
		on conflict(programme,id) do update set secret=excluded.secret,name=excluded.name,tries=0,locked=0`
	_, err := s.J.DB().Exec(ctx, q, id.ID{}, who, folded, name, secret.Seal(password))
	return who, err
}

// CheckStaff holds an e-mail and password against the accounts.
func (s *Service) CheckStaff(ctx context.Context, email, password string) (id.ID, error) {
	who := AccountID(email)
	return who, s.check(ctx, secretRow{"account where programme=$1 and id=$2", id.ID{}, who, "password", "identity.password.wrong"}, password)
}

// PersonID is the person whom an account stands for in a programme: the same id wherever it is asked.
func PersonID(programme, account id.ID) id.ID {
	return id.Derive(programme[:], account[:], []byte("person"))
}

// PersonOf is PersonID where that person holds a role in the programme; else zero.
func (s *Service) PersonOf(ctx context.Context, programme, account id.ID) (id.ID, error) {
	who := PersonID(programme, account)
	gs, err := people.Grants(ctx, s.J.DB(), programme, who)
	if err != nil || len(gs) == 0 {
		return id.ID{}, err
	}
	return who, nil
}

// HasAccounts tells whether anybody can sign in yet; if not, the first visit creates the administrator.
func (s *Service) HasAccounts(ctx context.Context) (bool, error) {
	var n int
	err := s.J.DB().QueryRow(ctx, "select count(*) from (select 1 from account limit 1) a").Scan(&n)
	return n > 0, err
}

// Card gives a person a new card; earlier ones stop working. It returns what the QR code says.
func (s *Service) Card(ctx context.Context, programme, person id.ID) (string, error) {
	said, kept := token()
	return said, s.J.DB().Update(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, "delete from card where programme=$1 and person=$2", programme, person); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "insert into card(programme,token,person,made) values($1,$2,$3,$4)", programme, kept[:], person, s.J.Now().UnixMicro())
		return err
	})
}

// CardMarks are marks of the cards that people hold, 16 letters each, by person: by them a device without network can tell
// whose card it reads. They are the beginning of what is kept of a card, and open nothing.
func (s *Service) CardMarks(ctx context.Context, programme id.ID, persons []id.ID) (map[id.ID]string, error) {
	out, args := map[id.ID]string{}, db.Args{programme}
	if len(persons) == 0 {
		return out, nil
	}
	rows, err := s.J.DB().Query(ctx, "select person,token from card where programme=$1 and person in ("+db.List(&args, persons)+")", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var person id.ID
		var kept []byte
		if err := rows.Scan(&person, &kept); err != nil {
			return nil, err
		}
		out[person] = hex.EncodeToString(kept[:8])
	}
	return out, rows.Err()
}

// CardHolder finds whose card says this.
func (s *Service) CardHolder(ctx context.Context, programme id.ID, said string) (person id.ID, err error) {
	kept := sha256.Sum256([]byte(said))
	err = s.J.DB().QueryRow(ctx, "select person from card where programme=$1 and token=$2", programme, kept[:]).Scan(&person)
	if errors.Is(err, db.ErrNoRows) {
		err = fault.New(fault.NotFound, "identity.card.unknown")
	}
	return person, err
}
