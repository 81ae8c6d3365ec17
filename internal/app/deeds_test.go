package app_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
	"tremplin/internal/records"
	recordsweb "tremplin/internal/records/web"
	"tremplin/internal/records/xapi"
)

// player is a programme with one module, and a platform that reads and sends learning records of it.
type player struct {
	*testing.T
	*journaltest.Clock
	programme id.ID
	learning  *learning.Service
	records   *records.Service
	module    learning.Module
	api       http.Handler
	client    string
}

func eachPlayer(t *testing.T, f func(p *player)) {
	programme := id.Named("programme", "home")
	views := []*journal.View{people.View, learning.View, records.ViewOf(learning.Ways...)}
	journaltest.Each(t, views, []id.ID{programme}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		store, ps := blob.In(t.TempDir()), &people.Service{J: j}
		p := &player{T: t, Clock: c, programme: programme, learning: &learning.Service{J: j, Blobs: store, People: ps}}
		p.records = &records.Service{J: j, Blobs: store, People: ps, Ways: learning.Ways, Things: p.learning.Activities, Home: "https://tremplin.example.org"}
		p.api = recordsweb.NewAPI(p.records, func(context.Context) ([]id.ID, error) { return []id.ID{programme}, nil },
			func(*http.Request) string { return "https://tremplin.example.org" }, func() time.Time { return c.Now })
		m, err := content.ReadDir(os.DirFS("../../programmes/migrantech/modules/looking-for-work"))
		p.must(err)
		p.must(p.learning.Publish(t.Context(), p.act(), learning.Publication{Module: m}))
		p.module, err = p.learning.Module(t.Context(), programme, "looking-for-work")
		p.must(err)
		key, secret, err := p.records.AddClient(t.Context(), p.act(), records.Client{Name: "Plateforme", Scopes: []string{records.All}})
		p.must(err)
		p.client = "Basic " + base64.StdEncoding.EncodeToString([]byte(key+":"+secret))
		f(p)
	})
}

func (p *player) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *player) act() journal.Act { return journaltest.Act(p.programme, id.ID{}) }

// right is an answer that content judges right.
func right(a *content.Activity) (out []string) {
	if a == nil {
		return nil
	}
	for i, item := range a.Items {
		n := strconv.Itoa(i)
		switch a.Kind {
		case content.Choice, content.Choices:
			if item.Right {
				out = append(out, n)
			}
		case content.Fill, content.Short:
			out = append(out, item.Accept[0])
		default:
			out = append(out, n)
		}
	}
	return out
}

// plays goes through the first screens of the module.
func (p *player) plays(who id.ID, screens int) {
	p.Helper()
	text := p.module.Text("fr")
	for i := range screens {
		p.Now = p.Now.Add(30 * time.Second)
		given := right(text.Screens[i].Activity)
		v, err := p.learning.Answer(p.Context(), p.act(), learning.Learner{ID: who, Person: true}, learning.Answer{Module: p.module, At: i + 1, Given: given, Language: "fr"})
		if p.must(err); !v.Right && !v.Skipped {
			p.Fatalf("screen %d is not answered by %v", i+1, given)
		}
	}
}

