package records

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/people"
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
	const first = "coalesce(min(nullif(w.name,'')),'')" // who was told of without a name too has one
	rows, err := s.J.DB().Query(ctx, "select w.owner,"+first+" as name from records_name w where w.programme=$1"+unknown+
		" group by w.owner having "+first+">$2 or "+first+"=$2 and w.owner>$3 order by "+first+",w.owner limit $4",
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

// count says how much platforms told of actors, and when.
func (s *Service) count(ctx context.Context, programme id.ID, all []Actor) error {
	if len(all) == 0 {
		return nil
	}
	at, owners := map[id.ID]*Actor{}, []id.ID{}
	for i := range all {
		at[all[i].ID], owners = &all[i], append(owners, all[i].ID)
	}
	args := db.Args{programme}
	rows, err := s.J.DB().Query(ctx, "select owner,count(*),max(stored) from records_statement where programme=$1 and client<>$1 and owner in ("+
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

// Stranger is one actor whom nobody has claimed, with the latest statements and the names that they tell; ErrClaimed
// where somebody has, "not found" where there is none. Three queries.
func (s *Service) Stranger(ctx context.Context, programme, actor id.ID, limit int) (a Actor, told []Statement, err error) {
	const theirs = `select w.owner,w.statement,w.stored,count(*) over () from records_statement w where w.programme=$1 and w.owner=$2` + unknown + " order by w.stored desc limit $3"
	places, counts, err := s.counted(ctx, theirs, programme, actor, limit)
	if err == nil && len(places) == 0 {
		err = s.gone(ctx, programme, actor)
	}
	if err != nil {
		return a, nil, err
	}
	a = Actor{ID: actor, Statements: counts[0], Last: time.UnixMicro(places[0].Stored).UTC()}
	told, err = s.open(ctx, programme, places)
	for _, w := range told {
		by, _ := w.Object["actor"].(xapi.Object)
		name, _ := by["name"].(string)
		if name != "" && !slices.Contains(a.Names, name) {
			a.Names = append(a.Names, name)
		}
	}
	return a, told, err
}

// gone says why somebody is no stranger.
func (s *Service) gone(ctx context.Context, programme, actor id.ID) error {
	root, err := journal.Root(ctx, s.J.DB(), programme, actor)
	if err == nil && root != actor {
		return ErrClaimed
	}
	return cmp.Or(err, fault.New(fault.NotFound, ""))
}

// counted reads where statements stand, each with a number.
func (s *Service) counted(ctx context.Context, text string, args ...any) (at []found, counts []int64, err error) {
	rows, err := s.J.DB().Query(ctx, text, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var f found
		var n int64
		if err := rows.Scan(&f.Owner, &f.Statement, &f.Stored, &n); err != nil {
			return nil, nil, err
		}
		at, counts = append(at, f), append(counts, n)
	}
	return at, counts, rows.Err()
}

// Suggested are the people whom somebody reaches and who have the mailbox under which an actor is known: one query, none
// where there is no mailbox.
func (s *Service) Suggested(ctx context.Context, a access.Actor, actor xapi.Object) (out []people.Person, err error) {
	sum := xapi.Mailbox(actor)
	if sum == "" {
		return nil, nil
	}
	args := db.Args{a.Programme, sum}
	within := a.Filter(&args, access.Read, access.Identity, "people_person.owner", s.J.Now().UnixMicro())
	rows, err := people.Persons.Select(ctx, s.J.DB(), a.Programme,
		"and owner in (select owner from records_mailbox where programme=$1 and sum=$2) and "+within+" order by folded,owner limit 5", args[1:]...)
	for _, w := range rows {
		out = append(out, w.Person())
	}
	return out, err
}
