package db_test

import (
	"slices"
	"testing"

	"tremplin/internal/core/db"
)

// Whatever the length: nothing is lost or turned round, and few sizes occur.
func TestPortions(t *testing.T) {
	sizes := map[int]bool{}
	for n := range 200 {
		list, got := make([]int, n), []int(nil)
		for i := range list {
			list[i] = i
		}
		for part := range db.Portions(list) {
			sizes[len(part)] = true
			got = append(got, part...)
		}
		if !slices.Equal(got, list) && n > 0 {
			t.Fatal(n, got)
		}
	}
	if len(sizes) != 4 {
		t.Error(sizes)
	}
}
