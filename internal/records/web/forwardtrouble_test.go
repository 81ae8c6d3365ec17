package web_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tremplin/internal/records"
)

// answers stands in the way of statements with a status.
func answers(status int, header ...string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		return true
	}
}

// hangsUp stands in the way without a word.
func hangsUp(w http.ResponseWriter, _ *http.Request) bool {
	c, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		err = c.Close()
	}
	if err != nil {
		panic(err)
	}
	return true
}

// Whatever is wrong there, nothing is lost and nothing comes twice; it is tried again with growing pauses, and said.
func TestForwardingInTrouble(t *testing.T) {
	between(t, func(p *pair) {
		p.set(records.Forward{})
		var want []string
		for n, c := range []struct {
			stand func(http.ResponseWriter, *http.Request) bool
			kind  string
			pause time.Duration
		}{
			{hangsUp, "unreachable", 2 * time.Second},
			{answers(401), "login", 2 * time.Second},
			{answers(403), "rights", 2 * time.Second},
			{answers(429, "Retry-After", "30"), "busy", 30 * time.Second},
			{answers(429, "Retry-After", "Mon, 01 Jan 2001 00:00:00 GMT"), "busy", 2 * time.Second},
			{answers(503, "Retry-After", "x"), "broken", 2 * time.Second},
			{answers(307, "Location", "https://example.org/"), "elsewhere", 2 * time.Second},
			{answers(404), "no-store", 2 * time.Second},
		} {
			p.stand = c.stand
			want = append(want, p.here.post(statement("amina", fmt.Sprint(n)), statement("bilal", fmt.Sprint(n)))...)
			p.pass(10 * time.Second)
			p.trouble(c.kind)
			p.silent()
			since := p.now().Trouble.Since
			p.pass(c.pause - time.Second)
			if w := p.now(); !w.Trouble.Last.Equal(since) || w.Behind != 2 {
				t.Errorf("%s is tried again too early: %+v", c.kind, w.Trouble)
			}
			p.pass(time.Second)
			if w := p.now().Trouble; !w.Since.Equal(since) || w.Last.Equal(since) {
				t.Errorf("%s is not tried again: %+v", c.kind, w)
			}
			p.stand = nil
			p.pass(time.Minute)
			p.trouble("")
			p.arrived(want...)
		}
	})
}

// A process that dies when the other store has answered, and before it wrote that down, sends the same once more: it is
// known there.
func TestForwardingIsAtLeastOnce(t *testing.T) {
	between(t, func(p *pair) {
		ids := p.here.post(slices.Repeat([]string{statement("amina", "a")}, 70)...)
		p.set(records.Forward{Earlier: true})
		ctx, die := context.WithCancel(t.Context())
		p.after = die
		if err := p.here.Forward(ctx, p.job()); err == nil {
			t.Error("it did not die")
		}
		p.arrived(ids[:50]...)
		if w := p.now(); w.Sent != 0 {
			t.Errorf("%+v", w)
		}
		p.after = nil
		p.pass(3 * time.Minute)
		p.arrived(ids...)
		if len(p.asked) != 3 { // the first 50 twice, and the rest
			t.Errorf("%d requests", len(p.asked))
		}
	})
}

// A process that was held up so long that another took over, and went on, takes nothing back when it wakes.
func TestForwardingByWhoWasHeldUp(t *testing.T) {
	between(t, func(p *pair) {
		ids := p.here.post(slices.Repeat([]string{statement("amina", "a")}, 70)...)
		p.set(records.Forward{Earlier: true})
		p.mu.Lock()
		p.after = func() {
			p.mu.Lock()
			p.after = nil
			p.mu.Unlock()
			p.here.Now = p.here.Now.Add(2 * time.Minute)
			if err := p.here.Forward(t.Context(), p.job()); err == nil {
				t.Error("it is over")
			}
		}
		p.mu.Unlock()
		if err := p.here.Forward(t.Context(), p.job()); err == nil {
			t.Error("it is over")
		}
		p.arrived(ids...)
		if w := p.now(); w.Sent != 70 || w.Behind != 0 || w.Trouble != nil {
			t.Errorf("%+v %v", w, w.Trouble)
		}
	})
}

// What one statement is refused for stops no other: it is listed, and sent once more when somebody asks.
func TestForwardingWhatIsRefused(t *testing.T) {
	between(t, func(p *pair) {
		ids := p.here.post(statement("amina", "a"), statement("bilal", "b"), statement("amina", "c"), statement("zoe", "d"))
		p.there.ask("POST", "/statements", statement("amina", "z", `{"id":"`+ids[0]+`"}`)).is(200)
		p.there.ask("POST", "/statements", statement("zoe", "z", `{"id":"`+ids[3]+`"}`)).is(200)
		p.set(records.Forward{Earlier: true})
		p.pass(0)
		p.trouble("")
		p.arrived(ids[0], ids[3], ids[1], ids[2])
		w := p.now()
		if w.Sent != 2 || w.Refused != 2 || len(w.Unwanted) != 2 || w.Unwanted[0].Statement.String() != ids[3] && w.Unwanted[1].Statement.String() != ids[3] || w.Unwanted[0].Status != 409 || !strings.Contains(w.Unwanted[0].Said, "message") {
			t.Fatalf("%+v %+v", w, w.Unwanted)
		}
		if n := p.drafts("body like '%message%'"); n != 0 {
			t.Error("what the other store says stands there for all to read")
		}
		p.hasten()
		if w := p.now(); w.Sent != 2 || w.Refused != 2 {
			t.Errorf("%+v", w)
		}
		p.erase("zoe")
		if w := p.now(); len(w.Unwanted) != 1 {
			t.Errorf("what was said of somebody who was erased is shown: %+v", w.Unwanted)
		}
		p.stand = func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(204); return true }
		p.hasten()
		p.stand = nil
		if w := p.now(); w.Sent != 3 || w.Refused != 0 || w.Retry || len(w.Unwanted) != 0 {
			t.Errorf("%+v", w)
		}
	})
}

// Of somebody who was erased before their turn came nothing is sent.
func TestForwardingNobodyWhoWasErased(t *testing.T) {
	between(t, func(p *pair) {
		p.here.post(statement("amina", "a"))
		ids := p.here.post(statement("bilal", "b"))
		p.erase("amina")
		p.set(records.Forward{Earlier: true})
		p.pass(0)
		p.arrived(ids...)
	})
}

// A store that refuses all is not flooded: when the list is full, the rest waits until somebody has looked.
func TestForwardingToAStoreThatRefusesAll(t *testing.T) {
	between(t, func(p *pair) {
		p.set(records.Forward{})
		p.stand = func(w http.ResponseWriter, r *http.Request) bool { w.WriteHeader(400); return true }
		for range 3 {
			p.here.post(slices.Repeat([]string{statement("amina", "a")}, 100)...)
		}
		p.pass(10 * time.Second)
		p.pass(time.Hour)
		p.trouble(records.Full)
		if w := p.now(); w.Refused != 200 || w.Behind != 100 || w.Sent != 0 {
			t.Fatalf("%+v", w)
		}
		p.stand = nil
		for range 2 {
			if err := p.here.Drop(t.Context(), p.here.programme, p.forward); err != nil {
				t.Fatal(err)
			}
			p.pass(0)
			if w := p.now(); w.Refused != 0 || w.Sent != 100 || w.Behind != 0 || w.Trouble != nil {
				t.Fatalf("%+v", w)
			}
		}
	})
}
