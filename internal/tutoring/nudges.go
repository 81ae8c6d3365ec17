package tutoring

import (
	"context"
	"slices"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Nudge is one time that somebody asks how a person is. What is written stays between the two.
type Nudge struct {
	Person  id.ID
	Channel string // whatsapp, sms, mail, or Talk
	At      time.Time
}

// Nudge records that somebody was asked how they are.
func (s *Service) Nudge(ctx context.Context, a journal.Act, nudges ...Nudge) error {
	ds := make([]journal.Draft, len(nudges))
	for i, n := range nudges {
		if !slices.Contains(channels, n.Channel) {
			return fault.Fields(fault.Field{Name: "channel", Key: "tutoring.nudge.channel.unknown"})
		}
		ds[i] = KindNudged.Draft(n.Person, n.Person, Nudged{n.Channel}).When(n.At)
	}
	return s.J.Do(ctx, a, journal.Same(nudges), journal.Known(ds...))
}

// NudgesOf lists when somebody was asked how they are, the latest first.
func (s *Service) NudgesOf(ctx context.Context, programme, person id.ID) ([]NudgeRow, error) {
	return Nudges.Select(ctx, s.J.DB(), programme, "and owner=$2 order by at desc,entry limit 50", person)
}

// SetPhone notes a person's number, as they gave it.
func (s *Service) SetPhone(ctx context.Context, a journal.Act, person id.ID, phone string) error {
	row, err := people.Persons.Find(ctx, s.J.DB(), a.Programme, "and owner=$2", person)
	if err != nil {
		return err
	}
	if phone = people.Phone(phone, row.Country); phone == "" {
		return fault.Fields(fault.Field{Name: "phone", Key: "people.phone.wrong"})
	}
	return s.People.Describe(ctx, a, person, people.Described{
		First: row.First, Last: row.Last, Language: row.Language, Country: row.Country, Gender: row.Gender, BirthYear: row.BirthYear,
		Phone: phone, Email: row.Email, Number: row.Number, Invented: row.Invented,
	})
}