// ask sends a request of the platform.
func (p *player) ask(method, path, body string) (int, string) {
	p.Helper()
	r := httptest.NewRequest(method, "/xapi"+path, strings.NewReader(body))
	r.Header.Set("X-Experience-API-Version", "1.0.3")
	r.Header.Set("Authorization", p.client)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.api.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// found are the statements that a filter finds, each one as the specification wants it.
func (p *player) found(filter ...string) (out []map[string]any) {
	p.Helper()
	q := url.Values{"ascending": {"true"}, "limit": {"200"}}
	for i := 0; i < len(filter); i += 2 {
		q.Set(filter[i], filter[i+1])
	}
	status, body := p.ask("GET", "/statements?"+q.Encode(), "")
	var all struct{ Statements []json.RawMessage }
	if err := json.Unmarshal([]byte(body), &all); err != nil || status != 200 {
		p.Fatal(status, body)
	}
	for _, raw := range all.Statements {
		v, err := xapi.Parse(raw)
		p.must(err)
		if err := xapi.Check(v, xapi.V1); err != nil {
			p.Fatalf("%v: %s", err, raw)
		}
		var o map[string]any
		p.must(json.Unmarshal(raw, &o))
		out = append(out, o)
	}
	return out
}

func (p *player) run(who id.ID) learning.RunRow {
	p.Helper()
	run, err := p.learning.Run(p.Context(), p.programme, learning.Learner{ID: who, Person: true}, p.module.Owner)
	p.must(err)
	return run
}

func (p *player) agent(who id.ID) string {
	return `{"account":{"homePage":"https://tremplin.example.org","name":"` + who.String() + `"}}`
}

// at reads a place of a statement: at(o, "verb", "id"); [0] of a list.
func at(o any, path ...string) any {
	for _, k := range path {
		if list, ok := o.([]any); ok && len(list) > 0 {
			o = list[0]
		}
		m, _ := o.(map[string]any)
		o = m[k]
	}
	return o
}

// What the player writes is what a platform reads: found by every filter, as the profile says.
func TestThePlayersOwnRecords(t *testing.T) {
	eachPlayer(t, func(p *player) {
		amina, of := id.New(), len(p.module.Text("fr").Screens)
		p.plays(amina, of)
		p.plays(id.New(), 1)
		run := p.run(amina)
		all := p.found("agent", p.agent(amina))
		if len(all) != of+1 || run.FinishedAt == 0 {
			p.Fatalf("%d statements of %d screens, finished at %d", len(all), of, run.FinishedAt)
		}
		for _, o := range all {
			conforms(p.T, o)
		}
		module, screen := records.IRI(p.module.Owner, ""), records.IRI(p.module.Owner, p.module.Text("fr").Screens[1].ID)
		for _, c := range []struct {
			filter []string
			n      int
		}{
			{[]string{"activity", module}, 1},
			{[]string{"activity", module, "related_activities", "true"}, of + 2},
			{[]string{"activity", screen}, 1},
			{[]string{"verb", records.Completed}, 1},
			{[]string{"registration", at(all[0], "context", "registration").(string)}, of + 1}, // hers, and nobody else's
			{[]string{"verb", records.Answered, "agent", p.agent(amina), "activity", module, "related_activities", "true"}, answered(all)},
		} {
			if got := p.found(c.filter...); len(got) != c.n {
				p.Errorf("%v: %d, want %d", c.filter, len(got), c.n)
			}
		}
		last := all[of]
		if at(last, "verb", "id") != records.Completed || at(last, "object", "definition", "name", "fr") != p.module.Text("fr").Title {
			p.Error(last)
		}
		if status, body := p.ask("GET", "/activities?activityId="+url.QueryEscape(screen), ""); status != 200 || !strings.Contains(body, p.module.Text("fr").Screens[1].Title) {
			p.Error(status, body)
		}
		if status, body := p.ask("GET", "/statements?statementId="+last["id"].(string), ""); status != 200 || !strings.Contains(body, module) {
			p.Error(status, body)
		}
		if status, _ := p.ask("PUT", "/statements?statementId="+last["id"].(string), said(p.agent(id.New()), records.Completed, module, "")); status != 409 {
			p.Error("another statement is taken under the id of the player's own", status)
		}
		for _, o := range all { // what was read here and comes back says nothing new
			back, err := json.Marshal(o)
			p.must(err)
			if status, body := p.ask("PUT", "/statements?statementId="+o["id"].(string), string(back)); status != 204 {
				p.Error(status, body)
			}
		}
	})
}

func answered(all []map[string]any) (n int) {
	for _, o := range all {
		if at(o, "verb", "id") == records.Answered {
			n++
		}
	}
	return n
}

func said(agent, verb, activity, more string) string {
	return `{"actor":` + agent + `,"verb":{"id":"` + verb + `"},"object":{"id":"` + activity + `"}` + more + `}`
}

// What another platform says of a module counts as if it had been done here, until it is taken back.
func TestRecordsOfOthersAreProgress(t *testing.T) {
	eachPlayer(t, func(p *player) {
		amina, bilal := id.New(), id.New()
		module := records.IRI(p.module.Owner, "")
		screen := func(i int) string { return records.IRI(p.module.Owner, p.module.Text("fr").Screens[i].ID) }
		send := func(body string) string {
			p.Helper()
			p.Now = p.Now.Add(time.Second)
			status, answer := p.ask("POST", "/statements", body)
			var ids []string
			if err := json.Unmarshal([]byte(answer), &ids); err != nil || status != 200 {
				p.Fatal(status, answer)
			}
			return ids[0]
		}
		p.plays(amina, 1)
		wrong := send(said(p.agent(amina), records.Answered, screen(2), `,"result":{"success":false,"score":{"raw":1,"max":4}}`))
		if run := p.run(amina); run.Done != 1 || run.At != 3 || run.Points != 1 || run.Most != 4 || !run.Person {
			p.Errorf("%+v", run)
		}
		send(said(p.agent(amina), records.Answered, screen(2), `,"result":{"success":true},"context":{"language":"ar"}`))
		if run := p.run(amina); run.Done != 2 || run.Lang != "ar" || run.Of != int64(len(p.module.Text("fr").Screens)) {
			p.Errorf("%+v", run)
		}
		whole := send(said(p.agent(bilal), records.Completed, module, ""))
		if run := p.run(bilal); run.FinishedAt == 0 || run.StartedAt == 0 || run.Of == 0 {
			p.Errorf("%+v", run)
		}
		for _, what := range []string{module + "#nothing", records.IRI(id.New(), ""), records.IRI(id.New(), "a"), "https://example.org/course"} {
			send(said(p.agent(bilal), records.Completed, what, ""))
		}
		send(said(p.agent(amina), "http://adlnet.gov/expapi/verbs/initialized", module, ""))
		if runs, err := p.learning.Runs(p.Context(), p.programme, bilal); err != nil || len(runs) != 1 || p.run(amina).FinishedAt != 0 {
			p.Error(runs, err)
		}
		for _, which := range []string{wrong, whole} {
			send(`{"actor":{"mbox":"mailto:x@example.org"},"verb":{"id":"` + xapi.Voided + `"},"object":{"objectType":"StatementRef","id":"` + which + `"}}`)
		}
		if run := p.run(bilal); run.StartedAt != 0 {
			p.Errorf("taken back, and still there: %+v", run)
		}
		if run := p.run(amina); run.Points != 0 || run.Done != 2 {
			p.Errorf("%+v", run)
		}
	})
}

// template is what a profile says of one kind of statements.
type template struct {
	ID, Verb, ObjectActivityType string
	Rules                        []struct {
		Location, Presence string
		Any, All           []any
	}
}

// conforms holds a statement to the profile that is published: its template, and every word that it uses.
func conforms(t *testing.T, o map[string]any) {
	t.Helper()
	b, err := os.ReadFile("../../docs/xapi-profile.jsonld")
	if err != nil {
		t.Fatal(err)
	}
	var profile struct {
		ID        string
		Concepts  []struct{ ID string }
		Templates []template
		Patterns  []struct {
			ID         string
			Alternates []string
		}
	}
	if err := json.Unmarshal(b, &profile); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(profile.Templates, func(w template) bool {
		return w.Verb == at(o, "verb", "id") && w.ObjectActivityType == at(o, "object", "definition", "type")
	})
	if i < 0 {
		t.Fatal("no template fits", o)
	}
	if step := profile.Patterns[1]; !slices.Contains(step.Alternates, profile.Templates[i].ID) {
		t.Errorf("no step of a pattern: %s", profile.Templates[i].ID)
	}
	for _, r := range profile.Templates[i].Rules {
		v := at(o, steps(r.Location)...)
		if r.Presence == "included" && v == nil || r.Presence == "excluded" && v != nil {
			t.Errorf("%s is %s, and is %v: %v", r.Location, r.Presence, v, o)
		}
		if allowed := append(r.Any, r.All...); len(allowed) > 0 && v != nil && !slices.Contains(allowed, v) {
			t.Errorf("%s is %v", r.Location, v)
		}
	}
	extensions, _ := at(o, "result", "extensions").(map[string]any)
	for k := range extensions {
		if !slices.ContainsFunc(profile.Concepts, func(c struct{ ID string }) bool { return c.ID == k }) {
			t.Errorf("the profile does not know %s", k)
		}
	}
}

// steps reads a location like $.a.b[*]['c'].
func steps(location string) (out []string) {
	head, key, quoted := strings.Cut(strings.TrimPrefix(location, "$."), "['")
	for s := range strings.SplitSeq(head, ".") {
		out = append(out, strings.TrimSuffix(s, "[*]"))
	}
	if quoted {
		out = append(out, strings.TrimSuffix(key, "']"))
	}
	return out
}
