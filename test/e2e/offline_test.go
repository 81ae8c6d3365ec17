package e2e_test

import (
	"fmt"
	"testing"

	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/tutoring"
)

// takesAlong is a learner who takes a module with them, learns on the bus, closes the browser's page, errs,
// remarks, and arrives: each thing is there once, at the time when it was done.
func takesAlong(t *testing.T, h *house) {
	w, line := h.words("ar"), h.wire(t)
	p := h.visit(t, phone, "ar").along(line)
	p.signedIn(h.session(t, "amina").Value)
	l := p.lesson("speaking-at-work", "ar")
	p.open("/learn/" + l.slug)
	p.press("DisclosureTriangle", w.T("learning.take.choose"))
	p.until("read the sizes", func() error {
		waits, err := look[bool](p, "document.querySelector('[data-go]').disabled")
		if err == nil && waits {
			err = fmt.Errorf("the sizes are not there")
		}
		return err
	})
	p.press("button", w.T("learning.take.go"))
	p.sees(w.T("learning.take.done"))

	line.state.Store(cut)
	before := h.entries(t)
	p.open("/")
	p.sees(w.T("learning.phone"))
	p.follow("link", w.T("learning.phone.open")+" · "+l.text.Title)
	done := 0
	for n := 1; n <= 4; n++ {
		done += l.passOffline(n)
	}
	p.open("/learn/" + l.slug + "/next") // as after closing the browser
	p.sees(l.screen(5).Title)
	p.open("/phone")
	p.sees(w.T("learning.phone.waiting"))
	if n := h.entries(t); n != before {
		t.Fatalf("%d entries came without network", n-before)
	}

	line.state.Store(deaf) // all arrives, no answer does
	p.press("button", w.T("learning.phone.send"))
	p.until("send", func() error { return h.grown(t, before+done) })
	line.state.Store(whole)
	p.open("/phone")
	p.sees(w.T("learning.phone.all-sent"))
	must(t, h.grown(t, before+done))
	run, err := learning.Runs.Find(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and module=$3", h.person(t, "amina"), learning.ModuleID(h.programme().ID(), l.slug))
	must(t, err)
	if run.At < 4 {
		t.Errorf("%+v", run)
	}
}

// grown holds the journal to a number of entries.
func (h *house) grown(t *testing.T, want int) error {
	if n := h.entries(t); n != want {
		return fmt.Errorf("%d entries, want %d", n, want)
	}
	return nil
}

// passOffline does one screen of a page that was taken along, once wrong if it can be; it says how many
// items wait because of it.
func (l lesson) passOffline(n int) (items int) {
	l.p.t.Helper()
	s := l.screen(n)
	l.p.sees(s.Title)
	if s.Activity == nil {
		l.p.follow("button", l.w.T("learning.next"))
		return 1
	}
	if s.Activity.Kind == content.Choice {
		wrong := mistake(s.Activity)
		l.p.press("radio", wrong.Text)
		l.p.press("button", l.w.T("learning.check"))
		l.p.sees(wrong.Reason)
		l.p.sees(l.w.T("learning.not-yet"))
		items++
		l.answer(s.Activity)
		l.p.press("button", l.w.T("learning.try-again"))
	} else {
		if s.Activity.Kind == content.Order {
			l.orderByHand(s.Activity)
		} else {
			l.answer(s.Activity)
		}
		l.p.press("button", l.done(s.Activity))
	}
	l.p.sees(l.w.T("learning.right"))
	l.p.follow("link", l.w.T("learning.next"))
	return items + 1
}

// orderByHand moves each item to the top, the last one first.
func (l lesson) orderByHand(a *content.Activity) {
	l.p.t.Helper()
	for i := len(a.Items) - 1; i >= 0; i-- {
		up := l.w.T("ui.move-up", "What", a.Items[i].Text)
		for l.p.has("button", up) {
			l.p.press("button", up)
		}
	}
}

// callsOffline is a tutor who calls the roll while the network is gone, on two devices: each mark arrives
// once, and where the two differ, presence outweighs and the other is told.
func callsOffline(t *testing.T, h *house) {
	w, one, two := h.words("fr"), h.wire(t), h.wire(t)
	session := "/sessions/" + meetingOf(h.programme().ID()).String()
	a, b := h.visit(t, laptop, "fr").along(one), h.visit(t, phone, "fr").along(two)
	for _, p := range []*tab{a, b} {
		p.signedIn(h.session(t, "leila").Value)
		p.open(session)
		p.until("be kept", func() error {
			kept, err := look[bool](p, "caches.has('mine').then(async (yes) => yes && (await (await caches.open('mine')).keys()).length > 0)")
			if err == nil && !kept {
				err = fmt.Errorf("the page is not kept")
			}
			return err
		})
	}
	one.state.Store(cut)
	two.state.Store(cut)
	first, second := h.led(t, "", always), h.led(t, "silent", always)
	before := h.entries(t)
	a.press("button", w.T("room.mark.present")+" · "+first.Name())
	b.press("button", w.T("room.mark.absent")+" · "+first.Name())
	b.press("button", w.T("room.mark.excused")+" · "+second.Name())
	a.open(session) // without network, as after a break
	a.sees(w.T("room.state.present"))
	a.press("button", w.T("room.mark.late")+" · "+first.Name())
	a.press("DisclosureTriangle", w.T("room.walk-in"))
	a.fill(w.T("room.walk-in.first"), "Yusra")
	a.press("button", w.T("room.walk-in.go"))
	a.sees("Yusra")
	two.state.Store(whole)
	b.open(session)
	b.until("send", func() error { return h.grown(t, before+2) })
	one.state.Store(whole)
	a.open(session)
	const walkIn = 3 // described, a role, present
	a.until("send", func() error { return h.grown(t, before+4+walkIn) })
	a.open(session)
	a.sees("Yusra")
	row, _, err := tutoring.Attendances.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and session=$3", first.ID, meetingOf(h.programme().ID()))
	must(t, err)
	if row.State != tutoring.Late {
		t.Errorf("%+v", row)
	}
}
