package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/vault"
)

const columns = "e.programme,e.node,e.seq,e.id,e.kind,e.owner,e.subject,e.at,e.recorded,e.arrived,e.author,e.payload,e.digest"

func (e *Entry) targets() []any {
	return []any{&e.Programme, &e.Node, &e.Seq, &e.ID, &e.Kind, &e.Owner, &e.Subject, &e.At, &e.Recorded, &e.Arrived, &e.Author, &e.Payload, &e.Digest}
}

func (j *Journal) read(ctx context.Context, q db.Queryer, where string, args ...any) ([]Entry, error) {
	rows, err := q.Query(ctx, "select "+columns+" from entry e where "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	var out []Entry
	var e Entry
	for to := e.targets(); rows.Next(); out = append(out, e) {
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
	}
	return out, rows.Err()
}

// open unseals an entry's payload so that Kind.Read can read it.
func (j *Journal) open(ctx context.Context, e *Entry) error {
	env, err := j.unseal(ctx, e)
	e.body, e.v = env.Body, env.V
	return err
}

// Body is an opened entry's payload as JSON, for exports; Kind.Read reads it as its type.
func (e *Entry) Body() json.RawMessage { return e.body }

func (j *Journal) unseal(ctx context.Context, e *Entry) (env envelope, err error) {
	if len(e.Payload) == 0 {
		return env, fmt.Errorf("entry %s has no payload", e.ID)
	}
	clear := e.Payload[1:]
	if e.Payload[0] == sealed {
		a, err := j.vault.AEAD(ctx, vault.Name{Programme: e.Programme, Owner: e.Owner, Node: e.Node})
		if errors.Is(err, vault.ErrDestroyed) {
			return env, ErrErased
		}
		if err != nil {
			return env, err
		}
		if clear, err = a.Open(nil, nil, clear, e.sealedTo()); err != nil {
			return env, fmt.Errorf("entry %s does not open with its key: %w", e.ID, err)
		}
	}
	return env, json.Unmarshal(clear, &env)
}

// Find reads entries by id, opened, in the order asked for; unknown ones are left out. Of a page's many: two queries.
func (j *Journal) Find(ctx context.Context, programme id.ID, wanted ...id.ID) (out []Entry, err error) {
	for some := range slices.Chunk(wanted, page) {
		es, err := j.find(ctx, programme, some)
		if err != nil {
			return nil, err
		}
		out = append(out, es...)
	}
	return out, nil
}

func (j *Journal) find(ctx context.Context, programme id.ID, wanted []id.ID) ([]Entry, error) {
	args := db.Args{programme}
	es, err := j.read(ctx, j.db, "e.programme=$1 and e.id in ("+db.List(&args, wanted)+") order by e.recorded,e.node", args...)
	if err != nil {
		return nil, err
	}
	first, owners := map[id.ID]int{}, []id.ID{}
	for i, e := range es {
		if _, twice := first[e.ID]; !twice {
			first[e.ID], owners = i, append(owners, e.Owner)
		}
	}
	if err := j.vault.Load(ctx, programme, owners); err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(first))
	for _, w := range wanted {
		i, ok := first[w]
		if !ok {
			continue
		}
		if err := j.open(ctx, &es[i]); err != nil {
			return nil, err
		}
		out = append(out, es[i])
	}
	return out, nil
}

// TakenBack tells whether an entry was voided.
func TakenBack(ctx context.Context, q db.Queryer, programme, entry id.ID) (bool, error) {
	var n int
	err := q.QueryRow(ctx, "select count(*) from void where programme=$1 and id=$2", programme, entry).Scan(&n)
	return n > 0, err
}

// Owners tells in whose story entries were written, by their ids; of an id that is not known it says nothing.
func Owners(ctx context.Context, q db.Queryer, programme id.ID, wanted ...id.ID) (map[id.ID]id.ID, error) {
	out := map[id.ID]id.ID{}
	for _, w := range wanted {
		var owner id.ID
		err := q.QueryRow(ctx, "select owner from entry where programme=$1 and id=$2 order by recorded,node limit 1", programme, w).Scan(&owner)
		switch {
		case errors.Is(err, db.ErrNoRows):
		case err != nil:
			return nil, err
		default:
			out[w] = owner
		}
	}
	return out, nil
}

// Where tells in whose rows an entry is folded; ok is false where it is not known.
func Where(ctx context.Context, q db.Queryer, programme, entry id.ID) (root id.ID, ok bool, err error) {
	owners, err := Owners(ctx, q, programme, entry)
	if err != nil || len(owners) == 0 {
		return root, false, err
	}
	root, err = Root(ctx, q, programme, owners[entry])
	return root, true, err
}
