package tutoring

import (
	"context"
	"strings"

	"tremplin/internal/core/id"
)

// Tutor is who accompanies a learner, as the learner sees it.
type Tutor struct {
	First, Last, Phone, Organisation string
}

// Name is how the tutor is called on a page.
func (t Tutor) Name() string { return strings.TrimSpace(t.First + " " + t.Last) }

// tutorOf begins with the learner's groups, so that it does not grow with the programme.
const tutorOf = `select p.first,p.last,p.phone,coalesce(o.name,'') from tutoring_group g
	join people_role r on r.programme=$1 and r.of=g.owner and r.role='tutor'
	join people_person p on p.programme=$1 and p.owner=r.owner
	left join people_organisation o on o.programme=$1 and o.owner=g.organisation
	where g.programme=$1 and g.owner=(select l.of from people_role l join tutoring_group x on x.programme=l.programme and x.owner=l.of
		where l.programme=$1 and l.owner=$2 and l.role='learner' order by l.since desc,l.of limit 1)
	order by r.since,p.folded limit 1`

// TutorOf finds who accompanies a learner: of their latest group, the first tutor. One query.
func (s *Service) TutorOf(ctx context.Context, programme, learner id.ID) (t Tutor, ok bool, err error) {
	rows, err := s.J.DB().Query(ctx, tutorOf, programme, learner)
	if err != nil {
		return t, false, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		ok = true
		if err := rows.Scan(&t.First, &t.Last, &t.Phone, &t.Organisation); err != nil {
			return t, false, err
		}
	}
	return t, ok, rows.Err()
}
