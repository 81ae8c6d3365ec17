package web_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/records"
)

// What was sent comes back as it was sent, with what a store adds; sent again it is one.
func TestStatementIsKept(t *testing.T) {
	each(t, func(s *store) {
		which := id.New().String()
		text := statement("amina", "a", `{"timestamp":"2026-11-22T09:30:00.1234567+02:00","result":{"score":{"raw":1.50}},"context":{"contextActivities":{"parent":{"id":"urn:x:p"}}}}`)
		s.ask("PUT", "/statements?statementId="+which, text).is(204)
		s.ask("PUT", "/statements?statementId="+which, text).is(204)
		s.ask("POST", "/statements", statement("amina", "a", text, `{"id":"`+which+`"}`)).is(200).says(which)
		s.ask("PUT", "/statements?statementId="+which, statement("amina", "b")).is(409)
		got := s.ask("GET", "/statements?statementId="+which, "").is(200)
		o := got.object()
		if o["timestamp"] != "2026-11-22T09:30:00.1234567+02:00" || o["version"] != "1.0.0" || !strings.Contains(got.body, `"raw":1.50`) || got.header.Get("Last-Modified") == "" {
			t.Error(got.body, got.header)
		}
		got.says(`"parent":[{`).says(`"account":{"homePage":"https://tremplin.example.org","name":"` + s.key + `"}`)
		if ids := s.found(); !slices.Equal(ids, []string{which}) {
			t.Error(ids)
		}
		bare := s.post(statement("bilal", "a"))[0]
		if o := s.ask("GET", "/statements?statementId="+bare, "").object(); o["timestamp"] != o["stored"] || o["stored"] == nil {
			t.Error(o)
		}
		s.ask("GET", "/statements?statementId="+id.New().String(), "").is(404)
		back := s.ask("GET", "/statements?statementId="+bare, "").body
		s.ask("PUT", "/statements?statementId="+bare, back).is(204) // the timestamp is the store's
		s.ask("POST", "/statements", "["+back+","+statement("chloe", "c")+"]").is(200)
		s.ask("PUT", "/statements?statementId="+bare, strings.Replace(back, "bilal", "chloe", 2)).is(409)
		if ids := s.found(); len(ids) != 3 {
			t.Error(ids)
		}
	})
}

// A parcel is kept whole or not at all.
func TestParcel(t *testing.T) {
	each(t, func(s *store) {
		one, two := statement("amina", "a"), statement("bilal", "a")
		s.ask("POST", "/statements", "["+one+","+statement("bilal", "a", `{"verb":{}}`)+"]").is(400).says(`"at":"[1].verb"`)
		which := id.New().String()
		known := statement("amina", "a", `{"id":"`+which+`"}`)
		s.ask("POST", "/statements", "["+known+","+known+"]").is(400).says("same id")
		s.post(known)
		s.ask("POST", "/statements", "["+two+","+statement("amina", "b", `{"id":"`+which+`"}`)+"]").is(409)
		if ids := s.found(); len(ids) != 1 {
			t.Error(ids)
		}
		if ids := s.post(known, two); ids[0] != which || len(s.found()) != 2 {
			t.Error(ids, s.found())
		}
		s.ask("POST", "/statements", "[]").is(200)
	})
}

// Statements are found by what they are about, and broadly by whatever they name.
func TestFilters(t *testing.T) {
	each(t, func(s *store) {
		const registration = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
		a := s.post(statement("amina", "a"))[0]
		b := s.post(statement("bilal", "b", `{"context":{"registration":"`+registration+`","instructor":{"mbox":"mailto:amina@example.org"},
			"contextActivities":{"grouping":[{"id":"https://example.org/a"}]}}}`))[0]
		c := s.post(statement("chloe", "c", `{"verb":{"id":"https://example.org/read"},"actor":{"objectType":"Group","member":[{"mbox":"mailto:amina@example.org"}]}}`))[0]
		const amina, sum = `{"mbox":"mailto:amina@example.org"}`, `{"mbox_sha1sum":"b2b6b2fdd1b1e1d3b1a0f6e3cb1bdf1a8e8d9e6a"}`
		for _, w := range []struct {
			want   []string
			params []string
		}{
			{[]string{c, b, a}, nil},
			{[]string{a, b, c}, []string{"ascending", "true"}},
			{[]string{c, a}, []string{"agent", amina}},
			{[]string{c, b, a}, []string{"agent", amina, "related_agents", "true"}},
			{nil, []string{"agent", sum}},
			{[]string{a}, []string{"activity", "https://example.org/a"}},
			{[]string{b, a}, []string{"activity", "https://example.org/a", "related_activities", "true"}},
			{[]string{c}, []string{"verb", "https://example.org/read"}},
			{[]string{b}, []string{"registration", strings.ToUpper(registration)}},
			{nil, []string{"registration", registration, "agent", amina}},
			{[]string{b}, []string{"registration", registration, "agent", amina, "related_agents", "true"}},
			{[]string{c}, []string{"agent", amina, "verb", "https://example.org/read"}},
			{[]string{c, b}, []string{"limit", "2"}},
		} {
			if got := s.found(w.params...); !slices.Equal(got, w.want) {
				t.Errorf("%v: %v, want %v", w.params, got, w.want)
			}
		}
		at, _ := s.ask("GET", "/statements?statementId="+b, "").object()["stored"].(string)
		if got := s.found("since", at); !slices.Equal(got, []string{c}) {
			t.Error(got)
		}
		if got := s.found("until", at); !slices.Equal(got, []string{b, a}) {
			t.Error(got)
		}
	})
}

