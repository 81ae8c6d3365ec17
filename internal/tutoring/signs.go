package tutoring

import (
	"context"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// readSigns reads what else tells of people: half-days signed, asking how they are, cards and PINs.
func (s *Service) readSigns(ctx context.Context, programme id.ID, at map[id.ID]*Row) error {
	for owners := range slices.Chunk(ownersOf(at, func(*Row) bool { return true }), maxOwners) {
		args := db.Args{programme}
		if err := s.readSome(ctx, signsText(&args, owners), args, at); err != nil {
			return err
		}
	}
	return nil
}

func signsText(args *db.Args, owners []id.ID) string {
	in := "programme=$1 and owner in (" + db.List(args, owners) + ")"
	return "select owner,'half',max(at),sum(case when signed then 1 else 0 end) from tutoring_attendance where there and " + in + " group by owner union all " +
		"select owner,'nudge',max(at),count(*) from tutoring_nudge where " + in + " group by owner union all " +
		"select owner,what,at,1 from tutoring_handed where " + in
}

func (s *Service) readSome(ctx context.Context, text string, args []any, at map[id.ID]*Row) error {
	rows, err := s.J.DB().Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var owner id.ID
		var what string
		var last, n int64
		if err := rows.Scan(&owner, &what, &last, &n); err != nil {
			return err
		}
		at[owner].sign(what, last, n)
	}
	return rows.Err()
}

func (r *Row) sign(what string, last, n int64) {
	switch what {
	case "half":
		r.attended, r.Halves = last, n
	case "nudge":
		r.Asked = last
	case "card":
		r.Carded = last
	case "pin":
		r.Pinned = last
	}
}
