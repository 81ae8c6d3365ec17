// Package draft keeps work in progress: plain rows without history, one per kind, key and person.
// Losing one loses nothing that happened.
package draft

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Draft names a piece of work in progress.
type Draft struct {
	Programme id.ID
	Kind      string // "module", "import"
	Key       string // what it is about
	Person    id.ID  // whose work; zero where it is shared
}

// Put keeps the work as JSON.
func Put(ctx context.Context, d *db.DB, n Draft, body any, now time.Time) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	const q = `insert into draft(programme,kind,key,person,body,changed) values($1,$2,$3,$4,$5,$6)
		on conflict(programme,kind,key,person) do update set body=excluded.body,changed=excluded.changed`
	_, err = d.Exec(ctx, q, n.Programme, n.Kind, n.Key, n.Person, b, now.UnixMicro())
	return err
}

// Get reads the work into body; ok is false where there is none.
func Get(ctx context.Context, q db.Queryer, n Draft, body any) (changed time.Time, ok bool, err error) {
	var b []byte
	var at int64
	err = q.QueryRow(ctx, "select body,changed from draft where programme=$1 and kind=$2 and key=$3 and person=$4",
		n.Programme, n.Kind, n.Key, n.Person).Scan(&b, &at)
	if errors.Is(err, db.ErrNoRows) {
		return changed, false, nil
	}
	if err != nil {
		return changed, false, err
	}
	return time.UnixMicro(at).UTC(), true, json.Unmarshal(b, body)
}

// GetWith reads in one query also what is kept under another kind and the same key; more stays as it is where that is nothing.
func GetWith(ctx context.Context, q db.Queryer, n Draft, body any, kind string, more any) (changed time.Time, ok bool, err error) {
	rows, err := q.Query(ctx, "select kind,body,changed from draft where programme=$1 and kind in ($2,$3) and key=$4 and person=$5",
		n.Programme, n.Kind, kind, n.Key, n.Person)
	if err != nil {
		return changed, false, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var is string
		var b []byte
		var at int64
		if err := rows.Scan(&is, &b, &at); err != nil {
			return changed, false, err
		}
		into := more
		if is == n.Kind {
			into, ok, changed = body, true, time.UnixMicro(at).UTC()
		}
		if err := json.Unmarshal(b, into); err != nil {
			return changed, ok, err
		}
	}
	return changed, ok, rows.Err()
}

// Each hands f the drafts of a kind, the newest first.
func Each(ctx context.Context, q db.Queryer, programme id.ID, kind string, f func(key string, body []byte) error) error {
	rows, err := q.Query(ctx, "select key,body from draft where programme=$1 and kind=$2 order by changed desc limit 500", programme, kind)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var key string
		var body []byte
		if err := rows.Scan(&key, &body); err != nil {
			return err
		}
		if err := f(key, body); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Changed tells when each of the drafts of a kind was changed last, by key.
func Changed(ctx context.Context, q db.Queryer, programme id.ID, kind string) (map[string]time.Time, error) {
	rows, err := q.Query(ctx, "select key,changed from draft where programme=$1 and kind=$2 order by changed desc limit 500", programme, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := map[string]time.Time{}
	for rows.Next() {
		var key string
		var at int64
		if err := rows.Scan(&key, &at); err != nil {
			return nil, err
		}
		out[key] = time.UnixMicro(at).UTC()
	}
	return out, rows.Err()
}

// Mine lists the keys of one person's drafts by kind, of some kinds those that changed after an instant, the newest first: one query.
func Mine(ctx context.Context, q db.Queryer, programme, person id.ID, after map[string]time.Time) (map[string][]string, error) {
	args, which := db.Args{programme, person}, []string{}
	for _, kind := range slices.Sorted(maps.Keys(after)) {
		which = append(which, "kind="+args.Add(kind)+" and changed>"+args.Add(after[kind].UnixMicro()))
	}
	rows, err := q.Query(ctx, "select kind,key from draft where programme=$1 and person=$2 and ("+strings.Join(which, " or ")+") order by changed desc limit 500", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := map[string][]string{}
	for rows.Next() {
		var kind, key string
		if err := rows.Scan(&kind, &key); err != nil {
			return nil, err
		}
		out[kind] = append(out[kind], key)
	}
	return out, rows.Err()
}

// Under lists the keys of one person's drafts of a kind that begin as n's does and changed after an instant, in order.
func Under(ctx context.Context, q db.Queryer, n Draft, after time.Time) ([]string, error) {
	return db.Column[string](ctx, q, "select key from draft where programme=$1 and kind=$2 and person=$3 and key>=$4 and key<$5 and changed>$6 order by key",
		n.Programme, n.Kind, n.Person, n.Key, n.Key+"\U0010FFFF", after.UnixMicro())
}

// DeleteUnder ends the works that Under lists, however old.
func DeleteUnder(ctx context.Context, d *db.DB, n Draft) error {
	_, err := d.Exec(ctx, "delete from draft where programme=$1 and kind=$2 and person=$3 and key>=$4 and key<$5",
		n.Programme, n.Kind, n.Person, n.Key, n.Key+"\U0010FFFF")
	return err
}

// Delete ends the work: it was finished or thrown away.
func Delete(ctx context.Context, d *db.DB, n Draft) error {
	_, err := d.Exec(ctx, "delete from draft where programme=$1 and kind=$2 and key=$3 and person=$4", n.Programme, n.Kind, n.Key, n.Person)
	return err
}

// Change lets f change the work and keeps it. Where somebody else kept theirs meanwhile, f runs again on
// that: so it changes what it was asked to and nothing else, and nobody's work is overwritten unseen.
func Change[T any](ctx context.Context, d *db.DB, n Draft, now time.Time, f func(body *T, found bool) error) (T, error) {
	for {
		var body T
		was, found, err := Get(ctx, d, n, &body)
		if err == nil {
			err = f(&body, found)
		}
		if err != nil {
			return body, err
		}
		if kept, err := swap(ctx, d, n, body, was, found, now); kept || err != nil {
			return body, err
		}
	}
}

// swap keeps the work if it still stands as it was read.
func swap(ctx context.Context, d *db.DB, n Draft, body any, was time.Time, found bool, now time.Time) (bool, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return false, err
	}
	q := "insert into draft(programme,kind,key,person,body,changed) values($1,$2,$3,$4,$5,$6) on conflict do nothing"
	args := []any{n.Programme, n.Kind, n.Key, n.Person, b, now.UnixMicro()}
	if found {
		q = "update draft set body=$5,changed=$6 where programme=$1 and kind=$2 and key=$3 and person=$4 and changed=$7"
		args[5] = max(now.UnixMicro(), was.UnixMicro()+1)
		args = append(args, was.UnixMicro())
	}
	return did(d.Exec(ctx, q, args...))
}

// End is Delete where the work still stands as it was at changed; false: it went on, and stays.
func End(ctx context.Context, d *db.DB, n Draft, changed time.Time) (bool, error) {
	return did(d.Exec(ctx, "delete from draft where programme=$1 and kind=$2 and key=$3 and person=$4 and changed=$5",
		n.Programme, n.Kind, n.Key, n.Person, changed.UnixMicro()))
}

// Expire ends all work of a kind that nobody touched since an instant, in every programme.
func Expire(ctx context.Context, d *db.DB, kind string, since time.Time) error {
	_, err := d.Exec(ctx, "delete from draft where kind=$1 and changed<$2", kind, since.UnixMicro())
	return err
}

func did(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	rows, err := res.RowsAffected()
	return rows == 1, err
}
