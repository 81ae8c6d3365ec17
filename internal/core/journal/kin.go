package journal

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// kin tells which owners are one person: their stories fold as one, in the rows of the one into whom the others
// were joined. Whoever was never joined is alone. It is made from all joinings that are known and from nothing
// else, so that the order in which they came cannot matter.
type kin struct {
	into  map[id.ID]id.ID // an owner and who it is, of the joinings that stand
	named map[id.ID]bool  // by any joining, parted ones too: what stands in their rows may come from others' entries
}

// kinOf reads the kin of some owners, and theirs: one query where nobody was joined.
func kinOf(ctx context.Context, q db.Queryer, programme id.ID, owners []id.ID) (kin, error) {
	k := kin{map[id.ID]id.ID{}, map[id.ID]bool{}}
	asked := map[id.ID]bool{}
	for next := owners; len(next) > 0; {
		for _, o := range next {
			asked[o] = true
		}
		for some := range db.Portions(next) {
			if err := k.read(ctx, q, programme, some); err != nil {
				return k, err
			}
		}
		next = nil
		for o := range k.named {
			if !asked[o] {
				next = append(next, o)
			}
		}
	}
	return k, nil
}

// read adds the joinings that name some owners. Of several that join one of them, the one recorded last stands.
func (k kin) read(ctx context.Context, q db.Queryer, programme id.ID, owners []id.ID) error {
	args := db.Args{programme, Joined.Name}
	some := db.List(&args, owners)
	rows, err := q.Query(ctx, `select e.id,j.owner,j.subject,v.id is not null from joined j
		join entry e on e.programme=j.programme and e.id=j.id and e.owner=j.owner and e.subject=j.subject and e.kind=$2
		left join void v on v.programme=j.programme and v.id=j.id
		where j.programme=$1 and (j.owner in (`+some+") or j.subject in ("+some+")) order by e.recorded,e.node,e.seq", args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	seen := map[id.ID]bool{}
	for rows.Next() {
		var said, owner, other id.ID
		var parted bool
		if err := rows.Scan(&said, &owner, &other, &parted); err != nil {
			return err
		}
		if !seen[said] && !parted && slices.Contains(owners, other) { // all of theirs are among these rows
			k.into[other] = owner
		}
		seen[said], k.named[owner], k.named[other] = true, true, true
	}
	return rows.Err()
}

// root is the owner in whose rows somebody's story is folded. Where joinings go round in a circle, it is the
// smallest of it.
func (k kin) root(o id.ID) id.ID {
	way := []id.ID{o}
	for {
		next, ok := k.into[o]
		if !ok {
			return o
		}
		if i := slices.Index(way, next); i >= 0 {
			return slices.MinFunc(way[i:], func(a, b id.ID) int { return bytes.Compare(a[:], b[:]) })
		}
		way, o = append(way, next), next
	}
}

// one are all whose stories fold in the rows of a root, itself first.
func (k kin) one(root id.ID) []id.ID {
	out := []id.ID{root}
	for o := range k.named {
		if o != root && k.root(o) == root {
			out = append(out, o)
		}
	}
	return out
}

// as gives an entry as the rules see it: whoever was joined is the one into whom they were.
func (k kin) as(e Entry) *Entry {
	root := k.root(e.Owner)
	if k.root(e.Author) == root {
		e.Author = root
	}
	e.Owner = root
	return &e
}

// kindred adds to owners whoever was ever joined with them: their rows change together.
func kindred(ctx context.Context, q db.Queryer, programme id.ID, owners map[id.ID]bool) (kin, error) {
	k, err := kinOf(ctx, q, programme, slices.Collect(maps.Keys(owners)))
	maps.Copy(owners, k.named)
	return k, err
}

// Root is in whose rows an owner's story is folded: their own, unless they were joined into somebody else.
func Root(ctx context.Context, q db.Queryer, programme, owner id.ID) (id.ID, error) {
	k, err := kinOf(ctx, q, programme, []id.ID{owner})
	return k.root(owner), err
}

// Erasing ends a person's story, and the stories of all who were joined with it.
func Erasing(ctx context.Context, q db.Queryer, programme, person id.ID, why string) (out []Draft, err error) {
	k, err := kinOf(ctx, q, programme, []id.ID{person})
	for _, o := range k.one(person) {
		out = append(out, Erased.Draft(o, person, Reason{Why: why}))
	}
	return out, err
}

// Joinings are the entries by which others are one with a person, by whom they joined.
func Joinings(ctx context.Context, q db.Queryer, programme, person id.ID) (map[id.ID]id.ID, error) {
	k, err := kinOf(ctx, q, programme, []id.ID{person})
	if err != nil || len(k.into) == 0 {
		return nil, err
	}
	rows, err := q.Query(ctx, `select j.id,j.subject from joined j left join void v on v.programme=j.programme and v.id=j.id
		where j.programme=$1 and j.owner=$2 and v.id is null`, programme, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := map[id.ID]id.ID{}
	for rows.Next() {
		var said, other id.ID
		if err := rows.Scan(&said, &other); err != nil {
			return nil, err
		}
		if k.into[other] == person { // and nobody claimed them later
			out[other] = said
		}
	}
	return out, rows.Err()
}
