package tutoring

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/learning"
)

// members reads everybody of a selection with how they are getting on, those who need the tutor first:
// three queries, by role and owner, so that they do not grow with the programme.
func (s *Service) members(ctx context.Context, a access.Actor, v access.Verb, sel Selection) ([]Row, error) {
	if len(sel.Only)+len(sel.Groups) == 0 {
		return nil, nil // nobody is listed without a group
	}
	people, err := s.readMembers(ctx, a, v, sel)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	at := map[id.ID]*Row{}
	for i := range people {
		at[people[i].ID] = &people[i]
	}
	if err := s.readRuns(ctx, a.Programme, at); err != nil {
		return nil, err
	}
	if err := s.readSigns(ctx, a.Programme, at); err != nil {
		return nil, err
	}
	for _, r := range at {
		r.stand(s.J.Now())
	}
	slices.SortFunc(people, func(a, b Row) int { return a.mark().compare(b.mark()) })
	return people, nil
}

// stand decides the standing from what was read.
func (r *Row) stand(now time.Time) {
	slices.SortFunc(r.Runs, func(a, b Run) int {
		return cmp.Or(cmp.Compare(b.LastAt, a.LastAt), bytes.Compare(a.Module[:], b.Module[:]))
	})
	for _, w := range r.Runs {
		r.Begun++
		if w.FinishedAt > 0 {
			r.Done++
		}
		r.Active = max(r.Active, w.LastAt)
	}
	_, stuck := r.Blocked()
	r.Standing = Stand(Facts{Shared: r.shared, Begun: r.Begun, Done: r.Done, Stuck: stuck, Active: max(r.Active, r.attended, r.Joined)}, now)
	if r.Active = max(r.Active, r.attended); !r.shared {
		r.Active = 0
	}
}

func (s *Service) readMembers(ctx context.Context, a access.Actor, v access.Verb, sel Selection) (out []Row, err error) {
	args := db.Args{a.Programme}
	rows, err := s.J.DB().Query(ctx, s.membersText(&args, a, v, sel), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	seen := map[id.ID]bool{}
	for rows.Next() {
		var r Row
		if err := rows.Scan(&r.Group, &r.ID, &r.folded, &r.First, &r.Last, &r.Language, &r.Country, &r.Phone, &r.Email, &r.Joined, &r.shared, &r.Pictured); err != nil {
			return nil, err
		}
		if !seen[r.ID] { // who is in two groups stands once, with the first
			seen[r.ID], out = true, append(out, r)
		}
	}
	return out, rows.Err()
}

// membersText finds learners by their groups or by themselves, within what the actor may. The cross join
// keeps SQLite to that order.
func (s *Service) membersText(args *db.Args, a access.Actor, v access.Verb, sel Selection) string {
	where := "r.of<>$1" // of any group: for those who see all
	if len(sel.Groups) > 0 {
		where = "r.of in (" + db.List(args, sel.Groups) + ")"
	}
	if len(sel.Only) > 0 {
		where += " and r.owner in (" + db.List(args, sel.Only) + ")"
	}
	shared := args.Add(sel.Ask == 0) + " or exists (select 1 from people_permission m where m.programme=$1 and m.owner=r.owner and m.given and m.opens=" +
		args.Add(opensTutor) + " and m.version>=" + args.Add(sel.Ask) + ")"
	photo := "false"
	if sel.Photos > 0 {
		photo = "exists (select 1 from draft d where d.programme=$1 and d.kind='photo' and d.person=r.owner and " + permitsPhoto(args, sel.Photos) + ")"
	}
	allowed := a.Filter(args, v, access.Identity, "r.owner", s.J.Now().UnixMicro())
	return "select r.of,p.owner,p.folded,p.first,p.last,p.language,p.country,p.phone,p.email,p.joined_at," + shared + "," + photo + `
		from people_role r cross join people_person p
		where r.programme=$1 and r.role='learner' and ` + where + " and p.programme=$1 and p.owner=r.owner and " + allowed + " order by r.since,r.of"
}

// maxOwners bounds the owners of one statement.
const maxOwners = 500

// readRuns reads where each person is, of those who share it.
func (s *Service) readRuns(ctx context.Context, programme id.ID, at map[id.ID]*Row) error {
	for owners := range slices.Chunk(ownersOf(at, func(r *Row) bool { return r.shared }), maxOwners) {
		runs, err := learning.Runs.Among(ctx, s.J.DB(), programme, owners, "")
		if err != nil {
			return err
		}
		for _, w := range runs {
			at[w.Owner].Runs = append(at[w.Owner].Runs, Run{RunRow: w})
		}
	}
	return nil
}

func ownersOf(at map[id.ID]*Row, which func(*Row) bool) (out []id.ID) {
	for owner, r := range at {
		if which(r) {
			out = append(out, owner)
		}
	}
	return out
}
