package id_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"tremplin/internal/core/id"
)

func TestTextRoundTrip(t *testing.T) {
	v := id.New()
	back, err := id.Parse(v.String())
	if err != nil || back != v {
		t.Fatal(back, err)
	}
	b, err := json.Marshal(map[string]id.ID{"a": v, "none": {}})
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]id.ID
	if err := json.Unmarshal(b, &m); err != nil || m["a"] != v || !m["none"].IsZero() || !bytes.Contains(b, []byte(v.String())) {
		t.Fatalf("%s: %v, %v", b, m, err)
	}
	if err := json.Unmarshal([]byte(`{"a":""}`), &m); err != nil || !m["a"].IsZero() {
		t.Fatal(m, err)
	}
}

func TestDatabaseRoundTrip(t *testing.T) {
	v := id.New()
	raw, err := v.Value()
	if err != nil || len(raw.([]byte)) != 16 {
		t.Fatal(raw, err)
	}
	back := id.New()
	if err := back.Scan(raw); err != nil || back != v {
		t.Fatal(back, err)
	}
	if err := back.Scan(nil); err != nil || !back.IsZero() {
		t.Fatal(back, err)
	}
}

func TestWrongIDs(t *testing.T) {
	for _, s := range []string{"", "x", "0279e463-15f6-8acf-991d-da67072aaf8", "0279e463-15f6-8acf-991d-da67072aaf87-1"} {
		if v, err := id.Parse(s); err == nil {
			t.Error("taken:", s, v)
		}
	}
	var v id.ID
	for _, src := range []any{[]byte{1, 2}, make([]byte, 17), "0279e463-15f6-8acf-991d-da67072aaf87", int64(7)} {
		if err := v.Scan(src); err == nil {
			t.Error("scanned:", src)
		}
	}
	if err := v.UnmarshalText([]byte("nothing")); err == nil {
		t.Error("unmarshalled nothing")
	}
}

// Derived ids name entries in every database and for ever: these values may not change.
func TestDeriveIsStable(t *testing.T) {
	if got := id.Named("programme", "demo").String(); got != "e82c12f8-8a39-893f-bfa3-b517eeff4c6d" {
		t.Fatal(got)
	}
	a, b := id.Derive([]byte("ab"), []byte("c")), id.Derive([]byte("a"), []byte("bc"))
	if a == b || a == id.Derive([]byte("abc")) {
		t.Fatal("parts run together")
	}
	if a[6]>>4 != 8 || a[8]>>6 != 2 {
		t.Fatal("not a version 8 UUID:", a)
	}
}

func TestNewIsOrderedAndVersion7(t *testing.T) {
	last := id.New()
	for range 1000 {
		v := id.New()
		if bytes.Compare(last[:], v[:]) >= 0 || v[6]>>4 != 7 {
			t.Fatal(last, v)
		}
		last = v
	}
}

// FuzzParse: what is read as an id is the same wherever it is written, and read again.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "0190b0a0-7b1c-7000-8000-000000000000", "{0190b0a0-7b1c-7000-8000-000000000000}", "urn:uuid:0190b0a0-7b1c-7000-8000-000000000000", "0190b0a07b1c70008000000000000000", "0190B0A0-7B1C-7000-8000-00000000000g"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := id.Parse(s)
		if err != nil {
			if !v.IsZero() {
				t.Fatalf("%q: refused, and %s", s, v)
			}
			return
		}
		again, err := id.Parse(v.String())
		var text id.ID
		if err != nil || again != v || text.UnmarshalText([]byte(v.String())) != nil || text != v {
			t.Fatalf("%q: %s, %s, %s", s, v, again, text)
		}
	})
}
