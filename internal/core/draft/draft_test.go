package draft_test

import (
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
)

var then = time.Date(2026, 3, 1, 9, 30, 0, 123456000, time.UTC)

func each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		d := dbtest.Open(t, fresh(t))
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		f(t, d)
	})
}

func name(key string, person int) draft.Draft {
	return draft.Draft{Programme: id.Named("p"), Kind: "module", Key: key, Person: id.Named("person", string(rune('0'+person)))}
}

func put(t *testing.T, d *db.DB, n draft.Draft, body string, now time.Time) {
	t.Helper()
	if err := draft.Put(t.Context(), d, n, body, now); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, d *db.DB, n draft.Draft) (body string, at time.Time, ok bool) {
	t.Helper()
	at, ok, err := draft.Get(t.Context(), d, n, &body)
	if err != nil {
		t.Fatal(err)
	}
	return body, at, ok
}

func TestPutGetDelete(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		n := name("a", 1)
		put(t, d, n, "half", then)
		put(t, d, n, "more\x00 ع", then.Add(time.Second))
		if b, at, ok := get(t, d, n); b != "more\x00 ع" || !at.Equal(then.Add(time.Second)) || !ok {
			t.Fatal(b, at, ok)
		}
		if err := draft.Delete(t.Context(), d, n); err != nil {
			t.Fatal(err)
		}
		if b, _, ok := get(t, d, n); b != "" || ok {
			t.Fatal(b, ok)
		}
	})
}

// Each part of the name tells one draft from another.
func TestNamesAreApart(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		n := name("a", 1)
		others := []draft.Draft{name("b", 1), name("a", 2), {Programme: id.Named("q"), Kind: n.Kind, Key: n.Key, Person: n.Person}, {Programme: n.Programme, Kind: "import", Key: n.Key, Person: n.Person}}
		put(t, d, n, "mine", then)
		for i, o := range others {
			if _, _, ok := get(t, d, o); ok {
				t.Fatal(i)
			}
			put(t, d, o, "other", then)
			if err := draft.Delete(t.Context(), d, o); err != nil {
				t.Fatal(err)
			}
		}
		if b, _, _ := get(t, d, n); b != "mine" {
			t.Fatal(b)
		}
	})
}

func TestEachNewestFirst(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for i, k := range []string{"a", "b", "c"} {
			put(t, d, name(k, 1), k, then.Add(time.Duration(i)*time.Minute))
		}
		put(t, d, name("a", 1), "again", then.Add(time.Hour))
		var all []string
		err := draft.Each(t.Context(), d, id.Named("p"), "module", func(key string, body []byte) error {
			all = append(all, key+string(body))
			return nil
		})
		if err != nil || !slices.Equal(all, []string{`a"again"`, `c"c"`, `b"b"`}) {
			t.Fatal(all, err)
		}
	})
}

func TestTwoKindsOfOneKey(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		n, beside := name("a", 1), name("a", 1)
		beside.Kind = "films"
		read := func() (at time.Time, ok bool, body, more string) {
			at, ok, err := draft.GetWith(t.Context(), d, n, &body, beside.Kind, &more)
			if err != nil {
				t.Fatal(err)
			}
			return at, ok, body, more
		}
		put(t, d, beside, "made", then)
		put(t, d, name("a", 2), "another's", then)
		if _, ok, body, more := read(); ok || body != "" || more != "made" {
			t.Error(ok, body, more)
		}
		put(t, d, n, "work", then.Add(time.Hour))
		if at, ok, body, more := read(); !ok || !at.Equal(then.Add(time.Hour)) || body != "work" || more != "made" {
			t.Error(at, ok, body, more)
		}
	})
}
