package db

import (
	"context"
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

// Column reads one column, of whatever type scans it.
func Column[T any](ctx context.Context, q Queryer, text string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
