package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// takesAlong is a learner who takes a module with them, learns on the bus, closes the browser's page, errs,
// remarks, and arrives: each thing is there once, at the time when it was done.
func takesAlong(t *testing.T, h *house) {
	w, line := h.words("ar"), h.wire(t)
	p, l := takesModule(t, h, line, "amina", "speaking-at-work", "ar")

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

// takesModule is somebody on a phone who takes a module along in their language.
func takesModule(t *testing.T, h *house, line *wire, name, slug, lang string) (*tab, lesson) {
	t.Helper()
	w, p := h.words(lang), h.visit(t, phone, lang).along(line)
	p.signedIn(h.session(t, name).Value)
	l := p.lesson(slug, lang)
	p.takes(w, slug)
	return p, l
}

// takes takes a module along.
func (p *tab) takes(w *i18n.Words, slug string) {
	p.t.Helper()
	p.open("/learn/" + slug)
	p.press("DisclosureTriangle", w.T("learning.take.choose"))
	p.until("read the sizes", func() error {
		waits, err := look[bool](p, "document.querySelector('[data-go]').disabled")
		if err == nil && waits {
			err = fmt.Errorf("the sizes are not there")
		}
		return err
	})
	if _, err := look[bool](p, "(navigator.storage.persist = () => new Promise(() => {}), true)"); err != nil { // Firefox asks, and nobody answers
		p.t.Fatal(err)
	}
	p.press("button", w.T("learning.take.go"))
	p.sees(w.T("learning.take.done"))
}

// kept waits until this device keeps the page.
func (p *tab) kept() {
	p.t.Helper()
	p.until("be kept", func() error {
		kept, err := look[bool](p, "caches.has('mine').then(async (yes) => yes && (await (await caches.open('mine')).keys()).length > 0)")
		if err == nil && !kept {
			err = fmt.Errorf("the page is not kept")
		}
		return err
	})
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
		p.kept()
	}
	one.state.Store(cut)
	two.state.Store(cut)
	first, second := h.led(t, "", always), h.led(t, "silent", always)
	before := h.entries(t)
	a.marks(w, "present", first)
	b.marks(w, "absent", first)
	b.marks(w, "excused", second)
	a.leavesAsked(w.T("room.mark.left") + " · " + first.Name())
	a.shows(w, tutoring.Gone, first)
	a.open(session) // without network, as after a break
	a.sees(w.T("room.state.present"))
	a.marks(w, "late", first)
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
	a.until("send", func() error { return h.grown(t, before+5+walkIn) })
	a.open(session)
	a.sees("Yusra")
	a.kept()
	a.press("DisclosureTriangle", "Leïla")
	a.follow("button", w.T("ui.sign-out"))
	if ask[bool](a, "caches.has('mine')") {
		a.fail("a page with names stays after signing out")
	}
	row, _, err := tutoring.Attendances.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and session=$3", first.ID, meetingOf(h.programme().ID()))
	must(t, err)
	if row.State != tutoring.Late {
		t.Errorf("%+v", row)
	}
}

// endsOffline is a session whose network goes before it begins: it is begun and ended on the tutor's device,
// and both arrive in their order.
func endsOffline(t *testing.T, h *house) {
	w, line := h.words("fr"), h.wire(t)
	p := h.visit(t, laptop, "fr").along(line)
	p.signedIn(h.session(t, "leila").Value)
	session := planned(p)
	p.open(session)
	p.kept()
	line.state.Store(cut)
	before := h.entries(t)
	p.follow("button", w.T("room.start"))
	p.lands(session)
	p.sees(strings.Replace(w.T("ui.waits"), "{n}", "1", 1))
	must(t, h.grown(t, before))
	line.state.Store(whole)
	p.open(session)
	p.until("begin", func() error { return h.stateOf(t, session, tutoring.Running) })
	p.open(session)
	p.kept()
	counted := h.figure(t, "trial-participants")
	h.arrives(t, session)
	if n := h.figure(t, "trial-participants"); n != counted {
		t.Errorf("%d count before both have signed, not %d", n, counted)
	}
	line.state.Store(deaf)
	p.follow("button", w.T("room.end"))
	p.until("end", func() error { return h.stateOf(t, session, tutoring.Over) })
	line.state.Store(whole)
	p.open("/phone")
	p.sees(w.T("learning.phone.all-sent"))
	const guest = 3                       // described, a role, there
	must(t, h.grown(t, before+2+guest+1)) // begun and ended, once each; and signed for
	if n := h.figure(t, "trial-participants"); n != counted+1 {
		t.Errorf("%d count, not one more than %d", n, counted)
	}
}

