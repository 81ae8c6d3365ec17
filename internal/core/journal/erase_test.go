package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
)

// eachWithKeys runs f with the key store at hand.
func eachWithKeys(t *testing.T, f func(t *testing.T, h house, keys *db.DB)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		keys := dbtest.Open(t, dbtest.SQLite(t))
		v, err := vault.Open(t.Context(), keys)
		must(t, err)
		h := house{t: t, v: v, source: fresh(t)}
		h.Journal = openJournal(t, h.source, v, 0)
		f(t, h, keys)
	})
}

// forgetful is a journal that has read no key yet.
func (h house) forgetful(keys *db.DB) house {
	v, err := vault.Open(h.t.Context(), keys)
	must(h.t, err)
	h.v = v
	return h.reopened(testView())
}

func (h house) jobs() []job.Job {
	h.t.Helper()
	all, err := job.List(h.t.Context(), h.DB(), programme, time.Now().AddDate(0, 0, 1), 100) // a peer may be ahead
	must(h.t, err)
	return all
}

func TestErasedStory(t *testing.T) {
	eachWithKeys(t, func(t *testing.T, h house, keys *db.DB) {
		c := say(id.New(), "a", naming(1, "Awa"), naming(2, "Bo"))
		h.do(c, erasing(1))
		if s := h.summary(1); s.N != 0 {
			t.Fatalf("still there: %+v", s)
		}
		h.refused(journal.ErrErased, say(id.New(), "b", naming(1, "Awa")))
		h.refused(journal.ErrErased, say(id.New(), "c", naming(2, "Bo"), naming(1, "Awa")))
		must(t, h.Erase(t.Context(), programme, thing("owner", 1)))
		must(t, h.Erase(t.Context(), programme, thing("owner", 1)))
		if log, err := os.Stat(h.source + "-wal"); err == nil && log.Size() > 0 {
			t.Fatalf("%d bytes of what the views told may stand in the log", log.Size())
		}
		h.refused(journal.ErrErased, c)
		f := h.forgetful(keys)
		must(t, f.Rebuild(t.Context()))
		f.whole(3)
		if f.summary(1).N != 0 || f.summary(2).N != 1 {
			t.Fatal("the rebuild folds other stories")
		}
		if _, err := f.History(t.Context(), programme, thing("owner", 1)); !errors.Is(err, journal.ErrErased) {
			t.Fatal(err)
		}
	})
}

func TestMissingKeyStopsARebuild(t *testing.T) {
	eachWithKeys(t, func(t *testing.T, h house, keys *db.DB) {
		h.do(say(id.New(), "a", naming(1, "Awa")), say(id.New(), "b", naming(2, "Bo")))
		_, err := keys.Exec(t.Context(), "delete from key where owner=$1", thing("owner", 1))
		must(t, err)
		f := h.forgetful(keys)
		before := dump(t, h.Journal)
		if err := f.Rebuild(t.Context()); !errors.Is(err, vault.ErrMissing) {
			t.Fatal(err)
		}
		if _, err := f.Check(t.Context()); !errors.Is(err, vault.ErrMissing) {
			t.Fatal(err)
		}
		if dump(t, h.Journal) != before {
			t.Fatal("a stopped rebuild changed rows")
		}
	})
}

// What cannot be read is not taken for what is asked: the same id might have said something else.
func TestMissingKeyStopsARepeat(t *testing.T) {
	eachWithKeys(t, func(t *testing.T, h house, keys *db.DB) {
		c := say(id.New(), "a", naming(1, "Awa"))
		h.do(c)
		_, err := keys.Exec(t.Context(), "delete from key")
		must(t, err)
		h.forgetful(keys).refused(vault.ErrMissing, c)
	})
}

// A key destroyed before its story was erased is a fault too: the entry decides, not the key.
func TestDestroyedKeyIsNoErasure(t *testing.T) {
	eachWithKeys(t, func(t *testing.T, h house, keys *db.DB) {
		h.do(say(id.New(), "a", naming(1, "Awa")))
		must(t, h.Erase(t.Context(), programme, thing("owner", 1)))
		f := h.forgetful(keys)
		if err := f.Rebuild(t.Context()); err == nil {
			t.Fatal("a rebuild folded over a destroyed key")
		}
		f.do(erasing(1))
		must(t, f.Rebuild(t.Context()))
		f.whole(2)
	})
}

// Whoever learns of an erasure destroys the keys it has: the job stands where the entry stands.
func TestErasureLeavesItsJobEverywhere(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		p := h.peer(time.Hour)
		p.do(say(id.New(), "a", naming(1, "Awa")), erasing(1))
		h.learn(p)
		for _, at := range []house{h, p} {
			js := at.jobs()
			if len(js) != 1 || js[0].Kind != journal.EraseJob {
				t.Fatalf("jobs: %+v", js)
			}
		}
		h.whole(2)
	})
}

// What was recorded after the erasure, by a clock ahead, does not come back either.
func TestErasureBeforeTheStory(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a, b := h.peer(time.Hour), h.peer(0)
		a.do(say(id.New(), "a", naming(1, "Awa")))
		b.do(erasing(1))
		h.learn(b, a)
		h.whole(2)
		if h.summary(1).N != 0 {
			t.Fatal("an erased story came back")
		}
	})
}

func TestErasePayloadNamesTheOwner(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(erasing(1), erasing(2))
		var owners []id.ID
		r := job.Runner{DB: h.DB(), Now: time.Now, Do: map[string]func(context.Context, job.Job) error{journal.EraseJob: func(_ context.Context, j job.Job) error {
			var p journal.ErasePayload
			err := json.Unmarshal(j.Payload, &p)
			owners = append(owners, p.Owner)
			return err
		}}}
		r.Drain(t.Context())
		if len(owners) != 2 || !slices.Contains(owners, thing("owner", 1)) || !slices.Contains(owners, thing("owner", 2)) {
			t.Fatal(owners)
		}
	})
}
