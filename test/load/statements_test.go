package load

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
)

// senders are the connections that send statements at once.
const senders = 8

// lesson is a statement as a course platform sends it: one of 500 people, of 300 activities, of 800 attempts, some 700 bytes.
func lesson(n int) string {
	with := ""
	if withIDs.Load() {
		with = `"id":"` + id.New().String() + `",`
	}
	return fmt.Sprintf(`{`+with+`"actor":{"account":{"homePage":"https://cours.example.org","name":"%d"},"name":"Apprenante %d"},`+
		`"verb":{"id":"http://adlnet.gov/expapi/verbs/answered","display":{"fr":"a répondu"}},`+
		`"object":{"id":"https://cours.example.org/module/%d/question/%d","definition":{"type":"http://adlnet.gov/expapi/activities/question","name":{"fr":"Question %d"}}},`+
		`"result":{"score":{"scaled":0.5,"raw":5,"min":0,"max":10},"success":true,"response":"b","duration":"PT12.5S"},`+
		`"context":{"registration":"%s","platform":"Cours","language":"fr","contextActivities":{"parent":[{"id":"https://cours.example.org/module/%d"}]}},`+
		`"timestamp":"2026-11-22T09:30:00.000Z"}`, n%500, n%500, n%30, n%300, n%300, id.Named(fmt.Sprint(n%800)), n%30)
}

// BenchmarkStatements measures statements that come in one by one and in batches of fifty, from eight connections,
// beside rows of the same bytes in one INSERT; and a learner's page meanwhile, beside the same on an idle server.
func BenchmarkStatements(b *testing.B) {
	each(b, func(b *testing.B, fresh dbtest.New) {
		h := demo(b, fresh)
		key, secret, err := h.Records.AddClient(b.Context(), journal.Act{Programme: here, ID: id.New()}, records.Client{Name: "Cours", Scopes: []string{records.All}})
		must(b, err)
		amina := h.cookie(b, "amina")
		send := func(n, size int) float64 { return h.lessons(b, key, secret, n, size) }
		send(500, 50) // keys are made
		for b.Loop() {
			b.ReportMetric(send(4000, 1), "single/s")
			b.ReportMetric(send(20_000, 50), "in-batches/s")
			withIDs.Store(true) // what may have been spoken of before is looked for
			b.ReportMetric(send(20_000, 50), "with-ids/s")
			withIDs.Store(false)
			idle, busy := make(chan struct{}), make(chan struct{})
			close(idle)
			quiet := dwell(b, h.host, "/me", amina, 1000, idle)
			go func() { defer close(busy); send(20_000, 50) }()
			meanwhile := dwell(b, h.host, "/me", amina, 1000, busy)
			b.ReportMetric(float64(mean(meanwhile))/float64(mean(quiet)), "page-of-idle")
			b.ReportMetric(float64(quantile(meanwhile, 0.95))/float64(quantile(quiet, 0.95)), "page-p95-of-idle")
		}
		b.ReportMetric(h.inserts(b, 20_000), "bare/s")
		b.ReportMetric(fsync(b).Seconds()*1e6, "fsync-µs")
	})
}

var (
	lessons atomic.Int64
	withIDs atomic.Bool // whether the sender gives ids
)

// lessons sends n statements in parcels of a size, and says how many a second were kept.
func (h *house) lessons(b *testing.B, key, secret string, n, size int) float64 {
	var all sync.WaitGroup
	began := time.Now()
	for range senders {
		all.Go(func() {
			for range n / senders / size {
				texts := make([]string, size)
				for i := range texts {
					texts[i] = lesson(int(lessons.Add(1)))
				}
				h.statements(b, key, secret, "["+strings.Join(texts, ",")+"]")
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(began).Seconds()
}

func (h *house) statements(b *testing.B, key, secret, body string) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+h.host+"/xapi/statements", strings.NewReader(body))
	must(b, err)
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(key+":"+secret)))
	r.Header.Set("X-Experience-API-Version", "1.0.3")
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	if _ = answer.Body.Close(); answer.StatusCode != http.StatusOK {
		b.Error(answer.Status)
	}
}

// inserts is how many rows of a statement's bytes the engine takes a second, fifty in one INSERT and transaction.
func (h *house) inserts(b *testing.B, n int) float64 {
	ctx, node := b.Context(), id.New()
	payload := []byte(lesson(1))
	began := time.Now()
	for seq := 1; seq <= n; {
		must(b, h.DB.Update(ctx, func(tx *db.Tx) error {
			var rows []string
			args := db.Args{}
			for range 50 {
				at := int64(seq)
				marks := []string{args.Add(here), args.Add(node), args.Add(at), args.Add(id.New()), args.Add("bare"), args.Add(id.New()), args.Add(id.ID{}), args.Add(at), args.Add(at), args.Add(at), args.Add(id.ID{}), args.Add(payload), args.Add(payload[:32])}
				rows = append(rows, "("+strings.Join(marks, ",")+")")
				seq++
			}
			_, err := tx.Exec(ctx, "insert into entry(programme,node,seq,id,kind,owner,subject,at,recorded,arrived,author,payload,digest) values "+strings.Join(rows, ","), args...)
			return err
		}))
	}
	return float64(n) / time.Since(began).Seconds()
}
