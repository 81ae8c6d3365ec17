package records

import (
	"context"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
	"tremplin/internal/records/xapi"
)

// Actor is somebody of whom platforms tell and who is no participant yet.
type Actor struct {
	ID         id.ID
	Names      []string // under which they were told of
	Statements int64
	Last       time.Time // when the last one arrived
}

// unknown is the condition that holds for the rows of whoever is not among the programme's people.
const unknown = " and not exists (select 1 from people_person p where p.programme=w.programme and p.owner=w.owner)"

// Strangers lists actors whom nobody has claimed, by their first name in order, behind a mark. Two queries.
func (s *Service) Strangers(ctx context.Context, programme id.ID, after view.Mark, limit int) (out []Actor, err error) {
	rows, err := s.J.DB().Query(ctx, `select w.owner,min(w.name) from records_name w where w.programme=$1`+unknown+`
		group by w.owner having min(w.name)>$2 or min(w.name)=$2 and w.owner>$3 order by min(w.name),w.owner limit $4`,
		programme, after.Text, after.Owner, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var a Actor
		var name string
		if err := rows.Scan(&a.ID, &name); err != nil {
			return nil, err
		}
		a.Names = nameless(name)
		out = append(out, a)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, s.count(ctx, programme, out)
}

func nameless(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// count says how much was told of actors, and when.
func (s *Service) count(ctx context.Context, programme id.ID, all []Actor) error {
	if len(all) == 0 {
		return nil
	}
	at, owners := map[id.ID]*Actor{}, []id.ID{}
	for i := range all {
		at[all[i].ID], owners = &all[i], append(owners, all[i].ID)
	}
	args := db.Args{programme}
	rows, err := s.J.DB().Query(ctx, "select owner,count(*),max(stored) from records_statement where programme=$1 and owner in ("+
		db.List(&args, owners)+") group by owner", args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var owner id.ID
		var n, last int64
		if err := rows.Scan(&owner, &n, &last); err != nil {
			return err
		}
		at[owner].Statements, at[owner].Last = n, time.UnixMicro(last).UTC()
	}
	return rows.Err()
}

// Stranger is one actor whom nobody has claimed, with the latest statements; "not found" where there is none.
func (s *Service) Stranger(ctx context.Context, programme, actor id.ID, limit int) (a Actor, told []Statement, err error) {
	rows, err := Names.Select(ctx, s.J.DB(), programme, "and owner=$2 and not exists (select 1 from people_person p where p.programme=$1 and p.owner=$2) order by name limit 20", actor)
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return a, nil, err
	}
	one := []Actor{{ID: actor}}
	for _, r := range rows {
		one[0].Names = append(one[0].Names, nameless(r.Name)...)
	}
	if err := s.count(ctx, programme, one); err != nil {
		return a, nil, err
	}
	told, err = s.Of(ctx, programme, actor, limit)
	return one[0], told, err
}

// Of are the latest statements of one story: a participant's with all that platforms tell, or an actor's.
func (s *Service) Of(ctx context.Context, programme, owner id.ID, limit int) ([]Statement, error) {
	found, err := s.places(ctx, "select owner,statement,stored from records_statement where programme=$1 and owner=$2 order by stored desc limit $3",
		db.Args{programme, owner, limit})
	if err != nil {
		return nil, err
	}
	return s.open(ctx, programme, found)
}

// Suggested are the participants who have the mailbox under which an actor is known.
func (s *Service) Suggested(ctx context.Context, programme id.ID, actor xapi.Object) (out []id.ID, err error) {
	sum := xapi.Mailbox(actor)
	if sum == "" {
		return nil, nil
	}
	rows, err := Mailboxes.Select(ctx, s.J.DB(), programme, "and sum=$2 order by owner limit 5", sum)
	for _, r := range rows {
		out = append(out, r.Owner)
	}
	return out, err
}
