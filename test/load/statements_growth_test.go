package load

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// statementsOf is how many statements the small store and the large one have: TREMPLIN_BENCH_STATEMENTS, else 1,000,000,
// and a tenth of it.
func statementsOf(b *testing.B) (small, large int) {
	large = 1_000_000
	if v := os.Getenv("TREMPLIN_BENCH_STATEMENTS"); v != "" {
		n, err := strconv.Atoi(v)
		must(b, err)
		large = n
	}
	return large / 10, large
}

// BenchmarkStatementsGrowth asks for a hundred statements by agent, by activity and by registration, among few and
// among many, in turn; and says what memory taking them left behind.
func BenchmarkStatementsGrowth(b *testing.B) {
	each(b, func(b *testing.B, fresh dbtest.New) {
		few, many := statementsOf(b)
		small, large := stored(b, fresh, few), stored(b, fresh, many)
		for _, q := range []struct{ name, key, value string }{
			{"agent", "agent", `{"account":{"homePage":"https://cours.example.org","name":"7"}}`},
			{"activity", "activity", "https://cours.example.org/module/7/question/7"},
			{"registration", "registration", id.Named("7").String()},
			{"all", "ascending", "true"},
		} {
			b.Run(q.name, func(b *testing.B) {
				path := "/xapi/statements?limit=100&" + url.Values{q.key: {q.value}}.Encode()
				var took [2][]time.Duration
				for b.Loop() {
					for i, h := range []*store{small, large} {
						began := time.Now()
						h.get(b, path)
						took[i] = append(took[i], time.Since(began))
					}
				}
				ms := [2]float64{quantile(took[0], 0.5).Seconds() * 1000, quantile(took[1], 0.5).Seconds() * 1000}
				b.ReportMetric(ms[0], "ms-few")
				b.ReportMetric(ms[1], "ms-many")
				b.ReportMetric(ms[1]/ms[0], "many/few")
				b.ReportMetric(large.grown, "MB-grown")
			})
		}
	})
}

// store is a house with statements, and the client that reads them.
type store struct {
	*house
	key, secret string
	grown       float64 // memory, in MB, by taking the second half of them
}

func stored(b *testing.B, fresh dbtest.New, n int) *store {
	s := &store{house: open(b, config(b, fresh))}
	p, err := s.Begin(b.Context(), slug, time.Time{})
	must(b, err)
	s.open(b)
	s.key, s.secret, err = s.Records.AddClient(b.Context(), journal.Act{Programme: p.ID(), ID: id.New()}, records.Client{Name: "Cours", Scopes: []string{records.All}})
	must(b, err)
	client, err := s.Records.Client(b.Context(), p.ID(), s.key)
	must(b, err)
	s.take(b, client, n/2)
	half := heap()
	s.take(b, client, n/2)
	s.grown = heap() - half
	return s
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// take keeps n statements, fifty at once, from as many hands as send them.
func (s *store) take(b *testing.B, client records.Known, n int) {
	var all sync.WaitGroup
	for range senders {
		all.Go(func() {
			for range n / senders / 50 {
				p := records.Parcel{Version: xapi.V1}
				for range 50 {
					v, err := xapi.Parse([]byte(lesson(int(lessons.Add(1)))))
					if err != nil {
						b.Error(err)
						return
					}
					p.Statements = append(p.Statements, v.(xapi.Object))
				}
				if _, err := s.Records.Take(b.Context(), client, p); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

func (s *store) get(b *testing.B, path string) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://"+s.host+path, nil)
	must(b, err)
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(s.key+":"+s.secret)))
	r.Header.Set("X-Experience-API-Version", "1.0.3")
	answer, err := http.DefaultClient.Do(r)
	must(b, err)
	if _ = answer.Body.Close(); answer.StatusCode != http.StatusOK {
		b.Fatal(answer.Status)
	}
}
