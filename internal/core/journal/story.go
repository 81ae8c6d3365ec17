package journal

import (
	"context"
	"iter"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// story is what happened to one person, in order: unopened and without digest.
type story struct {
	entries []Entry
	voided  []bool // which of them were taken back
	erased  []id.ID
	over    bool // the person was erased
}

// standing are the entries that count: each id once, at its first place.
func (t story) standing() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		seen := map[id.ID]bool{}
		for i := range t.entries {
			e := &t.entries[i]
			if t.over || t.voided[i] || seen[e.ID] || slices.Contains(t.erased, e.Owner) {
				continue
			}
			if seen[e.ID] = true; !yield(e) {
				return
			}
		}
	}
}

// story reads the entries of all who are one person, the root first. Every column costs: this is what a rebuild spends
// its time on.
func (j *Journal) story(ctx context.Context, q db.Queryer, programme id.ID, one []id.ID) (t story, err error) {
	args := db.Args{programme}
	owners := db.List(&args, one)
	if t.erased, err = ids(ctx, q, "select owner from erased where programme=$1 and owner in ("+owners+")", args...); err != nil {
		return t, err
	}
	t.over = slices.Contains(t.erased, one[0])
	rows, err := q.Query(ctx, `select e.owner,e.node,e.seq,e.id,e.kind,e.subject,e.at,e.recorded,e.arrived,e.author,e.payload,v.id is not null
		from entry e left join void v on v.programme=e.programme and v.id=e.id
		where e.programme=$1 and e.owner in (`+owners+") order by e.recorded,e.node,e.seq", args...)
	if err != nil {
		return t, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	e, gone := Entry{Programme: programme}, false
	to := []any{&e.Owner, &e.Node, &e.Seq, &e.ID, &e.Kind, &e.Subject, &e.At, &e.Recorded, &e.Arrived, &e.Author, &e.Payload, &gone}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return t, err
		}
		t.entries, t.voided = append(t.entries, e), append(t.voided, gone)
	}
	return t, rows.Err()
}

// History is a person's story in order, opened: their timeline. Voided entries and repeats are left out; of somebody
// who was joined into another one it is that one's.
func (j *Journal) History(ctx context.Context, programme, owner id.ID) (out []Entry, err error) {
	k, err := kinOf(ctx, j.db, programme, []id.ID{owner})
	if err != nil {
		return nil, err
	}
	t, err := j.story(ctx, j.db, programme, k.one(k.root(owner)))
	if err == nil && t.over {
		err = ErrErased
	}
	if err != nil {
		return nil, err
	}
	for e := range t.standing() {
		if err := j.open(ctx, e); err != nil {
			return nil, err
		}
		out = append(out, *k.as(*e))
	}
	return out, nil
}
