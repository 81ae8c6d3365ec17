package journal_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
)

const secret = "Quillonfeather-Zebulonda"

// found tells which of a database's files hold a text.
func found(t *testing.T, source string, text []byte) (in []string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(source + end)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(b, text) {
			in = append(in, "file"+end)
		}
	}
	return in
}

func TestSealedPayloadIsNotOnDisk(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", secretSaid.Draft(thing("owner", 1), id.ID{}, named{secret})))
		h.do(say(id.New(), "b", visitSaid.Draft(thing("owner", 2), id.ID{}, named{"open-visit"})))
		open, shut := 0, 0
		for _, e := range h.since(journal.Vector{}) {
			if bytes.Contains(e.Payload, []byte("open-visit")) {
				open++
			}
			if bytes.Contains(e.Payload, []byte(secret)) {
				shut++
			}
		}
		if open != 1 || shut != 0 {
			t.Fatal(open, shut)
		}
		if h.DB().Engine != db.SQLite {
			return
		}
		if in := found(t, h.source, []byte("open-visit")); len(in) == 0 {
			t.Fatal("this test would find nothing")
		}
		if in := found(t, h.source, []byte(secret)); len(in) > 0 {
			t.Fatal("in clear in ", in)
		}
	})
}

// Logs outlive versions: a payload is sealed with its owner's key of its node, for its programme, owner and id.
func TestSealIsStable(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, secret)))
		e := h.since(journal.Vector{})[0]
		key, err := h.v.AEAD(t.Context(), vault.Name{Programme: programme, Owner: thing("owner", 1), Node: h.node()})
		must(t, err)
		owner := thing("owner", 1)
		clear, err := key.Open(nil, nil, e.Payload[1:], slices.Concat(programme[:], owner[:], e.ID[:]))
		if err != nil || e.Payload[0] != 1 || !bytes.Contains(clear, []byte(`"body":{"name":"`+secret+`"}`)) {
			t.Fatalf("%s %v", clear, err)
		}
	})
}

// closable is a house whose databases this test closes itself.
type closable struct {
	house
	data, keys *db.DB
	keysAt     string
}

func newClosable(t *testing.T) closable {
	c := closable{keysAt: dbtest.SQLite(t)}
	c.t, c.source = t, dbtest.SQLite(t)
	var err error
	c.data, err = db.Open(t.Context(), c.source)
	must(t, err)
	c.keys, err = db.Open(t.Context(), c.keysAt)
	must(t, err)
	c.v, err = vault.Open(t.Context(), c.keys)
	must(t, err)
	c.Journal, err = journal.Open(t.Context(), c.data, c.v, time.Now, testView())
	must(t, err)
	must(t, c.Create(t.Context(), programme))
	return c
}

func (c closable) close() {
	c.Close()
	must(c.t, c.data.Close())
	must(c.t, c.keys.Close())
}

// After an erasure no file holds the name that a row had, nor the key that sealed it.
func TestErasedNameAndKeyAreOverwritten(t *testing.T) {
	c := newClosable(t)
	for i := range 40 {
		c.do(say(id.New(), "a", naming(i, "neighbour"), naming(i, secret)))
	}
	var key []byte
	must(t, c.keys.QueryRow(t.Context(), "select key from key where owner=$1", thing("owner", 7)).Scan(&key))
	if len(found(t, c.source, []byte(secret))) == 0 || len(found(t, c.keysAt, key)) == 0 {
		t.Fatal("this test would find nothing")
	}
	for i := range 40 {
		c.do(erasing(i))
		must(t, c.Erase(t.Context(), programme, thing("owner", i)))
	}
	c.close()
	if in := append(found(t, c.source, []byte(secret)), found(t, c.keysAt, key)...); len(in) > 0 {
		t.Fatal("still in ", in)
	}
}
