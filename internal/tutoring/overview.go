package tutoring

import (
	"context"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// Overview is a group in the coordinator's list.
type Overview struct {
	GroupRow
	Partner  string // the organisation's name
	Learners int64
	Tutors   []string
}

// AllGroups lists every group by name, and where the next page begins: four queries.
func (s *Service) AllGroups(ctx context.Context, programme id.ID, after string, limit int) (out []Overview, next string, err error) {
	from := view.ReadMark(after)
	rows, err := Groups.Select(ctx, s.J.DB(), programme, "and (folded,owner)>($2,$3) order by folded,owner limit $4", from.Text, from.Owner, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(rows) > limit {
		next, rows = view.Mark{Text: rows[limit-1].Folded, Owner: rows[limit-1].Owner}.String(), rows[:limit]
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
	args, at := db.Args{programme}, map[id.ID]*Overview{}
	ids := make([]id.ID, len(groups))
	for i := range groups {
		ids[i], at[groups[i].Owner] = groups[i].Owner, &groups[i]
	}
	in := db.List(&args, ids)
	err := each(ctx, s.J.DB(), learnersIn(in), args, func(g, _ id.ID, n int64, _ string) { at[g].Learners = n })
	if err != nil {
		return err
	}
	return each(ctx, s.J.DB(), tutorsIn(in), args, func(g, _ id.ID, _ int64, name string) {
		at[g].Tutors = append(at[g].Tutors, strings.TrimSpace(name))
	})
}

func learnersIn(groups string) string {
	return "select of,of,count(*),'' from people_role where programme=$1 and role='learner' and of in (" + groups + ") group by of"
}

func tutorsIn(groups string) string {
	return `select r.of,p.owner,0,p.first||' '||p.last from people_role r join people_person p on p.programme=r.programme and p.owner=r.owner
		where r.programme=$1 and r.role='tutor' and r.of in (` + groups + ") order by r.since,p.folded"
}

// each reads lines of a group, a person, a number and a name.
func each(ctx context.Context, q db.Queryer, text string, args []any, f func(group, person id.ID, n int64, name string)) error {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var g, p id.ID
		var n int64
		var name string
		if err := rows.Scan(&g, &p, &n, &name); err != nil {
			return err
		}
		f(g, p, n, name)
	}
	return rows.Err()
}

// Candidate is somebody who can be given a group.
type Candidate struct {
	ID   id.ID
	Name string
}

const candidates = `select p.owner,p.owner,0,p.first||' '||p.last from people_role r join people_person p on p.programme=r.programme and p.owner=r.owner
	where r.programme=$1 and r.role='tutor' group by p.owner,p.folded,p.first,p.last order by p.folded,p.owner limit 500`

// Tutors lists those who can be given a group, by name.
func (s *Service) Tutors(ctx context.Context, programme id.ID) (out []Candidate, err error) {
	err = each(ctx, s.J.DB(), candidates, []any{programme}, func(_, p id.ID, _ int64, name string) {
		out = append(out, Candidate{p, strings.TrimSpace(name)})
	})
	return out, err
}

// TutorsOf lists who accompanies a group, the first of them first.
func (s *Service) TutorsOf(ctx context.Context, programme, group id.ID) (out []Candidate, err error) {
	err = each(ctx, s.J.DB(), tutorsIn("$2"), []any{programme, group}, func(_, p id.ID, _ int64, name string) {
		out = append(out, Candidate{p, strings.TrimSpace(name)})
	})
	return out, err
}
