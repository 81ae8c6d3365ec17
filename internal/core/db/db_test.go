package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
)

// each runs f on an open database of every engine with one table t(k, n, b).
func each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		d := dbtest.Open(t, fresh(t))
		exec(t, d, "create table t (k bigint not null primary key, n bigint not null, b bytea not null, s text not null, ok boolean not null)")
		f(t, d)
	})
}

func exec(t *testing.T, d *db.DB, q string, args ...any) {
	t.Helper()
	if _, err := d.Exec(t.Context(), q, args...); err != nil {
		t.Fatal(err)
	}
}

func one[T any](t *testing.T, q db.Queryer, text string, args ...any) (v T) {
	t.Helper()
	if err := q.QueryRow(t.Context(), text, args...).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

const put = "insert into t(k,n,b,s,ok) values($1,$2,$3,'',true)"

func TestUpdateCommits(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec(t.Context(), put, 1, 2, []byte{3}); err != nil {
				return err
			}
			if n := one[int](t, tx, "select n from t where k=1"); n != 2 {
				t.Error("a transaction does not see what it wrote")
			}
			return nil
		})
		if n := one[int](t, d, "select count(*) from t"); err != nil || n != 1 {
			t.Fatal(n, err)
		}
	})
}

func TestUpdateRollsBack(t *testing.T) {
	failed := errors.New("failed")
	endings := map[string]func(){
		"error": func() {},
		"panic": func() { panic("in the middle") },
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *db.DB) {
				err := update(t.Context(), d, func(tx *db.Tx) error {
					if _, err := tx.Exec(t.Context(), put, 1, 2, []byte{3}); err != nil {
						return err
					}
					end()
					return failed
				})
				if name == "error" && !errors.Is(err, failed) || err == nil {
					t.Fatal(err)
				}
				if n := one[int](t, d, "select count(*) from t"); n != 0 {
					t.Fatal("rows stay")
				}
				exec(t, d, put, 1, 2, []byte{3}) // and the connection goes on
			})
		})
	}
}

// update makes an error of a panic, which Update lets through.
func update(ctx context.Context, d *db.DB, f func(*db.Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("a panic came through")
		}
	}()
	return d.Update(ctx, f)
}

func TestCancelledUpdateLeavesTheConnectionUsable(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for range 20 { // more than the pool has connections
			ctx, cancel := context.WithCancel(t.Context())
			err := d.Update(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(ctx, put, 1, 2, []byte{3}); err != nil {
					return err
				}
				cancel()
				_, err := tx.Exec(ctx, put, 2, 2, []byte{3})
				return err
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
		if n := one[int](t, d, "select count(*) from t"); n != 0 {
			t.Fatal("rows stay")
		}
		exec(t, d, put, 1, 2, []byte{3})
	})
}

// What is cancelled while it commits is there whole or not at all, and the next one goes on.
func TestCancelledBeforeCommit(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Update(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, put, 1, 2, []byte{3})
			cancel()
			return err
		})
		if n := one[int](t, d, "select count(*) from t"); (err == nil) != (n == 1) {
			t.Fatal(n, err)
		}
		exec(t, d, put, 2, 2, []byte{3})
	})
}

func TestSnapshotDoesNotMove(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		err := d.Snapshot(t.Context(), func(q db.Queryer) error {
			before := one[int](t, q, "select count(*) from t")
			exec(t, d, put, 1, 2, []byte{3})
			if after := one[int](t, q, "select count(*) from t"); after != before {
				t.Error("the snapshot moved")
			}
			return nil
		})
		if n := one[int](t, d, "select count(*) from t"); err != nil || n != 1 {
			t.Fatal(n, err)
		}
	})
}

func TestReadersCannotWrite(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	exec(t, d, "create table t (k bigint not null primary key)")
	if err := d.QueryRow(t.Context(), "insert into t(k) values(1) returning k").Scan(new(int)); err == nil {
		t.Fatal("a reader wrote")
	}
}

func TestWrongTextIsSaidWhereItIsUsed(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		if _, err := d.Query(t.Context(), "select word from nowhere"); err == nil || !strings.Contains(err.Error(), "nowhere") {
			t.Fatal(err)
		}
		exec(t, d, "create table nowhere (word bigint)")
		if rows, err := d.Query(t.Context(), "select word from nowhere"); err != nil || rows.Close() != nil {
			t.Fatal(err)
		}
	})
}

// More texts than are kept prepared still run.
func TestManyTexts(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for i := range 600 {
			if n := one[int](t, d, "select 1"+strings.Repeat(" ", i)); n != 1 {
				t.Fatal(n)
			}
		}
	})
}

func TestMissingArgumentIsSaid(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var n int
		if err := d.QueryRow(t.Context(), "select 1 where 1=$1 and 2=$2", 1).Scan(&n); err == nil || errors.Is(err, db.ErrNoRows) {
			t.Error(err)
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	step := func(n string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("-- +goose Up\ncreate table m" + n + " (k bigint);\n")}
	}
	each(t, func(t *testing.T, d *db.DB) {
		newer := fstest.MapFS{"0001_a.sql": step("1"), "0002_b.sql": step("2")}
		older := fstest.MapFS{"0001_a.sql": step("1")}
		for range 2 {
			if err := d.MigrateFrom(t.Context(), newer); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.MigrateFrom(t.Context(), older); !errors.Is(err, db.ErrNewer) {
			t.Fatal(err)
		}
	})
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "50%.db", "what?.db", "no#1.db", "été.db", "a&b=c.db", "%41.db"} {
		at := filepath.Join(t.TempDir(), "new folder", name)
		d, err := db.Open(t.Context(), at)
		if err != nil {
			t.Fatal(name, err)
		}
		exec(t, d, "create table t (k bigint)")
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if found, err := filepath.Glob(filepath.Join(filepath.Dir(at), "*")); err != nil || len(found) != 1 || found[0] != at {
			t.Fatalf("%q: found %q", at, found)
		}
	}
}

func TestCountedCounts(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var n int
		ctx := db.Counted(t.Context(), &n)
		err := d.Update(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, put, 1, 2, []byte{3})
			return errors.Join(err, tx.QueryRow(ctx, "select k from t").Scan(new(int)))
		})
		err = errors.Join(err, d.QueryRow(ctx, "select k from t").Scan(new(int)))
		exec(t, d, put, 2, 2, []byte{3})
		if err != nil || n != 3 {
			t.Fatal(n, err)
		}
	})
}
