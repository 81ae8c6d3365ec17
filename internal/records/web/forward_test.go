package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/records"
)

// What was kept before arrives in order, with what is attached and who vouched; then what comes. Again is nothing new.
func TestForwarding(t *testing.T) {
	between(t, func(p *pair) {
		var want []string
		photo := []byte(byteful)
		var ids []string
		p.here.ask("POST", "/statements", mixed(part{asJSON, statement("amina", "a", attached(photo, ""))}, withSum(photo)), "Content-Type", edged).is(200).json(&ids)
		want = append(want, ids...)
		for n := range 3 {
			p.here.version = []string{"1.0.3", "2.0.0"}[n%2]
			want = append(want, p.here.post(slices.Repeat([]string{statement(fmt.Sprint("n", n), "b")}, 60)...)...)
		}
		voided := p.here.post(statement("chloe", "c"))[0]
		want = append(want, p.here.post(statement("leila", "x", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+voided+`"}}`))...)
		p.set(records.Forward{Earlier: true})
		p.pass(0)
		p.there.Now = p.here.Now
		p.arrived(want...)
		if got := p.there.ask("GET", "/statements?attachments=true&ascending=true&limit=1", ""); !strings.Contains(got.body, byteful) {
			t.Error(got.body)
		}
		if w := p.now(); w.Sent != 182 || w.Refused != 0 || w.Behind != 0 || w.Success.IsZero() || w.Trouble != nil {
			t.Errorf("%+v", w)
		}
		if len(p.asked) != 6 { // 50 in each, cut where the version changes
			t.Errorf("%d requests", len(p.asked))
		}
		p.asked = nil
		p.pass(time.Hour)
		if len(p.asked) != 0 {
			t.Error("what had arrived is sent again", p.asked)
		}
		more := p.here.post(statement("amina", "late"))
		p.pass(11 * time.Second)
		p.arrived(append(want, more...)...)
	})
}

// Of what was kept before nothing is sent unless that is asked for.
func TestForwardingFromNow(t *testing.T) {
	between(t, func(p *pair) {
		p.here.post(statement("amina", "a"))
		p.set(records.Forward{})
		p.pass(0)
		p.arrived()
		if w := p.now(); w.Behind != 0 {
			t.Error(w.Behind)
		}
		ids := p.here.post(statement("amina", "b"))
		if w := p.now(); w.Behind != 1 {
			t.Error(w.Behind)
		}
		p.pass(11 * time.Second)
		p.arrived(ids...)
	})
}

// Only what mentions one of each list is sent, with what takes it back; however much is left out.
func TestForwardingSome(t *testing.T) {
	between(t, func(p *pair) {
		first, _ := id.Parse(p.here.key)
		passed := func(what string) string {
			return statement("amina", what, `{"verb":{"id":"https://example.org/passed"}}`)
		}
		within := statement("bilal", "other", `{"verb":{"id":"https://example.org/passed"},"context":{"contextActivities":{"parent":[{"id":"https://example.org/course"}]}}}`)
		want := p.here.post(passed("course"), statement("amina", "course"), passed("elsewhere"), within)
		want = []string{want[0], want[3]}
		for range 6 {
			p.here.post(slices.Repeat([]string{statement("amina", "course")}, 100)...)
		}
		last := p.here.post(passed("course"))
		p.here.as(records.All)
		p.here.post(passed("course")) // of another platform
		want = append(want, last...)
		p.set(records.Forward{Earlier: true, Filter: records.Filter{
			Verbs: []string{"https://example.org/passed", "https://example.org/failed"}, Activities: []string{"https://example.org/course"}, Clients: []id.ID{first, id.New()},
		}})
		p.pass(0)
		p.arrived(want...)
		p.here.post(statement("leila", "x", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+last[0]+`"}}`))
		p.pass(11 * time.Second)
		p.there.ask("GET", "/statements?statementId="+last[0], "").is(404)
		if w := p.now(); w.Behind != 0 || w.Sent != 4 {
			t.Errorf("%+v", w)
		}
	})
}

// Two processes share a forward, and whoever looks after it hastens it all the while: what somebody did arrives in the
// order in which they did it.
func TestForwardingByTwoProcesses(t *testing.T) {
	between(t, func(p *pair) {
		var ids []string
		for range 6 {
			ids = append(ids, p.here.post(slices.Repeat([]string{statement("amina", "a"), statement("bilal", "b")}, 40)...)...)
		}
		p.set(records.Forward{Earlier: true})
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				r := p.runner()
				for range 200 {
					if err := p.here.Hasten(t.Context(), p.here.programme, p.forward); err != nil {
						t.Error(err)
						return
					}
					if r.Drain(t.Context()); p.now().Behind == 0 {
						return
					}
				}
			})
		}
		all.Wait()
		p.arrived(ids...)
		if w := p.now(); w.Sent != int64(len(ids)) || len(p.asked) != 10 {
			t.Errorf("%d were sent in %d requests, want each once: %d in 10", w.Sent, len(p.asked), len(ids))
		}
	})
}