// Pages follow one another, whatever arrives meanwhile.
func TestMore(t *testing.T) {
	each(t, func(s *store) {
		var sent []string
		for i := range 7 {
			sent = append(sent, s.post(statement("amina", fmt.Sprint(i)), statement("bilal", "b"))[0])
		}
		slices.Reverse(sent)
		var got []string
		at := "/statements?" + query("limit", "3", "agent", `{"mbox":"mailto:amina@example.org"}`)
		for pages := 0; at != ""; pages++ {
			ids, more := s.page(at)
			got, at = append(got, ids...), more
			s.post(statement("amina", "later"))
			if pages > 5 {
				t.Fatal("pages have no end")
			}
		}
		if !slices.Equal(got, sent) {
			t.Error(got, sent)
		}
		first, more := s.page("/statements?ascending=true&limit=13")
		if rest, _ := s.page(more); len(first) != 13 || len(rest) == 0 || slices.Contains(first, rest[0]) {
			t.Error(len(first), rest)
		}
	})
}

// What is voided is asked for by another name; what voids it is found, and stays.
func TestVoiding(t *testing.T) {
	each(t, func(s *store) {
		which := s.post(statement("amina", "a"))[0]
		voids := func(what string) string {
			return statement("leila", "x", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+what+`"}}`)
		}
		by := s.post(voids(which))[0]
		s.ask("GET", "/statements?statementId="+which, "").is(404)
		if o := s.ask("GET", "/statements?voidedStatementId="+which, "").is(200).object(); o["id"] != which {
			t.Error(o)
		}
		s.ask("GET", "/statements?voidedStatementId="+by, "").is(404)
		if got := s.found("agent", `{"mbox":"mailto:amina@example.org"}`); !slices.Equal(got, []string{by}) {
			t.Error(got)
		}
		s.ask("POST", "/statements", voids(by)).is(400).says("cannot be taken back")
		unborn := id.New().String() // what is voided before it comes is voided when it comes
		s.post(voids(unborn))
		s.ask("PUT", "/statements?statementId="+unborn, statement("amina", "a")).is(204)
		s.ask("GET", "/statements?statementId="+unborn, "").is(404)
		s.ask("GET", "/statements?voidedStatementId="+unborn, "").is(200)
	})
}

// A statement about another one is found by what that one mentions, whichever came first.
func TestReferences(t *testing.T) {
	each(t, func(s *store) {
		ref := func(what string) string {
			return statement("leila", "x", `{"object":{"objectType":"StatementRef","id":"`+what+`"}}`)
		}
		early, late := s.post(statement("amina", "a"))[0], id.New().String()
		after := s.post(ref(early))[0]
		before := s.post(ref(late))[0]
		chain := s.post(ref(before))[0]
		s.ask("PUT", "/statements?statementId="+late, statement("amina", "a")).is(204)
		middle := id.New().String() // what comes last is itself about what was there first
		first := s.post(ref(middle))[0]
		s.ask("PUT", "/statements?statementId="+middle, ref(early)).is(204)
		one, two := id.New().String(), id.New().String() // of one parcel, in the order that is least of use
		s.post(statement("leila", "x", ref(two), `{"id":"`+one+`"}`), statement("leila", "x", ref(early), `{"id":"`+two+`"}`))
		for _, params := range [][]string{{"agent", `{"mbox":"mailto:amina@example.org"}`}, {"activity", "https://example.org/a"}} {
			if got := s.found(params...); !slices.Equal(got, []string{two, one, middle, first, late, chain, before, after, early}) {
				t.Error(params, got)
			}
		}
	})
}

