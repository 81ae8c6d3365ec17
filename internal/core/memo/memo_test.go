package memo_test

import (
	"errors"
	"strconv"
	"sync"
	"testing"

	"tremplin/internal/core/memo"
)

func TestMakesOnceAndKeepsNoFailure(t *testing.T) {
	var m memo.Of[string, int]
	made := 0
	count := func() (int, error) { made++; return made, nil }
	for range 3 {
		if v, err := m.Make("a", count); v != 1 || err != nil {
			t.Fatal(v, err)
		}
	}
	failed := errors.New("failed")
	if _, err := m.Make("b", func() (int, error) { return 9, failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	if v, ok := m.Get("b"); ok {
		t.Error("a failure is kept:", v)
	}
	if v, err := m.Make("b", count); v != 2 || err != nil {
		t.Error(v, err)
	}
}

func TestNeverHoldsMoreThanItSays(t *testing.T) {
	m := memo.Of[int, bool]{Most: 3}
	for i := range 10 {
		m.Put(i, true)
		kept := 0
		for k := range 10 {
			if _, ok := m.Get(k); ok {
				kept++
			}
		}
		if _, ok := m.Get(i); !ok || kept > 3 {
			t.Fatal(i, ok, kept)
		}
	}
}

func TestAtOnce(t *testing.T) {
	m := memo.Of[string, int]{Most: 5}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i := range 200 {
				if v, _ := m.Make(strconv.Itoa(i), func() (int, error) { return i, nil }); v != i {
					t.Error(i, v)
				}
			}
		})
	}
	wait.Wait()
}

// stone says how heavy it is.
type stone int64

func (s stone) Weight() int64 { return int64(s) }

// What is heavy is kept until it weighs too much together; then the last one stays.
func TestHeavy(t *testing.T) {
	var m memo.Of[int, stone]
	for i := range 4 {
		m.Put(i, 80<<20)
	}
	if _, ok := m.Get(0); ok {
		t.Error("320 MB are kept")
	}
	if _, ok := m.Get(3); !ok {
		t.Error("the last one is gone")
	}
}
