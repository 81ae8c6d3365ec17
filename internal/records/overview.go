package records

import (
	"context"

	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// Overview says how many statements there are, by day (2026-11-22), client and verb: kept totals.
type Overview struct {
	Days, Verbs map[string]int64
	Clients     map[id.ID]int64
}

// Statements is how many there are in all.
func (o Overview) Statements() (n int) {
	for _, day := range o.Days {
		n += int(day)
	}
	return n
}

// Overview reads the totals: one query.
func (s *Service) Overview(ctx context.Context, programme id.ID) (Overview, error) {
	out := Overview{Days: map[string]int64{}, Verbs: map[string]int64{}, Clients: map[id.ID]int64{}}
	name := Statements.Name + "/"
	all, err := view.ReadCells(ctx, s.J.DB(), programme, "", name+"day", name+"client", name+"verb")
	for k, n := range all {
		switch {
		case n == 0:
		case k[0] == name+"day":
			out.Days[k[1]] = n
		case k[0] == name+"verb":
			out.Verbs[k[1]] = n
		default:
			client, err := id.Parse(k[1])
			if err != nil {
				return out, err
			}
			out.Clients[client] = n
		}
	}
	return out, err
}
