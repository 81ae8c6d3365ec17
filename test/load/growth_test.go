package load

import (
	"os"
	"strconv"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
)

// few is the programme that a large one is compared with.
const few = 1000

// many is how many people the large programme has: TREMPLIN_BENCH_PEOPLE, else 100,000.
func many(b *testing.B) int {
	v := os.Getenv("TREMPLIN_BENCH_PEOPLE")
	if v == "" {
		return 100_000
	}
	n, err := strconv.Atoi(v)
	must(b, err)
	return n
}

// BenchmarkGrowth asks for the same pages in a small programme and in a large one, in turn.
func BenchmarkGrowth(b *testing.B) {
	each(b, func(b *testing.B, fresh dbtest.New) {
		small, large := filled(b, fresh, few), filled(b, fresh, many(b))
		for _, p := range []struct{ name, path, who string }{
			{"library", "/", "learner"},
			{"lesson", "/learn/speaking-at-work/1", "learner"},
			{"me", "/me", "learner"},
			{"group", "/group", "tutor"},
			{"groups", "/group", "coordinator"},
			{"people", "/people", "coordinator"},
			{"people-search", "/people?q=person+7919", "coordinator"},
			{"programme", "/programme", "coordinator"},
			{"indicators", "/indicators", "coordinator"},
			{"modules", "/modules", "coordinator"},
			{"admin", "/admin", "administrator"},
		} {
			b.Run(p.name, func(b *testing.B) { compare(b, small, large, p.path, p.who) })
		}
	})
}

// compare measures a page in both houses, one request at a time.
func compare(b *testing.B, small, large *house, path, who string) {
	var took [2][]time.Duration
	var at [2]*hand
	for i, h := range []*house{small, large} {
		at[i] = dial(b, h.host, path, h.session(b, named(who)))
		defer at[i].conn.Close() //nolint:errcheck // nothing was written
		_, err := at[i].get()
		must(b, err)
	}
	for b.Loop() {
		for i := range at {
			began := time.Now()
			_, err := at[i].get()
			must(b, err)
			took[i] = append(took[i], time.Since(began))
		}
	}
	ms := [2]float64{quantile(took[0], 0.5).Seconds() * 1000, quantile(took[1], 0.5).Seconds() * 1000}
	b.ReportMetric(ms[0], "ms-few")
	b.ReportMetric(ms[1], "ms-many")
	b.ReportMetric(ms[1]/ms[0], "many/few")
}
