package people

import (
	"context"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
)

// Owed is a notice that somebody has not seen as it stands now.
type Owed struct {
	programme.Purpose
	New  bool // they saw no version of it: their sender brought them, or its purpose is new
	Asks bool // they said yes to the older text: until they say it again, what rests on it stays closed
}

// owed decides which notices somebody is to be shown before anything else: those that they saw in an older
// version, all that a learner was never told of, and the optional ones to which they said yes in an older
// version. A no stays a no.
func owed(p *programme.Programme, learns bool, seen map[string]NoticeRow, said map[string]PermissionRow) (out []Owed) {
	for _, q := range p.Purposes {
		was, yes := seen[q.ID], said[q.ID]
		switch {
		case q.Optional && yes.Given && yes.Version < q.Version:
			out = append(out, Owed{q, false, true})
		case !q.Optional && was.Version < q.Version && (learns || was.Version > 0):
			out = append(out, Owed{q, was.Version == 0, false})
		}
	}
	return out
}

// Covers tells whether a yes was said to the notice as it stands now.
func (w PermissionRow) Covers(q programme.Purpose) bool { return w.Given && w.Version >= q.Version }

// Owed lists the notices that somebody is to be shown before anything else: two queries the first time in
// a process, none once nothing is owed, since notices change only when a programme is read again.
func (s *Service) Owed(ctx context.Context, p *programme.Programme, a access.Actor) ([]Owed, error) {
	person := a.Person
	if none, _ := s.told.Get([2]id.ID{p.ID(), person}); none {
		return nil, nil
	}
	shown, err := Notices.Select(ctx, s.J.DB(), p.ID(), "and owner=$2", person)
	if err != nil {
		return nil, err
	}
	permitted, err := Permissions.Select(ctx, s.J.DB(), p.ID(), "and owner=$2", person)
	if err != nil {
		return nil, err
	}
	seen, said := map[string]NoticeRow{}, map[string]PermissionRow{}
	for _, w := range shown {
		seen[w.Purpose] = w
	}
	for _, w := range permitted {
		said[w.Purpose] = w
	}
	out := owed(p, a.Has(access.Learner), seen, said)
	if len(out) == 0 {
		s.told.Put([2]id.ID{p.ID(), person}, true)
	}
	return out, nil
}

// Tell records that somebody was shown notices, and what they said to those that ask.
func (s *Service) Tell(ctx context.Context, a journal.Act, person id.ID, shown []Shown, said []Permission) error {
	var drafts []journal.Draft
	for _, w := range shown {
		drafts = append(drafts, KindNoticeShown.Draft(person, person, w))
	}
	for _, w := range said {
		drafts = append(drafts, KindPermission.Draft(person, person, w))
	}
	return s.J.Do(ctx, a, journal.Same(person, shown, said), journal.Known(drafts...))
}
