package db

import "iter"

// portions are the sizes in which many rows or ids go into statements, the largest first. They are few, so
// that few texts are prepared.
var portions = []int{50, 10, 3, 1}

// Portions cuts a list for statements that name all of its parts.
func Portions[T any](list []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for _, n := range portions {
			for len(list) >= n {
				if !yield(list[:n:n]) {
					return
				}
				list = list[n:]
			}
		}
	}
}