// arrives is somebody who was never here, and says on their own phone that they are there.
func (h *house) arrives(t *testing.T, session string) {
	t.Helper()
	who, p := id.New(), h.programme().ID()
	must(t, h.app.People.Enter(t.Context(), journaltest.Act(p, who), people.Newcomer{ID: who, Said: people.Described{First: "Hodan"}, Role: access.Learner}))
	must(t, h.app.Tutoring.Here(t.Context(), journaltest.Act(p, who), who, h.sessionOf(t, session).Owner, 1))
}

// figure is what an indicator counts now.
func (h *house) figure(t *testing.T, indicator string) int64 {
	t.Helper()
	st, err := h.app.Impact.Figures(t.Context(), h.programme().ID(), impact.Query{})
	must(t, err)
	f, err := st.Figure(indicator)
	must(t, err)
	return f.N
}

func (h *house) stateOf(t *testing.T, session, state string) error {
	if w := h.sessionOf(t, session); w.State != state {
		return fmt.Errorf("the session is %s", w.State)
	}
	return nil
}

// shakes is a learner and a tutor whose networks fail by chance, request by request: before anything arrives,
// or after all was done and before the answer. Nothing is lost, and nothing is there twice.
func shakes(t *testing.T, h *house) {
	w, one, two := h.words("fr"), h.wire(t), h.wire(t)
	p, l := takesModule(t, h, one, "oksana", "looking-for-work", "uk")
	tutor := h.visit(t, laptop, "fr").along(two)
	tutor.signedIn(h.session(t, "leila").Value)
	session := "/sessions/" + meetingOf(h.programme().ID()).String()
	tutor.open(session + "?half=2")
	tutor.kept()
	before := h.entries(t)
	one.state.Store(shaky)
	two.state.Store(shaky)
	for n := 1; n <= 6; n++ {
		l.passShaky(n)
	}
	marked := h.group(t)
	for _, state := range []string{"present", "absent", "late"} {
		for _, who := range marked {
			tutor.press("button", w.T("room.mark."+state)+" · "+who.Name())
		}
	}
	for _, who := range marked {
		tutor.shows(w, tutoring.Late, who)
	}
	one.state.Store(whole)
	two.state.Store(whole)
	for _, x := range []*tab{p, tutor} {
		x.open("/phone")
		x.until("send all", func() error {
			n, err := look[int](x, "Store.all().then((i) => i.length)")
			if err == nil && n > 0 {
				err = fmt.Errorf("%d items wait", n)
			}
			return err
		})
	}
	for n := 1; n <= 6; n++ {
		if right := h.passed(t, "oksana", l.screen(n).ID); right != 1 {
			t.Errorf("screen %d was passed %d times", n, right)
		}
	}
	must(t, h.grown(t, before+6+3*len(marked)))
	for _, who := range marked {
		row, _, err := tutoring.Attendances.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and session=$3 and half=2", who.ID, meetingOf(h.programme().ID()))
		must(t, err)
		if row.State != tutoring.Late || row.Differs != "" {
			t.Errorf("%+v", row)
		}
	}
}

// group are two whom Leïla accompanies and whose names are theirs alone.
func (h *house) group(t *testing.T) []tutoring.Row {
	t.Helper()
	return h.named(t)[:2]
}

// named are those whom Leïla accompanies and whose names are theirs alone.
func (h *house) named(t *testing.T) (out []tutoring.Row) {
	t.Helper()
	all := h.ledAll(t, "")
	for i, r := range all {
		if !slices.ContainsFunc(all, func(o tutoring.Row) bool { return o.ID != r.ID && o.Name() == r.Name() }) {
			out = append(out, all[i])
		}
	}
	return out
}

// passed counts how often somebody's story says that a screen was answered well today.
func (h *house) passed(t *testing.T, name, screen string) (n int) {
	t.Helper()
	es, err := h.app.Journal.History(t.Context(), h.programme().ID(), h.person(t, name))
	must(t, err)
	for _, e := range es {
		if e.Kind != learning.KindAnswered.Name || time.UnixMicro(e.Recorded).Before(monday()().Add(-time.Hour)) {
			continue
		}
		if said, err := learning.KindAnswered.Read(&e); err == nil && said.Screen == screen && said.Right {
			n++
		}
	}
	return n
}

// passShaky does one screen, wherever its page came from, and goes on by its address.
func (l lesson) passShaky(n int) {
	l.p.t.Helper()
	s := l.screen(n)
	from := "?kept=" // as it was taken along
	if n%2 == 1 {
		from = "" // as the network has it, if it has
	}
	l.p.open("/learn/" + l.slug + "/" + number(n) + from)
	l.p.sees(s.Title)
	if s.Activity == nil {
		l.p.follow("button", l.w.T("learning.next"))
		return
	}
	if s.Activity.Kind == content.Order {
		l.orderByHand(s.Activity)
	} else {
		l.answer(s.Activity)
	}
	l.p.press("button", l.done(s.Activity))
	l.p.sees(l.w.T("learning.right"))
}
