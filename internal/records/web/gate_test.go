package web

import (
	"testing"
	"time"
)

// A bucket empties, says how long it takes to fill, and fills; another name has its own.
func TestGate(t *testing.T) {
	g, now := gate{most: 3, second: 2}, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for range 3 {
		if wait := g.pass("a", now); wait != 0 {
			t.Fatal(wait)
		}
	}
	if wait := g.pass("a", now); wait != 500*time.Millisecond {
		t.Error(wait)
	}
	if wait := g.pass("b", now); wait != 0 {
		t.Error(wait)
	}
	if wait := g.pass("a", now.Add(500*time.Millisecond)); wait != 0 {
		t.Error(wait)
	}
	if wait := g.pass("a", now.Add(500*time.Millisecond)); wait == 0 {
		t.Error("the bucket is bottomless")
	}
	for range 3 {
		if wait := g.pass("a", now.Add(time.Hour)); wait != 0 {
			t.Error(wait)
		}
	}
	if wait := g.pass("a", now.Add(time.Hour)); wait == 0 {
		t.Error("the bucket grows while nobody asks")
	}
}