// Who asks must prove it, and may do what its scopes say.
func TestClients(t *testing.T) {
	each(t, func(s *store) {
		mine := s.post(statement("amina", "a"))[0]
		s.ask("GET", "/statements", "", "Authorization", "").is(401)
		s.ask("GET", "/statements", "", "Authorization", "Basic !").is(401)
		s.ask("GET", "/statements", "", "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(s.key+":wrong"))).is(401)
		s.ask("GET", "/statements", "", "Authorization", "Bearer "+s.key+"."+s.secret).is(200)
		s.ask("GET", "/about", "", "Authorization", "", "X-Experience-API-Version", "").is(200).says("1.0.3")
		first := s.key
		s.as(records.Write, records.ReadMine)
		own, key, secret := s.post(statement("bilal", "b"))[0], s.key, s.secret
		s.as(records.Write)
		s.post(statement("carla", "c", `{"object":{"objectType":"StatementRef","id":"`+own+`"}}`)) // about what another client sent
		s.key, s.secret = key, secret
		if got := s.found(); !slices.Equal(got, []string{own}) {
			t.Error(got)
		}
		s.ask("GET", "/statements?statementId="+mine, "").is(404)
		s.ask("GET", "/agents/profile?"+query("agent", `{"mbox":"mailto:a@example.org"}`), "").is(403).says("profile")
		s.as(records.Read)
		if got := s.found(); len(got) != 3 {
			t.Error(got)
		}
		s.ask("POST", "/statements", statement("amina", "a")).is(403).says("statements/write")
		s.as(records.Write)
		voids := func(what string) string {
			return statement("leila", "x", `{"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"`+what+`"}}`)
		}
		s.ask("POST", "/statements", voids(mine)).is(403).says("somebody else")
		s.ask("POST", "/statements", voids(s.post(statement("amina", "mine"))[0])).is(200)
		s.as(records.Read)
		other, _ := id.Parse(s.key)
		if err := s.Revoke(t.Context(), journaltest.Act(s.programme, id.ID{}), other); err != nil {
			t.Fatal(err)
		}
		s.ask("GET", "/statements", "").is(401)
		rows, err := s.ClientsOf(t.Context(), s.programme)
		if err != nil || len(rows) != 6 || first == "" {
			t.Error(rows, err)
		}
	})
}

// Who was erased is found by nobody, from that moment on, and nothing more is kept of them.
func TestErasedActor(t *testing.T) {
	each(t, func(s *store) {
		which := s.post(statement("amina", "a"))[0]
		one, _ := id.Parse(which)
		owners, err := journal.Owners(t.Context(), s.J.DB(), s.programme, one)
		if err != nil || owners[one].IsZero() {
			t.Fatal(owners, err)
		}
		act := journaltest.Act(s.programme, id.ID{})
		if err := s.J.Do(t.Context(), act, [32]byte{}, journal.Known(journal.Erased.Draft(owners[one], owners[one], journal.Reason{}))); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"statementId", "voidedStatementId"} {
			s.ask("GET", "/statements?"+name+"="+which, "").is(404)
		}
		if ids := s.found(); len(ids) != 0 {
			t.Error(ids)
		}
		s.ask("POST", "/statements", statement("amina", "b")).is(403).says("erased")
		s.ask("POST", "/statements", "["+statement("bilal", "b")+","+statement("amina", "b")+"]").is(403)
		if ids := s.found(); len(ids) != 0 {
			t.Error(ids)
		}
	})
}

// A statement and the one that it is about may come in one moment, in any order: it is found by what that one mentions.
func TestReferencesInOneMoment(t *testing.T) {
	each(t, func(s *store) {
		s.post(statement("amina", "a"))
		open, came := s.held(), atomic.Int64{}
		api := s.api
		s.api = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			came.Add(1)
			api.ServeHTTP(w, r)
		})
		var all sync.WaitGroup
		for i := range 20 {
			which := id.New().String()
			parcels := []string{
				statement("amina", fmt.Sprint("about", i), `{"object":{"objectType":"StatementRef","id":"`+which+`"}}`), statement("bilal", fmt.Sprint("thing", i), `{"id":"`+which+`"}`),
			}
			for n := range parcels {
				all.Go(func() { s.ask("POST", "/statements", parcels[(n+i)%2]).is(200) })
			}
		}
		for came.Load() < 40 {
			runtime.Gosched()
		}
		open()
		all.Wait()
		for i := range 20 {
			if ids := s.found("activity", fmt.Sprint("https://example.org/thing", i)); len(ids) != 2 {
				t.Error(i, ids)
			}
		}
	})
}

// held keeps the writer busy, so that what comes meanwhile waits together, until it is opened.
func (s *store) held() (open func()) {
	gate, entered := make(chan struct{}), make(chan struct{})
	first := sync.OnceFunc(func() { close(entered) })
	done := make(chan error)
	go func() {
		done <- s.J.Do(s.Context(), s.act(), [32]byte{}, func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
			first()
			<-gate
			return nil, nil, nil
		})
	}()
	<-entered
	return func() {
		close(gate)
		s.must(<-done)
	}
}
