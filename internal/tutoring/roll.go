package tutoring

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/people"
)

// Mark is what a device says of one half-day of one person.
type Mark struct {
	Person   id.ID
	Half     int64 // 1 or 2
	State    string
	How      string
	Own      bool   // the person signs by this
	Document string // SHA-256
	Over     id.ID  // the mark that the device had seen; zero: none
}

func (m Mark) check(w SessionRow) error {
	if !slices.Contains(States, m.State) || !slices.Contains(Ways, m.How) || m.Half < 1 || m.Half > max(w.Halves, 1) {
		return fault.Fields(fault.Field{Name: "state", Key: "tutoring.roll.wrong"})
	}
	return nil
}

// Roll writes marks of a session down, all or nothing. What is known already is not written again; what
// crossed another device's mark is settled by rules that no clock decides.
func (s *Service) Roll(ctx context.Context, a journal.Act, who access.Actor, session id.ID, marks ...Mark) error {
	return s.J.Do(ctx, a, journal.Same(session, marks), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := meetingOf(ctx, q, who, session)
		if err == nil {
			err = s.expects(ctx, q, who, marks)
		}
		if err != nil {
			return nil, nil, err
		}
		ds, err := roll(ctx, q, a, w, marks)
		return ds, nil, err
	})
}

// expects refuses marks of people whom the actor does not accompany: one query.
func (s *Service) expects(ctx context.Context, q db.Queryer, who access.Actor, marks []Mark) error {
	var asked []id.ID
	for _, m := range marks {
		if !slices.Contains(asked, m.Person) {
			asked = append(asked, m.Person)
		}
	}
	if len(asked) == 0 {
		return nil
	}
	args := db.Args{who.Programme}
	in := db.List(&args, asked)
	text := "select count(*) from people_person p where p.programme=$1 and p.owner in (" + in + ") and " +
		who.Filter(&args, access.Write, access.Identity, "p.owner", s.J.Now().UnixMicro())
	var n int
	err := q.QueryRow(ctx, text, args...).Scan(&n)
	if err == nil && n < len(asked) {
		err = fault.New(fault.NotFound, "")
	}
	return err
}

// Here is somebody who says on their own phone that they are there: the running half-day of a running session.
func (s *Service) Here(ctx context.Context, a journal.Act, person, session id.ID, half int64) error {
	return s.J.Do(ctx, a, journal.Same(session, person, half), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := Sessions.Find(ctx, q, a.Programme, "and owner=$2", session)
		switch {
		case err != nil:
			return nil, nil, err
		case w.State != Running:
			return nil, nil, fault.New(fault.Conflict, "tutoring.session.not-running")
		}
		was, err := attendanceOf(ctx, q, a.Programme, person, session, half)
		if err != nil {
			return nil, nil, err
		}
		m := Mark{Person: person, Half: half, State: Present, How: ByPhone, Own: true, Over: was.Entry}
		if was.There {
			m.State = was.State
		}
		ds, err := roll(ctx, q, a, w, []Mark{m})
		return ds, nil, err
	})
}

// AttendanceOf reads one half-day of somebody; the zero row where nothing is said of it yet.
func (s *Service) AttendanceOf(ctx context.Context, programme, person, session id.ID, half int64) (AttendanceRow, error) {
	return attendanceOf(ctx, s.J.DB(), programme, person, session, half)
}

// Came tells whether somebody was in a session, in either half of it: one query.
func (s *Service) Came(ctx context.Context, programme, person, session id.ID) (bool, error) {
	rows, err := Attendances.Select(ctx, s.J.DB(), programme, "and owner=$2 and session=$3 and there limit 1", person, session)
	return len(rows) > 0, err
}

func attendanceOf(ctx context.Context, q db.Queryer, programme, person, session id.ID, half int64) (AttendanceRow, error) {
	row, _, err := Attendances.One(ctx, q, programme, "and owner=$2 and session=$3 and half=$4", person, session, half)
	return row, err
}

// roll decides what is written of some marks: one query for all.
func roll(ctx context.Context, q db.Queryer, a journal.Act, w SessionRow, marks []Mark) (ds []journal.Draft, err error) {
	known, err := rollOf(ctx, q, a.Programme, w.Owner)
	if err != nil {
		return nil, err
	}
	for _, m := range marks {
		if err := m.check(w); err != nil {
			return nil, err
		}
		at := slot{m.Person, m.Half}
		was, found := known[at]
		said, write := settle(was, found, m.entry(w), m.Over == was.Entry)
		if !write {
			continue
		}
		said.Signed = IsThere(said.State) && (said.Own || was.OwnAt > 0) && (said.Sealed || was.SealedAt > 0)
		ds = append(ds, KindMarked.Draft(m.Person, w.Owner, said).When(m.when(a.At, w)))
	}
	return ds, nil
}

