package db

import (
	"strconv"
	"strings"
)

// Args are the parameters of a query, numbered while its text is written. The first is the programme, as a
// rule: Args{programme} begins at $2.
type Args []any

// Add adds a parameter and says its number: "$3".
func (a *Args) Add(v any) string {
	*a = append(*a, v)
	return "$" + strconv.Itoa(len(*a))
}

// List adds several and says their numbers, for "in (…)": "$3,$4".
func List[T any](a *Args, vs []T) string {
	marks := make([]string, len(vs))
	for i, v := range vs {
		marks[i] = a.Add(v)
	}
	return strings.Join(marks, ",")
}
