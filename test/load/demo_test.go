package load

import (
	"testing"

	"tremplin/internal/core/dbtest"
)

// BenchmarkDemo loads the demonstration into an empty house. What costs most: go test -cpuprofile.
func BenchmarkDemo(b *testing.B) {
	each(b, func(b *testing.B, fresh dbtest.New) {
		for b.Loop() {
			b.StopTimer()
			h := open(b, config(b, fresh))
			b.StartTimer()
			_, err := h.Demo(b.Context(), func(int, int) {})
			must(b, err)
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/demo")
		b.ReportMetric(fsync(b).Seconds()*1e6, "fsync-µs")
	})
}
