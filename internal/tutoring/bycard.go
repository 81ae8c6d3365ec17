package tutoring

import (
	"context"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Scanned is whose card was scanned, and how they stand by now.
type Scanned struct {
	Person people.PersonRow
	Now    AttendanceRow
	Before bool // they had signed already: nothing is new
}

// maxSaid bounds what a code says.
const maxSaid = 600

// onCard is the secret of a card in what its code says: the last part of the address that signs in.
func onCard(said string) (secret string, ok bool) {
	_, rest, found := strings.Cut(said, "/card/")
	secret, _, _ = strings.Cut(rest, "?")
	return secret, found && secret != "" && len(said) <= maxSaid && !strings.ContainsAny(secret, "/#")
}

// Scan takes a card that whoever holds the session has scanned: its person signs by it that they are there. It
// signs nobody in, and what the code says is kept nowhere.
func (s *Service) Scan(ctx context.Context, a journal.Act, who access.Actor, session id.ID, half int64, said string) (out Scanned, err error) {
	m := Mark{Half: half, State: Present, How: ByCard, Own: true}
	w, err := s.MeetingOf(ctx, who, session)
	if err != nil {
		return out, err
	}
	if m.Person, err = s.holder(ctx, who, w, said); err != nil {
		return out, err
	}
	if out.Person, err = people.Persons.Find(ctx, s.J.DB(), who.Programme, "and owner=$2", m.Person); err != nil {
		return out, err
	}
	out.Before = true
	err = s.J.Do(ctx, a, journal.Same(session, m.Person, half), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		was, err := attendanceOf(ctx, q, a.Programme, m.Person, session, half)
		if err != nil || was.There && was.OwnAt > 0 {
			return nil, nil, err
		}
		m.Over, out.Before = was.Entry, false
		ds, err := s.signs(ctx, q, a, who, session, m)
		return ds, nil, err
	})
	if err != nil {
		return out, err
	}
	out.Now, err = attendanceOf(ctx, s.J.DB(), who.Programme, m.Person, session, half)
	return out, err
}

// CardMarks are those of the people on a roll, for a device that will scan without network.
func (s *Service) CardMarks(ctx context.Context, programme id.ID, w Sheet) (map[id.ID]string, error) {
	persons := make([]id.ID, len(w.People))
	for i, p := range w.People {
		persons[i] = p.ID
	}
	return s.Identity.CardMarks(ctx, programme, persons)
}

// holder finds whose card it is, of those who are expected or came: of anybody else nothing is said.
func (s *Service) holder(ctx context.Context, who access.Actor, w SessionRow, said string) (id.ID, error) {
	wrong := func(key string) error { return fault.Fields(fault.Field{Name: "card", Key: key}) }
	secret, ok := onCard(said)
	if !ok {
		return id.ID{}, wrong("tutoring.scan.no-card")
	}
	person, err := s.Identity.CardHolder(ctx, who.Programme, secret)
	if fault.Is(err, fault.NotFound) {
		return id.ID{}, wrong("tutoring.scan.old")
	}
	if err != nil {
		return id.ID{}, err
	}
	listed, err := s.listed(ctx, who, w, person)
	if err == nil && !listed {
		err = wrong("tutoring.scan.elsewhere")
	}
	return person, err
}

// listed tells whether somebody stands on a session's roll: expected, or noted already.
func (s *Service) listed(ctx context.Context, who access.Actor, w SessionRow, person id.ID) (bool, error) {
	if len(w.Groups()) == 0 { // whoever holds no group's session reaches nobody by it
		return s.noted(ctx, who.Programme, w, person)
	}
	expected, err := s.readMembers(ctx, who, access.Write, Selection{Groups: w.Groups(), Only: []id.ID{person}})
	if err != nil || len(expected) > 0 {
		return len(expected) > 0, err
	}
	return s.noted(ctx, who.Programme, w, person)
}

// noted tells whether a session's roll says something of somebody already.
func (s *Service) noted(ctx context.Context, programme id.ID, w SessionRow, person id.ID) (bool, error) {
	rows, err := Attendances.Select(ctx, s.J.DB(), programme, "and owner=$2 and session=$3", person, w.Owner)
	return len(rows) > 0, err
}