// What has ended sends nothing, and keeps nothing; its job is gone.
func TestForwardingEnds(t *testing.T) {
	between(t, func(p *pair) {
		p.set(records.Forward{})
		p.pass(0)
		for range 2 {
			if err := p.here.EndForward(t.Context(), journaltest.Act(p.here.programme, id.ID{}), p.forward); err != nil {
				t.Fatal(err)
			}
		}
		p.here.post(statement("amina", "a"))
		p.pass(time.Minute)
		p.arrived()
		if w := p.now(); !w.Ended || w.Behind != 0 {
			t.Errorf("%+v", w)
		}
		if n := p.drafts("kind<>'xapi.forward.position'"); n != 0 {
			t.Errorf("%d drafts are left", n)
		}
		if err := p.here.PlanForwards(t.Context()); err != nil {
			t.Fatal(err)
		}
		if js, err := job.List(t.Context(), p.here.J.DB(), p.here.programme, p.here.Now.AddDate(9, 0, 0), 9); err != nil || len(js) != 0 {
			t.Error(js, err)
		}
	})
}

// What ends while it is worked on sends what is under way, and no more.
func TestForwardingEndsMeanwhile(t *testing.T) {
	between(t, func(p *pair) {
		ids := p.here.post(slices.Repeat([]string{statement("amina", "a")}, 70)...)
		p.set(records.Forward{Earlier: true})
		p.after = func() {
			if err := p.here.EndForward(t.Context(), journaltest.Act(p.here.programme, id.ID{}), p.forward); err != nil {
				t.Error(err)
			}
		}
		p.pass(0)
		p.arrived(ids[:50]...)
		p.pass(time.Minute)
		if n := p.drafts("kind<>'xapi.forward.position'"); n != 0 {
			t.Errorf("%d drafts are left", n)
		}
	})
}

// A forward whose job was lost goes on when Tremplin starts.
func TestForwardingIsPlannedAtStart(t *testing.T) {
	between(t, func(p *pair) {
		p.set(records.Forward{})
		if _, err := p.here.J.DB().Exec(t.Context(), "delete from job"); err != nil {
			t.Fatal(err)
		}
		ids := p.here.post(statement("amina", "a"))
		for range 2 {
			if err := p.here.PlanForwards(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		p.pass(time.Second)
		p.arrived(ids...)
	})
}

// The secret stands in no entry and in no draft that can be read.
func TestForwardingKeepsItsSecret(t *testing.T) {
	between(t, func(p *pair) {
		p.set(records.Forward{})
		es, err := p.here.J.History(t.Context(), p.here.programme, p.forward)
		if err != nil || len(es) != 1 || strings.Contains(string(es[0].Body()), p.login.Secret) || strings.Contains(string(es[0].Body()), p.login.Key) {
			t.Errorf("%v %s", err, es[0].Body())
		}
		if n := p.drafts("body like '%" + p.login.Secret + "%'"); n != 0 || p.drafts("true") == 0 {
			t.Error("the secret stands in a draft")
		}
	})
}

// A forward is set only where the other store lets us in, and what is wrong is said beside the field.
func TestForwardsThatAreRefused(t *testing.T) {
	between(t, func(p *pair) {
		good := records.Forward{Name: "Région", URL: p.url, Purpose: "Convention"}
		for name, c := range map[string]struct {
			change func(f *records.Forward, l *records.Login)
			stand  func(http.ResponseWriter, *http.Request) bool
			want   string
		}{
			"no name":      {func(f *records.Forward, _ *records.Login) { f.Name = " " }, nil, "name records.forward.bad.name"},
			"no purpose":   {func(f *records.Forward, _ *records.Login) { f.Purpose = "" }, nil, "purpose records.forward.bad.purpose"},
			"plain http":   {func(f *records.Forward, _ *records.Login) { f.URL = "http://example.org" }, nil, "url records.forward.bad.url"},
			"no key":       {func(_ *records.Forward, l *records.Login) { l.Key = "" }, nil, "key records.forward.bad.key"},
			"no secret":    {func(_ *records.Forward, l *records.Login) { l.Secret = "" }, nil, "secret records.forward.bad.secret"},
			"no IRI":       {func(f *records.Forward, _ *records.Login) { f.Filter.Verbs = []string{"passed"} }, nil, "verbs records.forward.bad.verbs"},
			"wrong secret": {func(_ *records.Forward, l *records.Login) { l.Secret += "x" }, nil, "key records.forward.trouble.login"},
			"nobody":       {func(f *records.Forward, _ *records.Login) { f.URL = "http://127.0.0.1:1" }, nil, "url records.forward.trouble.unreachable"},
			"no store":     {func(f *records.Forward, _ *records.Login) { f.URL += "/elsewhere" }, nil, "url records.forward.trouble.no-store"},
			"a page":       {func(*records.Forward, *records.Login) {}, answers(200), "url records.forward.trouble.no-store"},
			"leads on":     {func(*records.Forward, *records.Login) {}, answers(301, "Location", "/"), "url records.forward.trouble.elsewhere"},
			"broken":       {func(*records.Forward, *records.Login) {}, answers(502), "url records.forward.trouble.broken"},
		} {
			f, l := good, p.login
			c.change(&f, &l)
			p.stand = c.stand
			err := p.here.SetForward(t.Context(), journaltest.Act(p.here.programme, id.ID{}), f, l)
			if fs := fault.FieldsOf(err); len(fs) != 1 || fs[0].Name+" "+fs[0].Key != c.want {
				t.Errorf("%s: %v %v", name, fs, err)
			}
			p.stand = nil
		}
		p.there.as(records.Read)
		err := p.here.SetForward(t.Context(), journaltest.Act(p.here.programme, id.ID{}), good, records.Login{Key: p.there.key, Secret: p.there.secret})
		if fs := fault.FieldsOf(err); len(fs) != 1 || fs[0].Key != "records.forward.trouble.rights" {
			t.Error(err)
		}
		if n := p.drafts("true"); n != 0 {
			t.Errorf("%d drafts are left", n)
		}
	})
}
