package load

import (
	"crypto/rand"
	"net/http"
	"testing"

	"tremplin/internal/core/dbtest"
)

// pages are those that are read most, each by whom it is made for.
var pages = []struct{ name, path, who string }{
	{"library", "/", "amina"},
	{"lesson", "/learn/speaking-at-work/1", "amina"},
	{"me", "/me", "amina"},
	{"group", "/group", "leila"},
	{"people", "/people", "nadia"},
	{"indicators", "/indicators", "nadia"},
}

// BenchmarkPage measures a page at eight connections, and a bare handler with one SELECT and as many
// bytes of answer beside it.
func BenchmarkPage(b *testing.B) {
	each(b, func(b *testing.B, fresh dbtest.New) {
		h := demo(b, fresh)
		for _, p := range pages {
			cookie := h.cookie(b, p.who)
			b.Run(p.name, func(b *testing.B) {
				size := visit(b, h.host, p.path, cookie, 4*hands).bytes
				bare := serve(b, h.bare(size))
				visit(b, bare, "/", cookie, 4*hands)
				b.ResetTimer()
				ours := visit(b, h.host, p.path, cookie, b.N)
				b.StopTimer()
				theirs := visit(b, bare, "/", cookie, max(b.N, 500))
				b.ReportMetric(ours.rate, "req/s")
				b.ReportMetric(ours.p95.Seconds()*1000, "p95-ms")
				b.ReportMetric(float64(size)/1000, "kB")
				b.ReportMetric(ours.cpu.Seconds()*1000, "cpu-ms")
				b.ReportMetric(ours.rate/theirs.rate, "of-bare")
				b.ReportMetric(theirs.cpu.Seconds()/ours.cpu.Seconds(), "of-bare-cpu")
				b.ReportMetric(fsync(b).Seconds()*1e6, "fsync-µs")
			})
		}
	})
}

// bare answers with one SELECT and so many bytes.
func (h *house) bare(size int64) http.Handler {
	body := make([]byte, size)
	_, _ = rand.Read(body) // never fails
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var first string
		if err := h.DB.QueryRow(r.Context(), "select first from people_person where programme=$1 limit 1", here).Scan(&first); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body) // the reader may have gone
	})
}
