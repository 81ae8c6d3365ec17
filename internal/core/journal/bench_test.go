package journal_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

// group is how many commands wait together in these measurements.
const group = 200

// A command with one entry and one row of a view, as most are.
var (
	lessonDone = journal.NewKind[moved]("test.lesson.done", journal.OfPerson)
	lessons    = view.New[lesson]("test_lesson")
)

type lesson struct {
	ID     id.ID `view:"key"`
	N      int64
	LastAt int64
	State  string
}

func lessonView() *journal.View {
	return viewOf(1, []*view.Table{lessons.Table}, journal.On(lessonDone, func(r *view.Rows, e *journal.Entry, b moved) {
		lessons.Edit(r, lesson{ID: e.Subject}, func(l *lesson) { l.N, l.LastAt, l.State = l.N+1, e.At, b.State })
	}))
}

// benchEach runs f on every engine, with this machine's fsync time beside it.
func benchEach(b *testing.B, f func(b *testing.B, j *journal.Journal)) {
	for name, fresh := range map[string]dbtest.New{"sqlite": dbtest.SQLite, "postgres": dbtest.PostgreSQL} {
		b.Run(name, func(b *testing.B) {
			if name == "postgres" && os.Getenv(dbtest.Env) == "" {
				b.Skip("no PostgreSQL: `make bench` starts one")
			}
			j, err := journal.Open(b.Context(), dbtest.Open(b, fresh(b)), openVault(b), time.Now, lessonView())
			must(b, err)
			b.Cleanup(j.Close)
			must(b, j.Create(b.Context(), programme))
			f(b, j)
			b.ReportMetric(fsync(b).Seconds()*1e6, "fsync-µs")
		})
	}
}

func fsync(b *testing.B) time.Duration {
	f, err := os.CreateTemp(b.TempDir(), "fsync")
	must(b, err)
	defer f.Close() //nolint:errcheck // a temporary file
	const n = 50
	began := time.Now()
	for range n {
		_, err := f.Write(make([]byte, 4096))
		must(b, err)
		must(b, f.Sync())
	}
	return time.Since(began) / n
}

func lessonOf(owner, subject int) command {
	return say(id.New(), "done", lessonDone.Draft(thing("owner", owner), thing("lesson", subject), moved{"done"}))
}

// appends sends n commands from as many hands as a group has.
func appends(b *testing.B, j *journal.Journal, n int) {
	var all sync.WaitGroup
	for w := range group {
		all.Go(func() {
			for i := w; i < n; i += group {
				if err := lessonOf(w, i%7).to(b.Context(), j); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkAppend(b *testing.B) {
	benchEach(b, func(b *testing.B, j *journal.Journal) {
		appends(b, j, 2*group) // keys are made, statements prepared
		b.ResetTimer()
		appends(b, j, b.N)
		b.StopTimer()
		ours := float64(b.N) / b.Elapsed().Seconds()
		b.ReportMetric(ours, "appends/s")
		b.ReportMetric(ours/bare(b, j, max(b.N, 50*group)), "of-bare")
	})
}

// bare is how many rows of the same bytes the engine takes a second, a group in one statement and
// transaction, without journal, view or seal.
func bare(b *testing.B, j *journal.Journal, n int) float64 {
	ctx, node := b.Context(), id.New()
	es, err := j.Since(ctx, programme, journal.Vector{}, 1)
	must(b, err)
	e := es[0]
	began := time.Now()
	for seq := int64(1); seq <= int64(n); {
		must(b, j.DB().Update(ctx, func(tx *db.Tx) error {
			var rows []string
			var args []any
			for range group {
				rows = append(rows, marks(len(args), 13))
				args = append(args, e.Programme, node, seq, id.New(), e.Kind, id.New(), e.Subject, e.At, e.Recorded, e.Arrived, e.Author, e.Payload, e.Digest)
				seq++
			}
			_, err := tx.Exec(ctx, "insert into entry(programme,node,seq,id,kind,owner,subject,at,recorded,arrived,author,payload,digest) values "+strings.Join(rows, ","), args...)
			return err
		}))
	}
	return float64(n) / time.Since(began).Seconds()
}

func marks(from, n int) string {
	ms := make([]string, n)
	for i := range ms {
		ms[i] = fmt.Sprintf("$%d", from+i+1)
	}
	return "(" + strings.Join(ms, ",") + ")"
}

func BenchmarkRebuild(b *testing.B) {
	const n = 20_000
	benchEach(b, func(b *testing.B, j *journal.Journal) {
		appends(b, j, n)
		for b.Loop() {
			must(b, j.Rebuild(b.Context()))
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "entries/s")
	})
}

// BenchmarkLate receives one entry that belongs before 5,000 others of its owner.
func BenchmarkLate(b *testing.B) {
	const n = 5000
	benchEach(b, func(b *testing.B, j *journal.Journal) {
		var ds []journal.Draft
		for i := range n {
			ds = append(ds, lessonDone.Draft(thing("owner", 1), thing("lesson", i%50), moved{"done"}))
		}
		must(b, say(id.New(), "many", ds...).to(b.Context(), j))
		late := lateEntries(b, max(b.N, 1000))
		i := 0
		for b.Loop() {
			must(b, j.Receive(b.Context(), programme, late[i%len(late):i%len(late)+1]))
			i++
		}
		b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/late")
	})
}

// lateEntries are of a node whose clock is a day behind; its payloads are not sealed.
func lateEntries(b *testing.B, n int) []journal.Entry {
	then := func() time.Time { return time.Now().Add(-24 * time.Hour) }
	j, err := journal.Open(b.Context(), dbtest.Open(b, dbtest.SQLite(b)), openVault(b), then)
	must(b, err)
	defer j.Close()
	must(b, j.Create(b.Context(), programme))
	open := lessonDone
	open.Whose = journal.OfThing
	var ds []journal.Draft
	for i := range n {
		ds = append(ds, open.Draft(thing("owner", 1), thing("lesson", i%50), moved{"late"}))
	}
	must(b, say(id.New(), "late", ds...).to(b.Context(), j))
	es, err := j.Since(b.Context(), programme, journal.Vector{}, n)
	must(b, err)
	return es
}
