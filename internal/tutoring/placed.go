package tutoring

import (
	"context"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
)

// Bounds of what is looked for among all: how many people one page offers to bring into a group, how many who
// came last are looked at for that, and how many of the newest people and groups for the first page.
const (
	maxUnplaced = 200
	newcomers   = 5000
	newest      = 200
)

// Unplaced lists learners who are in no group, who came last first: an import's people, most often.
func (s *Service) Unplaced(ctx context.Context, a access.Actor) ([]people.PersonRow, error) {
	if !SeesAll(a) {
		return nil, fault.New(fault.NotFound, "")
	}
	who, err := s.alone(ctx, a.Programme, newcomers, maxUnplaced)
	if err != nil {
		return nil, err
	}
	return people.Persons.Among(ctx, s.J.DB(), a.Programme, who, "order by joined_at desc,owner desc")
}

// alone finds learners who are in no group among those who came last.
func (s *Service) alone(ctx context.Context, programme id.ID, among, most int) ([]id.ID, error) {
	const text = `select p.owner from (select owner,joined_at from people_person where programme=$1 order by joined_at desc,owner desc limit $2) p
		where exists (select 1 from people_role r where r.programme=$1 and r.owner=p.owner and r.role='learner')
		and not exists (select 1 from people_role r join tutoring_group g on g.programme=r.programme and g.owner=r.of
			where r.programme=$1 and r.owner=p.owner and r.role='learner') order by p.joined_at desc,p.owner desc limit $3`
	return db.Column[id.ID](ctx, s.J.DB(), text, programme, among, most)
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
	Alone  int        // learners who are in no group; counted up to a hundred
}

// Unattended reads it, of the newest people and groups: three queries.
func (s *Service) Unattended(ctx context.Context, programme id.ID) (u Unattended, err error) {
	const without = `select g.owner from (select owner,opened_at from tutoring_group where programme=$1 order by opened_at desc,owner desc limit $2) g
		where not exists (select 1 from people_role r where r.programme=$1 and r.of=g.owner and r.role='tutor') order by g.opened_at desc,g.owner desc limit 5`
	groups, err := db.Column[id.ID](ctx, s.J.DB(), without, programme, newest)
	if err != nil {
		return u, err
	}
	if u.Groups, err = Groups.Among(ctx, s.J.DB(), programme, groups, "order by folded,owner"); err != nil {
		return u, err
	}
	alone, err := s.alone(ctx, programme, newest, 100)
	u.Alone = len(alone)
	return u, err
}
