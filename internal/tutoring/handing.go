package tutoring

import (
	"context"
	"slices"
	"sync"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Arrival is somebody who walks in.
type Arrival struct {
	Group  id.ID
	Said   people.Described
	Shown  []people.Shown      // the notices that they were shown
	Agreed []people.Permission // what they said to each optional purpose they were asked about
}

// Enter enters somebody who walks in and gives them their first PIN, shown this once.
func (s *Service) Enter(ctx context.Context, a journal.Act, w Arrival) (person id.ID, pin string, err error) {
	if err := fault.Fields(w.Said.Check()...); err != nil {
		return id.ID{}, "", err
	}
	person = id.Derive(a.ID[:], []byte("person"))
	n := people.Newcomer{ID: person, Said: w.Said, Role: access.Learner, Of: w.Group, Shown: w.Shown}
	ds := n.Drafts(a.Programme)
	for _, p := range w.Agreed {
		ds = append(ds, people.KindPermission.Draft(person, person, p))
	}
	ds = append(ds, KindPIN.Draft(person, person, Handed{}))
	pin, err = s.givePIN(ctx, a, person, journal.Same(w), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if _, err := Groups.Find(ctx, q, a.Programme, "and owner=$2", w.Group); err != nil {
			return nil, nil, err
		}
		return ds, nil, nil
	})
	return person, pin, err
}

// ResetPIN gives somebody a new PIN, shown this once. The entry says that it happened, never which.
func (s *Service) ResetPIN(ctx context.Context, a journal.Act, person id.ID) (string, error) {
	return s.givePIN(ctx, a, person, journal.Same(person, "pin"), journal.Known(KindPIN.Draft(person, person, Handed{})))
}

// givePIN writes the entry, then sets the PIN. A form sent twice within a while shows the same PIN; sent
// again later it shows none, for it would undo what happened since without a trace.
func (s *Service) givePIN(ctx context.Context, a journal.Act, person id.ID, same [32]byte, decide journal.Decision) (string, error) {
	fresh, err := newPIN()
	if err != nil {
		return "", err
	}
	kept := s.memo.keep(a.ID, held{pin: fresh}, s.J.Now())
	wrote := false
	err = s.J.Do(ctx, a, same, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		wrote = true
		return decide(ctx, q)
	})
	switch {
	case err != nil:
		return "", err
	case !wrote && kept.pin == fresh:
		return "", fault.New(fault.Conflict, "tutoring.pin.used")
	}
	return kept.pin, s.Identity.SetPIN(ctx, a.Programme, person, kept.pin)
}

// PrintCards gives each person a new card: their earlier ones stop working. It returns what the codes say.
func (s *Service) PrintCards(ctx context.Context, a journal.Act, persons []id.ID) (codes map[id.ID]string, err error) {
	ds := make([]journal.Draft, len(persons))
	for i, p := range persons {
		ds[i] = KindCard.Draft(p, p, Handed{})
	}
	kept := s.memo.keep(a.ID, held{codes: map[id.ID]string{}}, s.J.Now())
	kept.lock.Lock() // the same form, sent twice: the second waits for the first one's codes
	defer kept.lock.Unlock()
	wrote := false
	err = s.J.Do(ctx, a, journal.Same(persons, "card"), func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
		wrote = true
		return ds, nil, nil
	})
	if err != nil {
		return nil, err
	}
	if !wrote && len(kept.codes) == 0 {
		return nil, fault.New(fault.Conflict, "tutoring.cards.used")
	}
	for _, p := range persons {
		if kept.codes[p] != "" {
			continue
		}
		if kept.codes[p], err = s.Identity.Card(ctx, a.Programme, p); err != nil {
			return nil, err
		}
	}
	return kept.codes, nil
}

// memo remembers for a while what a form's first sending gave, for its second: a double click must not
// void the card that is being printed. It stays in memory and is short.
type memo struct {
	mu  sync.Mutex
	got map[id.ID]*held
}

type held struct {
	pin   string
	codes map[id.ID]string
	until time.Time
	lock  *sync.Mutex
}

// remembered is how long a second sending counts as a double click.
const remembered = 2 * time.Minute

// keep returns what is remembered of an act; where there is nothing, it remembers w.
func (m *memo) keep(act id.ID, w held, now time.Time) *held {
	m.mu.Lock()
	defer m.mu.Unlock()
	for k, v := range m.got {
		if now.After(v.until) {
			delete(m.got, k)
		}
	}
	if v := m.got[act]; v != nil {
		return v
	}
	if m.got == nil {
		m.got = map[id.ID]*held{}
	}
	w.until, w.lock = now.Add(remembered), &sync.Mutex{}
	m.got[act] = &w
	return &w
}

// Ids is a list of persons as a form sends it: each once, the unreadable left out, 200 at most.
func Ids(values []string) (out []id.ID) {
	for _, v := range values {
		if p, err := id.Parse(v); err == nil && !slices.Contains(out, p) && len(out) < 200 {
			out = append(out, p)
		}
	}
	return out
}
