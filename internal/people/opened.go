package people

import (
	"context"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// Opened records that somebody read a section of another's file. The first of a day is an entry; a
// repeat is none. Reading one's own file is no opening.
func (s *Service) Opened(ctx context.Context, a access.Actor, person id.ID, section access.Section, why string) error {
	if a.Person == person {
		return nil
	}
	day := s.J.Now().Truncate(24 * time.Hour)
	act := journal.Act{Programme: a.Programme, Author: a.Person, At: day}
	act.ID = id.Derive(a.Programme[:], a.Person[:], person[:], []byte(section), []byte(day.Format(time.DateOnly)))
	if written, _ := s.opened.Get(act.ID); written {
		return nil
	}
	o := Opening{Section: section, Role: string(first(a.Grants)), Organisation: a.Organisation, Why: why}
	err := s.J.Do(ctx, act, journal.Same(a.Person, person, section, day.Unix()), journal.Known(KindOpened.Draft(person, person, o)))
	if err == nil {
		s.opened.Put(act.ID, true)
	}
	return err
}
