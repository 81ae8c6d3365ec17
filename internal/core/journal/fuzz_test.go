package journal_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// FuzzReceive sends what a peer might, with digests that fit: it is taken whole or not at all, never in a
// way that a view or the log does not bear.
func FuzzReceive(f *testing.F) {
	f.Add(uint8(0), nameSaid.Name, []byte("\x00{\"v\":1,\"body\":{\"name\":\"Awa\"}}"), int64(1), uint8(1))
	f.Add(uint8(1), referralMoved.Name, []byte("\x00{\"v\":-1,\"same\":\"AA==\",\"body\":[]}"), int64(-1), uint8(0))
	f.Add(uint8(2), journal.Voided.Name, []byte("\x00{}"), int64(1<<62), uint8(2))
	f.Add(uint8(3), journal.Erased.Name, []byte{}, int64(0), uint8(3))
	f.Add(uint8(0), "test.unknown.kind", []byte("\x07"), int64(9), uint8(4))
	f.Add(uint8(2), nameSaid.Name, []byte("\x01sealed by nobody"), int64(9), uint8(9))
	v := openVault(f)
	from := openJournal(f, dbtest.SQLite(f), v, -time.Hour)
	for i := range 4 {
		must(f, say(id.New(), "a", naming(i%2, "Awa")).to(f.Context(), from))
	}
	es, err := from.Since(f.Context(), programme, journal.Vector{}, 10)
	must(f, err)
	f.Fuzz(func(t *testing.T, at uint8, kind string, payload []byte, recorded int64, about uint8) {
		h := house{t: t, v: v, source: dbtest.SQLite(t)}
		h.Journal = openJournal(t, h.source, v, 0)
		h.do(say(id.New(), "here", naming(0, "here"), naming(1, "here")))
		sent := copied(es)
		e := &sent[at%4]
		e.Kind, e.Payload, e.Recorded, e.Subject = kind, payload, recorded, es[about%4].ID
		e.Digest = e.Sum()
		before := dump(t, h.Journal)
		if err := h.Receive(context.Background(), programme, sent); err != nil {
			if dump(t, h.Journal) != before {
				t.Fatal("something was done")
			}
			h.whole(2)
			return
		}
		h.whole(6)
		must(t, h.Rebuild(t.Context()))
	})
}

// copied are the same entries, to be changed.
func copied(es []journal.Entry) []journal.Entry {
	out := make([]journal.Entry, len(es))
	for i, e := range es {
		e.Payload, e.Digest = bytes.Clone(e.Payload), bytes.Clone(e.Digest)
		out[i] = e
	}
	return out
}
