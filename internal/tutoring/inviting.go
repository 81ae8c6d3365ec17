package tutoring

import (
	"context"
	"slices"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
)

// maxInvited bounds the groups, organisations or tutors whom one session invites.
const maxInvited = 60

// Groups are those whose people are expected.
func (w SessionRow) Groups() []id.ID {
	if w.InGroup.IsZero() {
		return apart(w.Also)
	}
	return append([]id.ID{w.InGroup}, apart(w.Also)...)
}

// groupOf is into which group somebody comes who arrives unannounced: the first that the actor accompanies, else
// the first.
func (w SessionRow) groupOf(who access.Actor) id.ID {
	for _, g := range w.Groups() {
		if slices.Contains(Mine(who), g) {
			return g
		}
	}
	return w.InGroup
}

// ForStaff tells whether tutors are expected, and no group.
func (w SessionRow) ForStaff() bool { return len(w.Groups()) == 0 && w.Partners+w.Tutors != "" }

// joined writes ids by spaces; apart reads them.
func joined(ids []id.ID) string {
	out := make([]string, len(ids))
	for i, v := range ids {
		out[i] = v.String()
	}
	return strings.Join(out, " ")
}

func apart(s string) (out []id.ID) {
	for text := range strings.FieldsSeq(s) {
		if v, err := id.Parse(text); err == nil {
			out = append(out, v)
		}
	}
	return out
}

// Groups are all that a plan invites.
func (p Planned) Groups() []id.ID { return SessionRow{InGroup: p.Group, Also: joined(p.Also)}.Groups() }

// Invited are whom a session invites, as its plan says it.
func (w SessionRow) Invited() Planned {
	return Planned{Group: w.InGroup, Also: apart(w.Also), Partners: apart(w.Partners), Tutors: apart(w.Tutors)}
}

// mayInvite refuses a plan that invites whom the actor may not: groups that are not theirs, and staff, whom
// those alone invite who see all. Whoever was invited already may stay.
func mayInvite(ctx context.Context, q db.Queryer, who access.Actor, was SessionRow, p Planned) error {
	before := was.Groups()
	for _, g := range p.Groups() {
		if !slices.Contains(before, g) && !holds(who, SessionRow{InGroup: g}) {
			return fault.New(fault.NotFound, "")
		}
	}
	if len(p.Groups()) == 0 && !holds(who, SessionRow{Author: who.Person}) {
		return fault.New(fault.NotFound, "")
	}
	same := joined(p.Partners) == was.Partners && joined(p.Tutors) == was.Tutors
	if same || len(p.Partners)+len(p.Tutors) == 0 {
		return nil
	}
	if !SeesAll(who) {
		return fault.New(fault.NotFound, "")
	}
	for _, o := range p.Partners {
		if err := knownOrganisation(ctx, q, who.Programme, o); err != nil {
			return err
		}
	}
	for _, t := range p.Tutors {
		if err := isTutor(ctx, q, who.Programme, t); err != nil {
			return err
		}
	}
	return nil
}

// staff are the tutors whom a session expects: of its organisations, by a role that they hold there or in one of
// its groups, and those who are named. One query.
func (s *Service) staff(ctx context.Context, programme id.ID, w SessionRow) (out []Row, err error) {
	partners, tutors := apart(w.Partners), apart(w.Tutors)
	if len(partners)+len(tutors) == 0 {
		return nil, nil
	}
	args := db.Args{programme}
	where := "owner in (select r.owner from people_role r left join tutoring_group g on g.programme=$1 and g.owner=r.of where r.programme=$1 and r.role='tutor' and ("
	if len(tutors) > 0 {
		where += "r.owner in (" + db.List(&args, tutors) + ")"
	}
	if len(partners) > 0 {
		if len(tutors) > 0 {
			where += " or "
		}
		in := db.List(&args, partners)
		where += "r.of in (" + in + ") or g.organisation in (" + in + ")"
	}
	rows, err := people.Persons.Select(ctx, s.J.DB(), programme, "and "+where+")) order by folded,owner limit 500", args[1:]...)
	for _, p := range rows {
		out = append(out, Row{ID: p.Owner, First: p.First, Last: p.Last, Language: p.Language, Country: p.Country, folded: p.Folded})
	}
	return out, err
}
