package tutoring

import (
	"context"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
)

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
	who := make([]id.ID, len(of))
	for i, p := range of {
		who[i] = p.ID
	}
	if roles, err = people.Roles.Among(ctx, s.J.DB(), programme, who, "order by since,of"); err != nil || len(roles) == 0 {
		return nil, nil, err
	}
	ids := make([]id.ID, len(roles))
	for i, w := range roles {
		ids[i] = w.Of
	}
	groups, err := Groups.Among(ctx, s.J.DB(), programme, ids, "")
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
