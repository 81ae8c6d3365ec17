package tutoring

import (
	"context"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/learning"
)

// trialsOf counts each person who was there once, however many half-days they came.
const trialsOf = `select s.owner,s.code,s.title,s.held_on,s.state,s.number,coalesce(o.name,''),
	(select count(distinct a.owner) from tutoring_attendance a where a.programme=$1 and a.session=s.owner and a.there)
	from tutoring_session s left join people_organisation o on o.programme=s.programme and o.owner=s.organisation
	where s.programme=$1 and s.module=$2 and s.kind='trial' and s.state in ('running','held') order by s.held_on desc,s.owner desc limit 50`

// Trials lists the sessions in which a module is tried, or was, the latest first: one query.
func (s *Service) Trials(ctx context.Context, programme id.ID, slug string) (out []learning.Trial, err error) {
	rows, err := s.J.DB().Query(ctx, trialsOf, programme, slug)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var w learning.Trial
		if err := rows.Scan(&w.Session, &w.Code, &w.Title, &w.Day, &w.State, &w.Number, &w.Organisation, &w.There); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, rows.Err()
}

// standing is the version of a session's module that stands now; 0 where it has none.
func standing(ctx context.Context, q db.Queryer, programme id.ID, w SessionRow) (int64, error) {
	if w.Module == "" {
		return 0, nil
	}
	m, _, err := learning.Modules.One(ctx, q, programme, "and slug=$2", w.Module)
	return m.Number, err
}
