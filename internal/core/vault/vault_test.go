package vault_test

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/vault"
)

func each(t *testing.T, f func(t *testing.T, d *db.DB, v *vault.Vault)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		d := dbtest.Open(t, fresh(t))
		f(t, d, open(t, d))
	})
}

// open opens a key store that has nothing in memory.
func open(t *testing.T, d *db.DB) *vault.Vault {
	t.Helper()
	v, err := vault.Open(t.Context(), d)
	must(t, err)
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func name(programme, owner, node int) vault.Name {
	return vault.Name{Programme: id.Named("p", fmt.Sprint(programme)), Owner: id.Named("o", fmt.Sprint(owner)), Node: id.Named("n", fmt.Sprint(node))}
}

func seal(t *testing.T, v *vault.Vault, n vault.Name, text string) []byte {
	t.Helper()
	must(t, v.Ensure(t.Context(), []vault.Name{n}))
	a, err := v.AEAD(t.Context(), n)
	must(t, err)
	return a.Seal(nil, nil, []byte(text), nil)
}

func opens(t *testing.T, v *vault.Vault, n vault.Name, sealed []byte) (string, error) {
	t.Helper()
	a, err := v.AEAD(t.Context(), n)
	if err != nil {
		return "", err
	}
	b, err := a.Open(nil, nil, sealed, nil)
	return string(b), err
}

func TestKeyIsMadeOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, v *vault.Vault) {
		s := seal(t, v, name(1, 1, 1), "Awa")
		for _, w := range []*vault.Vault{v, open(t, d)} {
			must(t, w.Ensure(t.Context(), []vault.Name{name(1, 1, 1), name(1, 1, 1)}))
			if got, err := opens(t, w, name(1, 1, 1), s); err != nil || got != "Awa" {
				t.Fatal(got, err)
			}
		}
		if again := seal(t, v, name(1, 1, 1), "Awa"); bytes.Equal(again, s) {
			t.Fatal("the same bytes twice: no fresh nonce")
		}
	})
}

// Each part of the name has its own key.
func TestKeysAreApart(t *testing.T) {
	each(t, func(t *testing.T, _ *db.DB, v *vault.Vault) {
		s := seal(t, v, name(1, 1, 1), "Awa")
		for _, n := range []vault.Name{name(2, 1, 1), name(1, 2, 1), name(1, 1, 2)} {
			must(t, v.Ensure(t.Context(), []vault.Name{n}))
			if got, err := opens(t, v, n, s); err == nil {
				t.Fatal(n, got)
			}
		}
	})
}

func TestMissingKey(t *testing.T) {
	each(t, func(t *testing.T, _ *db.DB, v *vault.Vault) {
		if _, err := v.AEAD(t.Context(), name(1, 1, 1)); !errors.Is(err, vault.ErrMissing) {
			t.Fatal(err)
		}
	})
}

func TestDestroyedForEverAndAlone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, v *vault.Vault) {
		gone := []vault.Name{name(1, 1, 1), name(1, 1, 2)} // of every node
		kept := []vault.Name{name(1, 2, 1), name(2, 1, 1)}
		for _, n := range append(gone, kept...) {
			seal(t, v, n, "Awa")
		}
		must(t, v.Destroy(t.Context(), gone[0].Programme, gone[0].Owner))
		must(t, v.Destroy(t.Context(), gone[0].Programme, gone[0].Owner))
		for _, w := range []*vault.Vault{v, open(t, d)} {
			must(t, w.Ensure(t.Context(), gone)) // makes no new one
			must(t, w.Load(t.Context(), gone[0].Programme, []id.ID{gone[0].Owner, kept[0].Owner}))
			for _, n := range gone {
				if _, err := w.AEAD(t.Context(), n); !errors.Is(err, vault.ErrDestroyed) {
					t.Fatal(err)
				}
			}
			for _, n := range kept {
				if _, err := w.AEAD(t.Context(), n); err != nil {
					t.Fatal(err)
				}
			}
		}
		var left int
		must(t, d.QueryRow(t.Context(), "select count(*) from key where key is not null and owner=$1 and programme=$2", gone[0].Owner, gone[0].Programme).Scan(&left))
		if left != 0 {
			t.Fatal("key bytes are left")
		}
	})
}

// TestDestroyedKeyLeavesTheFiles: whoever finds the disk later finds no key.
func TestDestroyedKeyLeavesTheFiles(t *testing.T) {
	source := dbtest.SQLite(t)
	d := dbtest.Open(t, source)
	v, n := open(t, d), name(1, 1, 1)
	seal(t, v, n, "Awa")
	var key []byte
	must(t, d.QueryRow(t.Context(), "select key from key").Scan(&key))
	must(t, v.Destroy(t.Context(), n.Programme, n.Owner))
	if len(key) == 0 || dbtest.Holds(t, source, key) {
		t.Error("the key is in a file")
	}
}

// A page's keys are read in one statement; then none is asked for again.
func TestLoadReadsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, v *vault.Vault) {
		var owners []id.ID
		for i := range 20 {
			seal(t, v, name(1, i, 1), "Awa")
			owners = append(owners, name(1, i, 1).Owner)
		}
		w, n := open(t, d), 0
		ctx := db.Counted(t.Context(), &n)
		must(t, w.Load(ctx, name(1, 0, 1).Programme, owners))
		for i := range 20 {
			if _, err := w.AEAD(ctx, name(1, i, 1)); err != nil {
				t.Fatal(err)
			}
		}
		must(t, w.Load(ctx, name(1, 0, 1).Programme, nil))
		if n != 1 {
			t.Fatal(n, "statements")
		}
	})
}

// What another process destroyed is read here no longer than a minute.
func TestCacheEnds(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, v *vault.Vault) {
		seal(t, v, name(1, 1, 1), "Awa")
		must(t, open(t, d).Destroy(t.Context(), name(1, 1, 1).Programme, name(1, 1, 1).Owner))
		if _, err := v.AEAD(t.Context(), name(1, 1, 1)); err != nil {
			t.Fatal("nothing was kept:", err)
		}
		v.Later(61)
		if _, err := v.AEAD(t.Context(), name(1, 1, 1)); !errors.Is(err, vault.ErrDestroyed) {
			t.Fatal(err)
		}
	})
}

// A house of a million people does not keep a million keys in memory.
func TestCacheIsBounded(t *testing.T) {
	v := open(t, dbtest.Open(t, dbtest.SQLite(t)))
	for i := range 20_100 {
		n, err := v.Remember(name(1, i, 1))
		must(t, err)
		if n > 20_000 {
			t.Fatal(n)
		}
	}
	if _, err := v.AEAD(t.Context(), name(1, 20_099, 1)); err != nil {
		t.Fatal("the newest key is not kept:", err)
	}
}

// Two processes that need one key at the same moment get the same.
func TestSameMoment(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, v *vault.Vault) {
		both := []*vault.Vault{v, open(t, d)}
		var all sync.WaitGroup
		for i := range 20 {
			for _, w := range both {
				all.Go(func() {
					if err := w.Ensure(t.Context(), []vault.Name{name(1, i, 1)}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		for i := range 20 {
			if got, err := opens(t, both[1], name(1, i, 1), seal(t, both[0], name(1, i, 1), "Awa")); err != nil || got != "Awa" {
				t.Fatal(got, err)
			}
		}
	})
}
