package tutoring

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Meeting is a session as it is planned.
type Meeting struct {
	ID   id.ID // made before the first try
	Said Planned
}

// Plan writes down a session to come, or changes its plan. Whoever accompanies the group may, and whoever
// sees all groups.
func (s *Service) Plan(ctx context.Context, a journal.Act, who access.Actor, m Meeting) error {
	if err := fault.Fields(m.Said.check()...); err != nil {
		return err
	}
	return s.J.Do(ctx, a, journal.Same(m), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		if err := knownOrganisation(ctx, q, a.Programme, m.Said.Organisation); err != nil {
			return nil, nil, err
		}
		was, found, err := Sessions.One(ctx, q, a.Programme, "and owner=$2", m.ID)
		if err == nil && found && !holds(who, was) {
			err = fault.New(fault.NotFound, "")
		}
		if err == nil {
			err = mayInvite(ctx, q, who, was, m.Said)
		}
		if err != nil {
			return nil, nil, err
		}
		return []journal.Draft{KindPlanned.Draft(m.ID, m.ID, m.Said)}, nil, nil
	})
}

// holds tells whether an actor may hold a session: of a group of their own, or one of no group that they planned.
func holds(who access.Actor, w SessionRow) bool {
	if !who.May(access.Write, access.Groups) {
		return false
	}
	if SeesAll(who) {
		return true
	}
	groups := w.Groups()
	if len(groups) == 0 {
		return w.Author == who.Person
	}
	return slices.ContainsFunc(groups, func(g id.ID) bool { return slices.Contains(Mine(who), g) })
}

// MeetingOf reads a session that the actor may hold; any other is "not found".
func (s *Service) MeetingOf(ctx context.Context, who access.Actor, session id.ID) (SessionRow, error) {
	return meetingOf(ctx, s.J.DB(), who, session)
}

func meetingOf(ctx context.Context, q db.Queryer, who access.Actor, session id.ID) (SessionRow, error) {
	w, err := Sessions.Find(ctx, q, who.Programme, "and owner=$2", session)
	if err == nil && !holds(who, w) {
		err = fault.New(fault.NotFound, "")
	}
	return w, err
}

// Start begins a session, with the version of its module that stands by then. One that has begun goes on.
func (s *Service) Start(ctx context.Context, a journal.Act, who access.Actor, session id.ID) error {
	return s.onMeeting(ctx, a, who, session, "start", func(ctx context.Context, q db.Queryer, w SessionRow) ([]journal.Draft, error) {
		if w.State == Running || w.State == Over {
			return nil, nil
		}
		number, err := standing(ctx, q, a.Programme, w)
		return []journal.Draft{KindStarted.Draft(session, session, Started{number})}, err
	})
}

// CallOff says that a session will not be held, and why.
func (s *Service) CallOff(ctx context.Context, a journal.Act, who access.Actor, session id.ID, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return fault.Fields(fault.Field{Name: "why", Key: "tutoring.session.why.missing"})
	}
	return s.onMeeting(ctx, a, who, session, why, func(_ context.Context, _ db.Queryer, w SessionRow) ([]journal.Draft, error) {
		if w.State != ToCome {
			return nil, fault.New(fault.Conflict, "tutoring.session.begun")
		}
		return []journal.Draft{KindOff.Draft(session, session, Off{why})}, nil
	})
}

func (s *Service) onMeeting(ctx context.Context, a journal.Act, who access.Actor, session id.ID, same any, decide func(context.Context, db.Queryer, SessionRow) ([]journal.Draft, error)) error {
	return s.J.Do(ctx, a, journal.Same(session, same), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := meetingOf(ctx, q, who, session)
		if err != nil {
			return nil, nil, err
		}
		ds, err := decide(ctx, q, w)
		return ds, nil, err
	})
}

// Begins is when a session begins, as it was planned; the start of its day where that is all that is known.
func (w SessionRow) Begins() time.Time {
	zone, err := time.LoadLocation(cmp.Or(w.Zone, "UTC"))
	if err != nil {
		zone = time.UTC
	}
	at, err := time.ParseInLocation(time.DateOnly+" 15:04", w.HeldOn+" "+cmp.Or(w.Starts, "00:00"), zone)
	if err != nil {
		return time.Time{}
	}
	return at
}

// HalfNow is the half-day that is running at a moment: the second one from 13:00 on, where there are two.
func (w SessionRow) HalfNow(now time.Time) int64 {
	if w.Halves > 1 && now.In(w.Begins().Location()).Hour() >= 13 {
		return 2
	}
	return 1
}

// held is what the end of a session says, but for how long it was.
func (w SessionRow) held(hours float64) Held {
	return Held{
		Kind: w.Kind, Day: w.HeldOn, Title: w.Title, Place: w.Place, Organisation: w.Organisation, Hours: hours, Mode: w.Mode,
		Path: w.Path, Event: w.Event, Participants: w.Participants, Outside: w.Outside,
	}
}

// Partner is for whom a session is held: its group's, else the one it was, else the actor's own.
func (s *Service) Partner(ctx context.Context, who access.Actor, group id.ID, was SessionRow) (people.OrganisationRow, error) {
	which := who.Organisation
	if !was.Organisation.IsZero() {
		which = was.Organisation
	}
	g, _, err := Groups.One(ctx, s.J.DB(), who.Programme, "and owner=$2", group)
	if err != nil {
		return people.OrganisationRow{}, err
	}
	if !g.Organisation.IsZero() {
		which = g.Organisation
	}
	row, _, err := people.Organisations.One(ctx, s.J.DB(), who.Programme, "and owner=$2", which)
	return row, err
}
