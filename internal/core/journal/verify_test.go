package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// columnsOf reads what the table is made of, so that a new column is verified or named here.
func (h house) columnsOf(table string) []string {
	h.t.Helper()
	rows, err := h.DB().Query(h.t.Context(), "select * from "+table+" where 1=0")
	must(h.t, err)
	defer rows.Close() //nolint:errcheck // a test
	names, err := rows.Columns()
	must(h.t, err)
	return names
}

// other is another value that a column can hold.
func other(column string) any {
	switch column {
	case "seq", "at", "recorded":
		return int64(77)
	case "kind":
		return "test.other.kind"
	case "payload":
		return []byte(`\0{"v":1}`)
	case "digest":
		return bytes.Repeat([]byte{7}, 32)
	}
	return id.Named("another", column)
}

func (h house) broken() journal.Broken {
	h.t.Helper()
	var b journal.Broken
	if _, err := h.Verify(h.t.Context()); !errors.As(err, &b) {
		h.t.Fatalf("not noticed: %v", err)
	}
	return b
}

func TestVerifyNamesTheAlteredColumn(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.learn(h.five())
		for _, c := range h.columnsOf("entry") {
			if c == "arrived" {
				continue // this database's own order; the others do not have it
			}
			keep := h.column(c)
			h.exec("update entry set "+c+"=$1 where id=$2", other(c), h.third(c))
			if b := h.broken(); b.Seq != 3 && c != "programme" && c != "node" {
				t.Errorf("%s: %v", c, b)
			}
			h.exec("update entry set "+c+"=$1 where "+c+"=$2", keep, other(c))
			h.whole(5)
		}
	})
}

// third is the id of the third entry; where ids are altered, as it was.
func (h house) third(string) (v id.ID) {
	h.t.Helper()
	must(h.t, h.DB().QueryRow(h.t.Context(), "select id from entry where seq=3").Scan(&v))
	return v
}

func (h house) column(c string) (v any) {
	h.t.Helper()
	must(h.t, h.DB().QueryRow(h.t.Context(), "select "+c+" from entry where seq=3").Scan(&v))
	return v
}

func TestVerifyNamesTheMissingEntry(t *testing.T) {
	for _, gone := range []int64{1, 3, 5} {
		t.Run(fmt.Sprint(gone), func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h house) {
				for i := range 5 {
					h.do(say(id.New(), "a", naming(i, "Awa")))
				}
				h.exec("delete from entry where seq=$1", gone)
				if b := h.broken(); b.Seq != gone || b.Node != h.node() || b.Programme != programme {
					t.Fatal(b)
				}
			})
		})
	}
}

func TestVerifyNamesTheFirstOfALostTail(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		for i := range 5 {
			h.do(say(id.New(), "a", naming(i, "Awa")))
		}
		h.exec("delete from entry where seq>=4")
		if b := h.broken(); b.Seq != 4 || !strings.Contains(b.Error(), "entry 4") {
			t.Fatal(b)
		}
		h.exec("delete from entry")
		if b := h.broken(); b.Seq != 1 {
			t.Fatal(b)
		}
	})
}

// An entry that no writer counted is no part of the log either.
func TestVerifyNamesAnAddedEntry(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		for i := range 3 {
			h.do(say(id.New(), "a", naming(i, "Awa")))
		}
		h.exec("update head set seq=2")
		if b := h.broken(); b.Seq != 3 {
			t.Fatal(b)
		}
	})
}
