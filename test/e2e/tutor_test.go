package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// tutor is Monday, 8:45: who is stuck, a new PIN, how is somebody who has not come.
func tutor(t *testing.T, h *house) {
	w := h.words("fr")
	module := learning.ModuleID(h.programme().ID(), "speaking-at-work")
	stumbles(t, h, h.led(t, "silent", func(r tutoring.Row) bool {
		return !slices.ContainsFunc(r.Runs, func(run tutoring.Run) bool { return run.Module == module && run.FinishedAt > 0 })
	}))
	p := h.visit(t, laptop, "fr").as("leila")
	p.lands("/group")
	stuck := h.led(t, "stuck", always)
	p.follow("link", w.T("tutoring.standing.stuck")+" · ")
	clicks := 0
	click := func(role, name string) { clicks++; p.follow(role, name) }
	click("link", w.T("tutoring.open")+" · "+stuck.Name())
	run, _ := stuck.Blocked()
	p.sees(w.T("tutoring.screen-of", "At", run.At, "Of", run.Of))
	click("button", w.T("tutoring.pin.new"))
	pin := strings.ReplaceAll(ask[string](p, "document.querySelector('.code').innerText"), " ", "")
	if clicks > 3 || len(pin) != 6 {
		p.fail("%d clicks to the PIN %q", clicks, pin)
	}
	p.follow("link", w.T("tutoring.person.go"))
	p.misses(pin)
	enters(t, h, stuck, pin)
	p.open("/training")
	p.sees(h.titleOf(t, "educators-handbook", "fr"))
	p.follow("link", w.T("people.form.start"))
	p.lands("/forms/tutor")
	t.Run("asks how somebody is", func(t *testing.T) { nudge(t, h) })
}

// stumbles is a learner who errs three times on one screen.
func stumbles(t *testing.T, h *house, who tutoring.Row) {
	t.Helper()
	said, _, err := h.app.Identity.Begin(t.Context(), h.programme().ID(), who.ID, id.ID{}, false, "")
	must(t, err)
	w := h.words(who.Language)
	p := h.visit(t, phone, who.Language)
	p.signedIn(said)
	l := p.lesson("speaking-at-work", who.Language)
	at := slices.IndexFunc(l.text.Screens, func(s content.Screen) bool { return s.Activity != nil && s.Activity.Kind == content.Choice })
	p.open("/learn/" + l.slug + "/" + number(at+1))
	wrong := slices.DeleteFunc(slices.Clone(l.text.Screens[at].Activity.Items), func(i content.Item) bool { return i.Right })
	for n, again := range []string{"learning.check", "learning.try-again", "learning.try-again"} {
		p.press("radio", wrong[n%len(wrong)].Text) // the same again would be no further try
		p.follow("button", w.T(again))
	}
}

// enters is the learner with the new PIN and a card, on a phone.
func enters(t *testing.T, h *house, who tutoring.Row, pin string) {
	t.Helper()
	card, err := h.app.Identity.Card(t.Context(), h.programme().ID(), who.ID)
	must(t, err)
	w := h.words(who.Language)
	p := h.visit(t, phone, who.Language)
	p.open("/card/" + card)
	p.fill(w.T("identity.pin"), pin)
	p.follow("button", w.T("identity.enter"))
	p.lands("/me")
	p.sees(w.T("learning.hello", "Name", who.First))
}

// nudge opens a prefilled message in the person's language; nothing in it betrays the programme, and the
// attempt is noted.
func nudge(t *testing.T, h *house) {
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("leila")
	who := h.led(t, "silent", func(r tutoring.Row) bool { return r.Phone != "" })
	p.follow("link", w.T("tutoring.standing.silent")+" · ")
	p.follow("link", w.T("tutoring.nudge")+" · "+who.Name())
	text := ask[string](p, "document.getElementById('text').value")
	if want := h.words(who.Language).T("tutoring.nudge.text", "Name", who.First, "From", "Leïla"); text != want {
		p.fail("the message is %q, not %q", text, want)
	}
	for _, secret := range []string{"MIGRANTECH", "AMSED", "Tremplin"} {
		if strings.Contains(text, secret) {
			p.fail("the message betrays %s", secret)
		}
	}
	left := p.leaves("https://wa.me/"+strings.TrimPrefix(who.Phone, "+"), func() { p.press("button", w.T("tutoring.channel.whatsapp")) })
	if !strings.Contains(left, "?text=") {
		p.fail("no message goes along: %s", left)
	}
	p.open("/group/" + who.ID.String())
	p.sees(w.T("tutoring.channel.whatsapp"))
	p.misses(text)
	p.follow("link", w.T("tutoring.nudge"))
	p.fill(w.T("tutoring.nudge.label", "Language", i18n.Name(who.Language)), "   ")
	p.follow("button", w.T("tutoring.channel.sms"))
	p.sees(w.T("tutoring.nudge.missing"))
	p.follow("button", w.T("tutoring.nudge.talked"))
	p.sees(w.T("tutoring.nudge.noted"))
	p.sees(w.T("tutoring.channel.talk"))
}

func always(tutoring.Row) bool { return true }

// led is somebody whom Leïla accompanies, of this standing, as her list orders them.
func (h *house) led(t *testing.T, standing string, fits func(tutoring.Row) bool) tutoring.Row {
	t.Helper()
	people := h.ledAll(t, standing)
	i := slices.IndexFunc(people, fits)
	if i < 0 {
		t.Fatalf("Leïla has nobody who is %s", standing)
	}
	return people[i]
}

// ledAll is everybody whom Leïla accompanies, of this standing.
func (h *house) ledAll(t *testing.T, standing string) []tutoring.Row {
	t.Helper()
	a := access.Actor{Programme: h.programme().ID(), Person: h.person(t, "leila")}
	var err error
	a.Grants, err = people.Grants(t.Context(), h.app.DB, a.Programme, a.Person)
	must(t, err)
	sel := tutoring.Selection{Groups: tutoring.Mine(a), Ask: 1, Status: standing, Limit: 50}
	list, err := h.app.Tutoring.List(t.Context(), a, access.Read, "fr", sel)
	must(t, err)
	return list.People
}

// leaves lets the browser leave for one address, and for no other; it gets nowhere, since this browser
// finds no host but ours.
func (p *tab) leaves(to string, act func()) (address string) {
	p.t.Helper()
	p.mu.Lock()
	p.outside = to
	p.mu.Unlock()
	act()
	p.until("leave for "+to, func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.left == "" {
			return fmt.Errorf("still here")
		}
		address, p.outside = p.left, ""
		return nil
	})
	return address
}

// titleOf is a module's title in a language.
func (h *house) titleOf(t *testing.T, slug, lang string) string {
	t.Helper()
	m, err := h.app.Learning.Module(t.Context(), h.programme().ID(), slug)
	must(t, err)
	return m.Text(lang).Title
}
