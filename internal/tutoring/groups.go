package tutoring

import (
	"context"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// NewGroup is a group about to be opened.
type NewGroup struct {
	ID    id.ID // made before the first try
	Said  Opened
	Tutor id.ID // who accompanies it; zero: nobody yet
}

// OpenGroup opens a group and gives it its tutor.
func (s *Service) OpenGroup(ctx context.Context, a journal.Act, g NewGroup) error {
	if err := fault.Fields(g.Said.check()...); err != nil {
		return err
	}
	return s.J.Do(ctx, a, journal.Same(g), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if err := knownOrganisation(ctx, q, a.Programme, g.Said.Organisation); err != nil {
			return nil, nil, err
		}
		ds := []journal.Draft{KindOpened.Draft(g.ID, g.ID, g.Said)}
		if g.Tutor.IsZero() {
			return ds, nil, nil
		}
		return append(ds, tutorDraft(g.Tutor, g.ID)), nil, isTutor(ctx, q, a.Programme, g.Tutor)
	})
}

// AssignTutor gives a group one more tutor.
func (s *Service) AssignTutor(ctx context.Context, a journal.Act, group, tutor id.ID) error {
	return s.J.Do(ctx, a, journal.Same(group, tutor, "assign"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if _, err := Groups.Find(ctx, q, a.Programme, "and owner=$2", group); err != nil {
			return nil, nil, err
		}
		return []journal.Draft{tutorDraft(tutor, group)}, nil, isTutor(ctx, q, a.Programme, tutor)
	})
}

func tutorDraft(tutor, group id.ID) journal.Draft {
	return people.KindRoleGiven.Draft(tutor, group, people.RoleOf{Role: access.Tutor, Of: group})
}

func knownOrganisation(ctx context.Context, q db.Queryer, programme, organisation id.ID) error {
	if organisation.IsZero() {
		return nil
	}
	_, ok, err := people.Organisations.One(ctx, q, programme, "and owner=$2", organisation)
	if err == nil && !ok {
		err = fault.Fields(fault.Field{Name: "organisation", Key: "tutoring.group.organisation.unknown"})
	}
	return err
}

// isTutor refuses to give a group to somebody who is no tutor.
func isTutor(ctx context.Context, q db.Queryer, programme, person id.ID) error {
	gs, err := people.Grants(ctx, q, programme, person)
	if err == nil && !(access.Actor{Grants: gs}).Has(access.Tutor) {
		err = fault.Fields(fault.Field{Name: "tutor", Key: "tutoring.group.tutor.unknown"})
	}
	return err
}

// Mine are the groups that an actor accompanies, by their roles.
func Mine(a access.Actor) (out []id.ID) {
	for _, g := range a.Grants {
		if g.Role == access.Tutor && g.Of != a.Programme {
			out = append(out, g.Of)
		}
	}
	return out
}

// SeesAll tells whether an actor sees every group, as a coordinator does.
func SeesAll(a access.Actor) bool { return a.Can(access.Read, access.Groups) >= access.Programme }

// MyGroups lists the groups that an actor accompanies, by name.
func (s *Service) MyGroups(ctx context.Context, a access.Actor) ([]GroupRow, error) {
	return Groups.Among(ctx, s.J.DB(), a.Programme, Mine(a), "order by folded,owner")
}

// Group reads a group that an actor may see; any other is "not found".
func (s *Service) Group(ctx context.Context, a access.Actor, group id.ID) (GroupRow, error) {
	mine := SeesAll(a)
	for _, g := range Mine(a) {
		mine = mine || g == group
	}
	row, err := Groups.Find(ctx, s.J.DB(), a.Programme, "and owner=$2", group)
	if err == nil && !mine {
		err = fault.New(fault.NotFound, "")
	}
	return row, err
}
