package people

import (
	"context"
	"sync"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// opened remembers today's openings that this process knows to be written.
type opened struct {
	mu  sync.Mutex
	day time.Time
	ids map[id.ID]bool
}

// maxOpened bounds that memory; beyond it an opening is asked of the journal again.
const maxOpened = 100_000

func (o *opened) has(day time.Time, v id.ID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.day.Equal(day) && o.ids[v]
}

func (o *opened) add(day time.Time, v id.ID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.day.Equal(day) || len(o.ids) >= maxOpened {
		o.day, o.ids = day, map[id.ID]bool{}
	}
	o.ids[v] = true
}

// Opened records that somebody read a section of another's file. The first of a day is an entry; a
// repeat is none. Reading one's own file is no opening.
func (s *Service) Opened(ctx context.Context, a access.Actor, person id.ID, section access.Section, why string) error {
	if a.Person == person {
		return nil
	}
	day := s.J.Now().Truncate(24 * time.Hour)
	act := journal.Act{Programme: a.Programme, Author: a.Person, At: day}
	act.ID = id.Derive(a.Programme[:], a.Person[:], person[:], []byte(section), []byte(day.Format(time.DateOnly)))
	if s.opened.has(day, act.ID) {
		return nil
	}
	o := Opening{Section: section, Role: string(first(a.Grants)), Organisation: a.Organisation, Why: why}
	err := s.J.Do(ctx, act, journal.Same(a.Person, person, section, day.Unix()), journal.Known(KindOpened.Draft(person, person, o)))
	if err == nil {
		s.opened.add(day, act.ID)
	}
	return err
}