// when is the moment of a mark: who signs with their presence does it at that very moment.
func (m Mark) when(at time.Time, w SessionRow) time.Time {
	if m.How == ByHand || m.How == ByCard {
		return at
	}
	return when(at, w)
}

func (m Mark) entry(w SessionRow) Marked {
	return Marked{
		Half: m.Half, State: m.State, How: m.How, Own: m.Own, Document: m.Document,
		Sealed: w.State == Over && IsThere(m.State), // whoever corrects an ended session signs by it
		Kind:   w.Kind, Organisation: w.Organisation, Path: w.Path, Module: w.Module, Number: w.Number,
	}
}

// when is the moment of a mark: now, while the session lasts; afterwards its own day, on which it happened.
func when(at time.Time, w SessionRow) time.Time {
	if w.State != Over || w.Begins().IsZero() {
		return at
	}
	return w.Begins()
}

// slot is a place in a roll.
type slot struct {
	Person id.ID
	Half   int64
}

func rollOf(ctx context.Context, q db.Queryer, programme, session id.ID) (map[slot]AttendanceRow, error) {
	rows, err := Attendances.Select(ctx, q, programme, "and session=$2", session)
	out := map[slot]AttendanceRow{}
	for _, r := range rows {
		out[slot{r.Owner, r.Half}] = r
	}
	return out, err
}

// WalkIn enters somebody who comes unannounced, with a first name and a language, and marks them as present.
// What is to be read before anything is kept with their agreement waits for their first visit.
func (s *Service) WalkIn(ctx context.Context, a journal.Act, who access.Actor, session id.ID, half int64, said people.Described) error {
	if err := fault.Fields(said.Check()...); err != nil {
		return err
	}
	person := id.Derive(a.ID[:], []byte("person"))
	return s.J.Do(ctx, a, journal.Same(session, half, said), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := meetingOf(ctx, q, who, session)
		if err != nil {
			return nil, nil, err
		}
		if w.ForStaff() { // nobody becomes a learner at a training of tutors
			return nil, nil, fault.New(fault.NotFound, "")
		}
		ds := people.Newcomer{ID: person, Said: said, Role: access.Learner, Of: w.groupOf(who)}.Drafts(a.Programme)
		there, err := roll(ctx, q, a, w, []Mark{{Person: person, Half: half, State: Present, How: ByRoll}})
		return append(ds, there...), nil, err
	})
}

// End closes a session: whoever held it signs for everybody who was there, and says how many hours it was.
// Who closes it a second time changes no more than the hours.
func (s *Service) End(ctx context.Context, a journal.Act, who access.Actor, session id.ID, hours float64) error {
	return s.J.Do(ctx, a, journal.Same(session, hours), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		w, err := meetingOf(ctx, q, who, session)
		if err != nil {
			return nil, nil, err
		}
		h := w.held(hours)
		if err := fault.Fields(h.check()...); err != nil {
			return nil, nil, err
		}
		var ds []journal.Draft
		if w.State != Over || w.Hours != hours {
			ds = append(ds, KindHeld.Draft(session, session, h))
		}
		known, err := rollOf(ctx, q, a.Programme, session)
		if err != nil {
			return nil, nil, err
		}
		return append(ds, seal(a, w, known)...), nil, nil
	})
}

// seal signs for everybody who was there and is not signed for yet.
func seal(a journal.Act, w SessionRow, known map[slot]AttendanceRow) (ds []journal.Draft) {
	for _, r := range inOrder(known, func(r AttendanceRow) bool { return r.There && r.SealedAt == 0 }) {
		m := Mark{Half: r.Half, State: r.State, How: r.How}.entry(w)
		m.Sealed, m.Differs, m.Signed = true, r.Differs, r.OwnAt > 0
		ds = append(ds, KindMarked.Draft(r.Owner, w.Owner, m).When(when(a.At, w)))
	}
	return ds
}

// inOrder are some rows of a roll, by person and half: a decision that runs again says the same.
func inOrder(known map[slot]AttendanceRow, which func(AttendanceRow) bool) (rows []AttendanceRow) {
	for _, r := range known {
		if which(r) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b AttendanceRow) int {
		return cmp.Or(slices.Compare(a.Owner[:], b.Owner[:]), cmp.Compare(a.Half, b.Half))
	})
	return rows
}
