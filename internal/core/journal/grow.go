package journal

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"tremplin/internal/core/db"
)

// looks are the numbers of entries, written by this process, at which PostgreSQL is made to look at its
// tables. Until it has, it takes them for empty and keeps plans that read a whole programme where one row
// is asked for: a first import would cost the square of its length.
var looks = []int64{50, 500, 5000, 50_000}

// grew counts entries that were committed.
func (j *Journal) grew(ctx context.Context, n int64) {
	now := j.written.Add(n)
	passed := func(look int64) bool { return now-n < look && look <= now }
	if j.db.Engine != db.PostgreSQL || !slices.ContainsFunc(looks, passed) {
		return
	}
	names := []string{"entry", "total", "job"}
	for _, t := range j.all.allTables() {
		names = append(names, t.Name)
	}
	if _, err := j.db.Exec(ctx, "analyze "+strings.Join(names, ",")); err != nil {
		slog.Warn("the database made no statistics of its tables", "error", err)
	}
}
