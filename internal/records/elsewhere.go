package records

import (
	"context"
	"time"

	"tremplin/internal/core/id"
)

// Elsewhere is under what somebody is known on other platforms, and what these told of them last.
type Elsewhere struct {
	Invited  []InvitationRow // the names that they were given
	Accounts []Account       // the latest first
	Latest   []Statement
}

// Account is an actor who is a participant, with the latest that was told of them so.
type Account struct {
	Actor      id.ID
	Statements int64
	Latest     Statement
}

// theirs are where somebody's latest statements stand, and the latest of each actor that they are, with how many there
// are of it: an entry says whose it was before it was told that they are one. What they learnt
// here, which has the programme as client, is left out.
const theirs = `select own,statement,stored,n from (select e.owner as own,s.statement,s.stored,
		count(*) over (partition by e.owner) as n,
		row_number() over (partition by e.owner order by s.stored desc) as one,
		row_number() over (order by s.stored desc) as place
		from records_statement s join entry e on e.programme=s.programme and e.id=s.statement where s.programme=$1 and s.owner=$2 and s.client<>$1) t
	where place<=$3 or one=1 and own<>$2 order by stored desc limit 200`

// Elsewhere reads it, with some of the latest statements: four queries.
func (s *Service) Elsewhere(ctx context.Context, programme, person id.ID, latest int) (out Elsewhere, err error) {
	if out.Invited, err = Invitations.Select(ctx, s.J.DB(), programme, "and owner=$2 order by at,code", person); err != nil {
		return out, err
	}
	at, counts, err := s.counted(ctx, theirs, programme, person, latest)
	if err != nil {
		return out, err
	}
	told, err := s.open(ctx, programme, at)
	if err != nil {
		return out, err
	}
	out.Latest = told[:min(latest, len(told))]
	many := map[id.ID]int64{}
	for i, f := range at {
		many[f.Owner] = counts[i]
	}
	for _, w := range told {
		if n := many[w.Owner]; n > 0 && w.Owner != person {
			out.Accounts = append(out.Accounts, Account{w.Owner, n, w})
			delete(many, w.Owner)
		}
	}
	return out, nil
}

// Told says how much platforms told of somebody, and when the last of it came: one query.
func (s *Service) Told(ctx context.Context, programme, person id.ID) (Actor, error) {
	one := []Actor{{ID: person}}
	err := s.count(ctx, programme, one)
	return one[0], err
}

// Platform is what one platform told of somebody.
type Platform struct {
	Name       string // empty: it is not known any more
	Statements int64
	First      time.Time // when the first arrived
}

// PlatformsOf are the platforms that told of somebody, in the order in which they began: one query.
func (s *Service) PlatformsOf(ctx context.Context, programme, person id.ID) (out []Platform, err error) {
	rows, err := s.J.DB().Query(ctx, `select coalesce(c.name,''),s.n,s.first from (select client,count(*) as n,min(stored) as first from records_statement
		where programme=$1 and owner=$2 and client<>$1 group by client) s left join records_client c on c.programme=$1 and c.owner=s.client order by s.first`, programme, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var w Platform
		var first int64
		if err := rows.Scan(&w.Name, &w.Statements, &first); err != nil {
			return nil, err
		}
		w.First = time.UnixMicro(first).UTC()
		out = append(out, w)
	}
	return out, rows.Err()
}
