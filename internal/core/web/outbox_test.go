package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
)

// noted is what the routes of these tests were asked, in order.
type noted struct {
	said []string
	at   []time.Time
}

// outbox is a site that takes some forms late.
func outbox(t *testing.T) (*webtest.Device, *noted) {
	t.Helper()
	n := &noted{}
	keep := func(c *web.Ctx) error {
		n.said = append(n.said, c.Actor.Name+":"+c.Form("text")+":"+c.Cookie("visit"))
		n.at = append(n.at, c.Act().At)
		if !c.Device().IsZero() && c.Cookie("visit") == "" {
			c.SetCookie("visit", c.Device().String(), 60)
		}
		return c.GoSaying("/", "fault.invalid")
	}
	d := visit(t,
		web.Route{Pattern: "POST /note", Do: keep, Late: true},
		web.Route{Pattern: "POST /mine", Do: keep, Late: true, Section: access.Account, Verb: access.Write},
		web.Route{Pattern: "POST /now", Do: keep},
		web.Route{Pattern: "POST /bad", Do: func(*web.Ctx) error { return fault.New(fault.Conflict, "fault.cross-site") }, Late: true},
		web.Route{Pattern: "POST /tired", Do: func(*web.Ctx) error { panic("x") }, Late: true},
	)
	return d, n
}

// sends posts a parcel and reads the states of its receipts.
func sends(t *testing.T, d *webtest.Device, now time.Time, items ...map[string]any) (out []string) {
	t.Helper()
	for i, w := range items {
		w["id"] = fmt.Sprint(i)
		if w["at"] == nil {
			w["at"] = now.UnixMilli()
		}
	}
	b, err := json.Marshal(map[string]any{"now": now.UnixMilli(), "device": "0190a1b2-0000-7000-8000-000000000001", "items": items})
	must(t, err)
	p := d.Send(http.MethodPost, "/outbox", string(b), http.Header{"Content-Type": {"application/json"}, "Accept-Language": {"en"}}).Is(200)
	var got struct {
		Receipts []struct{ ID, State, Said string }
	}
	must(t, json.Unmarshal(p.Body, &got))
	for i, r := range got.Receipts {
		if r.ID != fmt.Sprint(i) || r.State == "refused" && r.Said == "" {
			t.Errorf("%+v", r)
		}
		out = append(out, r.State)
	}
	return out
}

func form(action, text string) map[string]any {
	return map[string]any{"action": action, "form": "text=" + text}
}

// Each item has its own fate: one that is refused stops nobody else, and what may not come late does not.
func TestOutboxGivesEachItemItsFate(t *testing.T) {
	d, n := outbox(t)
	got := sends(t, d, today, form("/note", "one"), form("/bad", ""), form("/now", "no"), form("/nowhere", ""), form("https://evil.example/note", ""),
		form("//evil.example/note", ""), form("/mine", ""), form("/tired", ""), form("%zz", ""), form("/note", "two"))
	if want := "kept refused refused refused refused refused sign-in later refused kept"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if strings.Join(n.said, " ") != ":one: :two:0190a1b2-0000-7000-8000-000000000001" {
		t.Error(n.said)
	}
	if !d.Remembers("visit") || d.Remembers("said") {
		t.Error("the device must keep the visit, and no word for the next page:", d.Cookies)
	}
}

// What somebody did is theirs: it waits until they are signed in, and what nobody did is not given to whoever is.
func TestOutboxAsksWhoseItIs(t *testing.T) {
	d, n := outbox(t)
	as(d, access.Learner)
	who := d.Get("/").All("html")[0]
	tag := ""
	for _, a := range who.Attr {
		if a.Key == "data-who" {
			tag = a.Val
		}
	}
	mine, theirs, nobodys := form("/mine", "mine"), form("/mine", "theirs"), form("/note", "nobody's")
	mine["who"], theirs["who"] = tag, "0123456789abcdef"
	if got := strings.Join(sends(t, d, today, mine, theirs, nobodys), " "); got != "kept sign-in kept" || tag == "" {
		t.Error(got, tag)
	}
	if strings.Join(n.said, " ") != "learner:mine: :nobody's:0190a1b2-0000-7000-8000-000000000001" {
		t.Error(n.said)
	}
}

// A device's clock may be wrong by days: what counts is how long ago something was by that clock. What cannot
// be is now.
func TestOutboxCorrectsTheClock(t *testing.T) {
	d, n := outbox(t)
	wrong := today.AddDate(0, 0, -1)
	ago := func(h time.Duration) map[string]any {
		w := form("/note", "x")
		w["at"] = wrong.Add(-h * time.Hour).UnixMilli()
		return w
	}
	sends(t, d, wrong, ago(3), ago(-5), ago(24*500))
	for i, want := range []time.Time{today.Add(-3 * time.Hour), today, today} {
		if !n.at[i].Equal(want) {
			t.Errorf("%d: %s, want %s", i, n.at[i], want)
		}
	}
}

func TestOutboxRefusesWhatIsNone(t *testing.T) {
	d, _ := outbox(t)
	post := func(body string) int {
		return d.Send(http.MethodPost, "/outbox", body, http.Header{"Content-Type": {"application/json"}}).Status
	}
	many := `{"items":[` + strings.TrimSuffix(strings.Repeat(`{"action":"/note"},`, 101), ",") + "]}"
	for body, want := range map[string]int{"": 422, "[]": 422, `{"items":3}`: 422, many: 413, `{"items":[{"form":"` + strings.Repeat("x", 1<<20) + `"}]}`: 422} {
		if got := post(body); got != want {
			t.Errorf("%.30s: %d, want %d", body, got, want)
		}
	}
	if got := d.Send(http.MethodPost, "/outbox", "{}", http.Header{"Sec-Fetch-Site": {"cross-site"}}).Status; got != 403 {
		t.Error("another site may send:", got)
	}
}

// FuzzOutbox: whatever a device sends is answered, item by item, and nothing else is reached.
func FuzzOutbox(f *testing.F) {
	for _, s := range []string{`{"now":1,"items":[{"id":"a","at":2,"action":"/note","form":"text=x"}]}`, `{"items":[{"action":"/now"}]}`, `{"items":[{"action":"/note?x=%zz","at":-9e18}]}`, "{}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d, n := outbox(t)
		p := d.Send(http.MethodPost, "/outbox", body, http.Header{"Content-Type": {"application/json"}})
		if p.Status >= 500 || len(n.said) > strings.Count(body, "action") {
			t.Fatal(p.Status, n.said)
		}
		for _, at := range n.at {
			if at.After(today) || at.Before(today.AddDate(-2, 0, 0)) {
				t.Fatal(at)
			}
		}
	})
}

// An item is read in the language in which it was done, whatever the device speaks by now.
func TestOutboxKeepsTheLanguage(t *testing.T) {
	var spoke []string
	d := visit(t, web.Route{Pattern: "POST /note", Late: true, Do: func(c *web.Ctx) error { spoke = append(spoke, c.Lang()); return c.Go("/") }})
	arabic, plain, odd := form("/note", ""), form("/note", ""), form("/note", "")
	arabic["lang"], odd["lang"] = "ar", "x; y"
	sends(t, d, today, arabic, plain, odd)
	if got := strings.Join(spoke, " "); got != "ar en en" || d.Remembers(web.LangCookie) {
		t.Error(got)
	}
}
