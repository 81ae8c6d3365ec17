package tutoring

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

// Unassign takes a tutor off a group. Who then accompanies none stays a tutor of the programme, without
// reach. A group may be left without a tutor: alone says so.
func (s *Service) Unassign(ctx context.Context, a journal.Act, group, tutor id.ID) (alone bool, err error) {
	err = s.J.Do(ctx, a, journal.Same(group, tutor, "unassign"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds, err := leaves(ctx, q, a.Programme, tutor, people.RoleOf{Role: access.Tutor, Of: group})
		return ds, nil, err
	})
	if err != nil {
		return false, err
	}
	left, err := s.TutorsOf(ctx, a.Programme, group)
	return len(left) == 0, err
}

// leaves takes one role back; who held it nowhere else keeps it in the programme as a whole. Nothing where
// it is not held any more: another page was faster.
func leaves(ctx context.Context, q db.Queryer, programme, person id.ID, r people.RoleOf) ([]journal.Draft, error) {
	held, err := people.Grants(ctx, q, programme, person)
	if err != nil || !slices.Contains(held, access.Grant(r)) {
		return nil, err
	}
	ds := []journal.Draft{people.KindRoleTaken.Draft(person, r.Of, r)}
	if !slices.ContainsFunc(held, func(g access.Grant) bool { return g.Role == r.Role && g.Of != r.Of }) {
		ds = append(ds, people.KindRoleGiven.Draft(person, programme, people.RoleOf{Role: r.Role, Of: programme}))
	}
	return ds, nil
}

// Move is a learner going from one group to another. From is zero where they come in, To where they leave.
type Move struct {
	Person, From, To id.ID
}

// Move moves a learner within what the actor may: tutors between their own groups.
func (s *Service) Move(ctx context.Context, who access.Actor, a journal.Act, m Move) error {
	if m.From.IsZero() || m.From == m.To {
		return fault.New(fault.NotFound, "")
	}
	for _, g := range []id.ID{m.From, m.To} {
		if g.IsZero() {
			continue
		}
		if _, err := s.Group(ctx, who, g); err != nil {
			return err
		}
	}
	return s.J.Do(ctx, a, journal.Same(m, "move"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds, err := m.drafts(ctx, q, a.Programme)
		return ds, nil, err
	})
}

// Bring brings learners who are known into a group, all at once: what only who sees every group may.
func (s *Service) Bring(ctx context.Context, who access.Actor, a journal.Act, group id.ID, persons []id.ID) error {
	if !SeesAll(who) {
		return fault.New(fault.NotFound, "")
	}
	if _, err := s.Group(ctx, who, group); err != nil {
		return err
	}
	return s.J.Do(ctx, a, journal.Same(group, persons, "bring"), func(ctx context.Context, q db.Queryer) (all []journal.Draft, _ []job.Job, _ error) {
		for _, p := range persons {
			ds, err := Move{Person: p, To: group}.drafts(ctx, q, a.Programme)
			if err != nil {
				return nil, nil, err
			}
			all = append(all, ds...)
		}
		return all, nil, nil
	})
}

func (m Move) drafts(ctx context.Context, q db.Queryer, programme id.ID) ([]journal.Draft, error) {
	out := people.RoleOf{Role: access.Learner, Of: m.From}
	if m.To.IsZero() {
		return leaves(ctx, q, programme, m.Person, out)
	}
	held, err := people.Grants(ctx, q, programme, m.Person)
	if err != nil {
		return nil, err
	}
	if !(access.Actor{Grants: held}).Has(access.Learner) {
		return nil, fault.New(fault.NotFound, "")
	}
	if m.From.IsZero() {
		out.Of = programme // who was in no group is in one now
	}
	var ds []journal.Draft
	switch {
	case slices.Contains(held, access.Grant(out)):
		ds = append(ds, people.KindRoleTaken.Draft(m.Person, out.Of, out))
	case !m.From.IsZero(): // another page was faster
		return nil, nil
	}
	in := people.RoleOf{Role: access.Learner, Of: m.To}
	if !slices.Contains(held, access.Grant(in)) {
		ds = append(ds, people.KindRoleGiven.Draft(m.Person, m.To, in))
	}
	return ds, nil
}
