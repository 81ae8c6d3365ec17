package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// phones send at once what each did in a week: a screen or two a day of five modules.
const (
	phones = 30
	week   = 60 // items
	parcel = 50 // as the script sends them
)

// BenchmarkOutbox measures thirty phones that send a week of work each: all at once, beside one after the
// other; and a page for somebody else meanwhile, beside the same page on an idle server.
func BenchmarkOutbox(b *testing.B) {
	each(b, func(b *testing.B, fresh dbtest.New) {
		h := demo(b, fresh)
		who, err := people.Persons.Select(b.Context(), h.DB, here, "and exists (select 1 from people_role r where r.programme=$1 and r.owner=people_person.owner and r.role='learner') order by owner limit $2", phones)
		must(b, err)
		ms, err := learning.Modules.Select(b.Context(), h.DB, here, "and audience='learner' order by slug")
		must(b, err)
		cookies := make([]string, len(who))
		for i, w := range who {
			cookies[i] = h.session(b, w.Owner)
		}
		leila := h.cookie(b, "leila")
		for b.Loop() {
			idle := visit(b, h.host, "/group", leila, 200)
			began := time.Now()
			for _, c := range cookies {
				h.deliver(b, c, ms)
			}
			alone := time.Since(began)
			var all sync.WaitGroup
			began = time.Now()
			for _, c := range cookies {
				all.Go(func() { h.deliver(b, c, ms) })
			}
			meanwhile := visit(b, h.host, "/group", leila, 200)
			all.Wait()
			together := time.Since(began)
			b.ReportMetric(float64(phones*week)/together.Seconds(), "items/s")
			b.ReportMetric(together.Seconds()/alone.Seconds(), "of-one-by-one")
			b.ReportMetric(float64(meanwhile.p95)/float64(idle.p95), "page-of-idle")
		}
	})
}

// deliver sends one phone's week in its parcels; each item must be kept.
func (h *house) deliver(b *testing.B, cookie string, ms []learning.ModuleRow) {
	items := make([]map[string]any, week)
	for i := range items {
		m := ms[i/12%len(ms)]
		items[i] = map[string]any{
			"id": fmt.Sprint(i), "at": time.Now().Add(time.Duration(i-week) * time.Hour).UnixMilli(),
			"action": fmt.Sprintf("/learn/%s/%d", m.Slug, 1+i%12), "form": "a=0&a0=1&a1=2&a2=3&a3=4&a4=5&a5=6&a6=7&a7=8&cid=" + id.New().String(),
		}
	}
	for at := 0; at < week; at += parcel {
		h.post(b, cookie, items[at:min(at+parcel, week)])
	}
}

func (h *house) post(b *testing.B, cookie string, items []map[string]any) {
	body, err := json.Marshal(map[string]any{"now": time.Now().UnixMilli(), "device": id.New().String(), "items": items})
	must(b, err)
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+h.host+"/outbox", bytes.NewReader(body))
	must(b, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", cookie)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	defer a.Body.Close() //nolint:errcheck // nothing was written
	answer, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != http.StatusOK || bytes.Count(answer, []byte(`"kept"`)) != len(items) {
		b.Errorf("%s %.300s %v", a.Status, answer, err)
	}
}
