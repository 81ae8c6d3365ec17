package tutoring

import (
	"context"
	"fmt"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
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
func (s *Service) OpenGroup(ctx context.Context, a Act, g NewGroup) error {
	if err := fault.Fields(g.Said.check()...); err != nil {
		return err
	}
	return s.do(ctx, a, journal.Same(g), func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
		if err := knownOrganisation(ctx, q, a.Programme, g.Said.Organisation); err != nil {
			return nil, err
		}
		ds := []journal.Draft{KindOpened.Draft(g.ID, g.ID, g.Said)}
		if g.Tutor.IsZero() {
			return ds, nil
		}
		return append(ds, tutorDraft(g.Tutor, g.ID)), isTutor(ctx, q, a.Programme, g.Tutor)
	})
}

// AssignTutor gives a group one more tutor.
func (s *Service) AssignTutor(ctx context.Context, a Act, group, tutor id.ID) error {
	return s.do(ctx, a, journal.Same(group, tutor, "assign"), func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
		if _, ok, err := Groups.One(ctx, q, a.Programme, "and owner=$2", group); err != nil || !ok {
			return nil, orNotFound(err)
		}
		return []journal.Draft{tutorDraft(tutor, group)}, isTutor(ctx, q, a.Programme, tutor)
	})
}

func tutorDraft(tutor, group id.ID) journal.Draft {
	return people.KindRoleGiven.Draft(tutor, group, people.RoleOf{Role: access.Tutor, Of: group})
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "")
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
	mine := Mine(a)
	if len(mine) == 0 {
		return nil, nil
	}
	b := binder{args: []any{a.Programme}}
	return Groups.Select(ctx, s.J.DB(), a.Programme, "and owner in ("+b.list(mine)+") order by folded,owner", b.args[1:]...)
}

// Group reads a group that an actor may see; any other is "not found".
func (s *Service) Group(ctx context.Context, a access.Actor, group id.ID) (GroupRow, error) {
	mine := SeesAll(a)
	for _, g := range Mine(a) {
		mine = mine || g == group
	}
	row, ok, err := Groups.One(ctx, s.J.DB(), a.Programme, "and owner=$2", group)
	if err == nil && (!ok || !mine) {
		err = fault.New(fault.NotFound, "")
	}
	return row, err
}

// Overview is a group in the coordinator's list.
type Overview struct {
	GroupRow
	Partner  string // the organisation's name
	Learners int64
	Tutors   []string
}

// AllGroups lists every group by name, and where the next page begins: four queries.
func (s *Service) AllGroups(ctx context.Context, programme id.ID, after string, limit int) (out []Overview, next string, err error) {
	folded, last := cut(after)
	rows, err := Groups.Select(ctx, s.J.DB(), programme, "and (folded,owner)>($2,$3) order by folded,owner limit $4", folded, last, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(rows) > limit {
		next, rows = rows[limit-1].Folded+"|"+rows[limit-1].Owner.String(), rows[:limit]
	}
	partners, err := s.People.Partners(ctx, programme)
	if err != nil {
		return nil, "", err
	}
	names := map[id.ID]string{}
	for _, p := range partners {
		names[p.Owner] = p.Name
	}
	for _, g := range rows {
		out = append(out, Overview{GroupRow: g, Partner: names[g.Organisation]})
	}
	return out, next, s.fill(ctx, programme, out)
}

// fill counts the learners of some groups and names their tutors.
func (s *Service) fill(ctx context.Context, programme id.ID, groups []Overview) error {
	if len(groups) == 0 {
		return nil
	}
	b, at := binder{args: []any{programme}}, map[id.ID]*Overview{}
	ids := make([]id.ID, len(groups))
	for i := range groups {
		ids[i], at[groups[i].Owner] = groups[i].Owner, &groups[i]
	}
	in := b.list(ids)
	err := each(ctx, s.J.DB(), learnersIn(in), b.args, func(g id.ID, n int64, _ string) { at[g].Learners = n })
	if err != nil {
		return err
	}
	return each(ctx, s.J.DB(), tutorsIn(in), b.args, func(g id.ID, _ int64, name string) {
		at[g].Tutors = append(at[g].Tutors, strings.TrimSpace(name))
	})
}

func learnersIn(groups string) string {
	return "select of,count(*),'' from people_role where programme=$1 and role='learner' and of in (" + groups + ") group by of"
}

func tutorsIn(groups string) string {
	return `select r.of,0,p.first||' '||p.last from people_role r join people_person p on p.programme=r.programme and p.owner=r.owner
		where r.programme=$1 and r.role='tutor' and r.of in (` + groups + ") order by r.since,p.folded"
}

func each(ctx context.Context, q db.Queryer, text string, args []any, f func(id.ID, int64, string)) error {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var v id.ID
		var n int64
		var name string
		if err := rows.Scan(&v, &n, &name); err != nil {
			return err
		}
		f(v, n, name)
	}
	return rows.Err()
}

// Candidate is somebody who can be given a group.
type Candidate struct {
	ID   id.ID
	Name string
}

const candidates = `select p.owner,0,p.first||' '||p.last from people_role r join people_person p on p.programme=r.programme and p.owner=r.owner
	where r.programme=$1 and r.role='tutor' group by p.owner,p.folded,p.first,p.last order by p.folded,p.owner limit 500`

// Tutors lists those who can be given a group, by name.
func (s *Service) Tutors(ctx context.Context, programme id.ID) (out []Candidate, err error) {
	err = each(ctx, s.J.DB(), candidates, []any{programme}, func(p id.ID, _ int64, name string) {
		out = append(out, Candidate{p, strings.TrimSpace(name)})
	})
	return out, err
}

// cut takes the mark of a page apart: "folded|id".
func cut(after string) (folded string, last id.ID) {
	i := strings.LastIndexByte(after, '|')
	if i < 0 {
		return "", last
	}
	last, _ = id.Parse(after[i+1:]) // a mark that somebody changed begins elsewhere, no more
	return after[:i], last
}

// binder numbers the parameters of a query while its text is written.
type binder struct{ args []any }

func (b *binder) add(v any) string {
	b.args = append(b.args, v)
	return fmt.Sprintf("$%d", len(b.args))
}

func (b *binder) list(ids []id.ID) string {
	marks := make([]string, len(ids))
	for i, v := range ids {
		marks[i] = b.add(v)
	}
	return strings.Join(marks, ",")
}
