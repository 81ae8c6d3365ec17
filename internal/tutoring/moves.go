package tutoring

import (
	"context"
	"slices"
	"strings"

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

// maxUnplaced is how many people one page offers to bring into a group.
const maxUnplaced = 200

// Unplaced lists learners who are in no group, who came last first: an import's people, most often.
func (s *Service) Unplaced(ctx context.Context, a access.Actor) ([]people.PersonRow, error) {
	if !SeesAll(a) {
		return nil, fault.New(fault.NotFound, "")
	}
	const text = `and exists (select 1 from people_role r where r.programme=$1 and r.owner=people_person.owner and r.role='learner')
		and not exists (select 1 from people_role r join tutoring_group g on g.programme=r.programme and g.owner=r.of
			where r.programme=$1 and r.owner=people_person.owner and r.role='learner') order by joined_at desc,owner desc limit $2`
	return people.Persons.Select(ctx, s.J.DB(), a.Programme, text, maxUnplaced)
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

// TutorsOf lists who accompanies a group, the first of them first.
func (s *Service) TutorsOf(ctx context.Context, programme, group id.ID) (out []Candidate, err error) {
	const text = `select p.owner,0,p.first||' '||p.last from people_role r join people_person p on p.programme=r.programme and p.owner=r.owner
		where r.programme=$1 and r.role='tutor' and r.of=$2 order by r.since,p.folded`
	err = each(ctx, s.J.DB(), text, []any{programme, group}, func(p id.ID, _ int64, name string) {
		out = append(out, Candidate{p, strings.TrimSpace(name)})
	})
	return out, err
}

// GroupsFor lists the groups into which an actor may put somebody, by name.
func (s *Service) GroupsFor(ctx context.Context, a access.Actor) ([]GroupRow, error) {
	if SeesAll(a) {
		return Groups.Select(ctx, s.J.DB(), a.Programme, "order by folded,owner limit 500")
	}
	return s.MyGroups(ctx, a)
}

// Known is a learner who could be brought into a group, with the groups in which they are.
type Known struct {
	people.Person
	Groups []string
}

// Known finds learners by name who are not in a group yet: for who brings somebody in.
func (s *Service) Known(ctx context.Context, a access.Actor, group id.ID, search string) ([]Known, error) {
	if !SeesAll(a) {
		return nil, fault.New(fault.NotFound, "")
	}
	found, _, err := s.People.List(ctx, a, access.Learner, people.Page{Search: search, Limit: 20})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	_, in, err := s.groupsOf(ctx, a.Programme, found)
	var out []Known
	for _, p := range found {
		k := Known{Person: p}
		here := false
		for _, g := range in[p.ID] {
			k.Groups = append(k.Groups, g.Name)
			here = here || g.Owner == group
		}
		if !here {
			out = append(out, k)
		}
	}
	return out, err
}

// groupsOf reads the roles of some people and the groups in which they hold them: two queries.
func (s *Service) groupsOf(ctx context.Context, programme id.ID, of []people.Person) (roles []people.RoleRow, in map[id.ID][]GroupRow, err error) {
	args := db.Args{programme}
	who := make([]id.ID, len(of))
	for i, p := range of {
		who[i] = p.ID
	}
	text := "and owner in (" + db.List(&args, who) + ") order by since,of"
	if roles, err = people.Roles.Select(ctx, s.J.DB(), programme, text, args[1:]...); err != nil || len(roles) == 0 {
		return nil, nil, err
	}
	args = db.Args{programme}
	ids := make([]id.ID, len(roles))
	for i, w := range roles {
		ids[i] = w.Of
	}
	text = "and owner in (" + db.List(&args, ids) + ")"
	groups, err := Groups.Select(ctx, s.J.DB(), programme, text, args[1:]...)
	in = map[id.ID][]GroupRow{}
	for _, w := range roles {
		for _, g := range groups {
			if g.Owner == w.Of {
				in[w.Owner] = append(in[w.Owner], g)
			}
		}
	}
	return roles, in, err
}

// GroupsOf lists the groups of one person, and tells whether they learn: two queries.
func (s *Service) GroupsOf(ctx context.Context, programme, person id.ID) (in []GroupRow, learns bool, err error) {
	roles, all, err := s.groupsOf(ctx, programme, []people.Person{{ID: person}})
	learns = slices.ContainsFunc(roles, func(w people.RoleRow) bool { return w.Role == string(access.Learner) })
	return all[person], learns, err
}

// Unattended is what nobody looks after.
type Unattended struct {
	Groups []GroupRow // without a tutor; some of them
	Alone  int64      // learners who are in no group; counted up to a hundred
}

// Unattended reads it: two queries.
func (s *Service) Unattended(ctx context.Context, programme id.ID) (u Unattended, err error) {
	const without = "and not exists (select 1 from people_role r where r.programme=$1 and r.of=tutoring_group.owner and r.role='tutor') order by folded,owner limit 5"
	if u.Groups, err = Groups.Select(ctx, s.J.DB(), programme, without); err != nil {
		return u, err
	}
	const alone = "select count(*) from (select 1 from people_role where programme=$1 and of=$1 and role='learner' limit 100) x"
	return u, s.J.DB().QueryRow(ctx, alone, programme).Scan(&u.Alone)
}
