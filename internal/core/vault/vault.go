// Package vault keeps the keys that seal people's stories, in a database apart: destroying a key
// makes what it sealed unreadable in every copy. It knows owners and nodes, not what is sealed.
package vault

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrDestroyed is returned for a key that an erasure has destroyed.
var ErrDestroyed = errors.New("this key was destroyed")

// ErrMissing is returned for a key that is not here: it must stop a rebuild, never be folded over.
var ErrMissing = errors.New("a key is missing from the key store")

// Name names a key: a node seals only with keys that it made.
type Name struct{ Programme, Owner, Node id.ID }

// Vault is the key store with its cache.
type Vault struct {
	db  *db.DB
	now func() time.Time
	mu  sync.Mutex
	got map[Name]cached
}

type cached struct {
	aead  cipher.AEAD
	until time.Time
}

// life bounds how long another process may go on reading what was erased here.
const life = 60 * time.Second

// maxCached bounds memory: about 1 kB a key.
const maxCached = 20000

// Open prepares the key store in d.
func Open(ctx context.Context, d *db.DB) (*Vault, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return &Vault{db: d, now: time.Now, got: map[Name]cached{}}, d.MigrateFrom(ctx, files)
}

// Ensure makes the keys that do not exist yet and commits them: a key must be there before what it seals.
func (v *Vault) Ensure(ctx context.Context, names []Name) error {
	var missing []Name
	for _, n := range names {
		if _, ok := v.cached(n); !ok {
			missing = append(missing, n)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return v.db.Update(ctx, func(tx *db.Tx) error {
		for _, n := range missing {
			k := make([]byte, 32)
			_, _ = rand.Read(k) // never fails
			const q = "insert into key(programme,owner,node,key) values($1,$2,$3,$4) on conflict do nothing"
			if _, err := tx.Exec(ctx, q, n.Programme, n.Owner, n.Node, k); err != nil {
				return err
			}
		}
		return nil
	})
}

// AEAD returns the cipher of a key that exists.
func (v *Vault) AEAD(ctx context.Context, n Name) (cipher.AEAD, error) {
	if a, ok := v.cached(n); ok {
		return a, nil
	}
	k, err := v.read(ctx, n)
	if err != nil {
		return nil, err
	}
	return v.keep(n, k)
}

func (v *Vault) read(ctx context.Context, n Name) (k []byte, err error) {
	err = v.db.QueryRow(ctx, "select key from key where programme=$1 and owner=$2 and node=$3", n.Programme, n.Owner, n.Node).Scan(&k)
	switch {
	case errors.Is(err, db.ErrNoRows):
		return nil, fmt.Errorf("%w: of %s by node %s", ErrMissing, n.Owner, n.Node)
	case err == nil && k == nil:
		return nil, ErrDestroyed
	}
	return k, err
}

// Derive makes 32 bytes of a key that exists, for one purpose: the same each time, and for nothing else.
func (v *Vault) Derive(ctx context.Context, n Name, purpose string) ([]byte, error) {
	k, err := v.read(ctx, n)
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, k, nil, "tremplin "+purpose, 32)
}

// Load reads the keys of several owners at once into the cache, for a page that opens many stories.
func (v *Vault) Load(ctx context.Context, programme id.ID, owners []id.ID) error {
	if len(owners) == 0 {
		return nil
	}
	args := db.Args{programme}
	rows, err := v.db.Query(ctx, "select owner,node,key from key where programme=$1 and key is not null and owner in ("+db.List(&args, owners)+")", args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		n, k := Name{Programme: programme}, []byte{}
		if err := rows.Scan(&n.Owner, &n.Node, &k); err != nil {
			return err
		}
		if _, err := v.keep(n, k); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Destroy ends the keys of an owner, of every node, for ever.
func (v *Vault) Destroy(ctx context.Context, programme, owner id.ID) error {
	v.mu.Lock()
	for n := range v.got {
		if n.Programme == programme && n.Owner == owner {
			delete(v.got, n)
		}
	}
	v.mu.Unlock()
	if _, err := v.db.Exec(ctx, "update key set key=null where programme=$1 and owner=$2", programme, owner); err != nil {
		return err
	}
	return v.db.Settle(ctx)
}

func (v *Vault) cached(n Name) (cipher.AEAD, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	c, ok := v.got[n]
	return c.aead, ok && v.now().Before(c.until)
}

func (v *Vault) keep(n Name, key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	a, err := cipher.NewGCMWithRandomNonce(b)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.got) >= maxCached {
		clear(v.got)
	}
	v.got[n] = cached{a, v.now().Add(life)}
	return a, nil
}
