package e2e_test

import (
	"slices"
	"strconv"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// What a trial finds hard, and what its author adds.
const (
	piloted = "knowing-society"
	late    = "on-time"
	unread  = "La consigne n'est pas lue : tout le monde se trompe."
	told    = "Lisez d'abord les réponses."
)

// pilots is how many people try a module: of fewer, nothing is said of whether a change helped.
const pilots = learning.Enough

// trial is a module given to a pilot group, twice: what the first one finds is written down, decided, changed, and
// the second one shows that it helped. The figure counts the finding when a version answers it.
func trial(t *testing.T, h *house) {
	w, before := h.words("fr"), h.acted(t)
	at := h.place(t, piloted, late)
	title := h.lesson(t, piloted).Screens[at-1].Title
	leila := h.visit(t, laptop, "fr").as("leila")
	session := holds(leila)
	questions(t, h, h.sessionOf(t, session).Code)
	pilot(t, h, h.sessionOf(t, session).Code, at, true)
	leila.open(session)
	leila.sees(w.T("room.version", "Number", h.version(t)))
	leila.follow("link", w.T("room.finding")+" · "+title)
	leila.fill(w.T("room.finding.text"), unread)
	leila.follow("button", w.T("room.finding.save"))
	leila.sees(w.T("room.finding.saved"))
	leila.sees(w.T("room.finding.is.open"))
	ends(leila, session)

	settles(t, h, title, at)
	releases(t, h)
	if n := h.acted(t); n != before+1 {
		t.Errorf("%d findings acted on, after %d", n, before)
	}
	session = holds(leila)
	pilot(t, h, h.sessionOf(t, session).Code, at, false)
	ends(leila, session)

	claire := h.visit(t, laptop, "fr").as("claire")
	claire.open("/modules/" + piloted)
	claire.sees(w.T("author.finding.answered", "Number", h.version(t)))
	claire.sees(w.T("author.finding.became.helped", "Was", pilots, "Now", pilots))
	claire.sees("se trompent : 0 sur " + strconv.Itoa(pilots))
	claire.sees("se trompent : " + strconv.Itoa(pilots) + " sur " + strconv.Itoa(pilots))
	leila.open(session + "/finding")
	leila.misses(unread) // it rests on the first one
}

// holds plans a trial of the module and begins it.
func holds(p *tab) (session string) {
	p.t.Helper()
	w := p.h.words("fr")
	p.open("/sessions/new")
	p.pick(w.T("room.module"), p.lesson(piloted, "fr").text.Title)
	ask[any](p, "document.querySelector('[name=day]').value = '2026-11-23'")
	p.fill(w.T("room.hours"), "2")
	p.fill(w.T("room.place"), "Salle 3")
	p.follow("button", w.T("room.plan.keep"))
	session = p.at()
	p.follow("button", w.T("room.start"))
	p.sees(w.T("room.is.running"))
	return session
}

func ends(p *tab, session string) {
	p.t.Helper()
	p.open(session)
	p.follow("button", p.h.words("fr").T("room.end"))
	p.sees(p.h.words("fr").T("room.ended"))
}

// questions is a learner who says that she is there, and is asked before.
func questions(t *testing.T, h *house, code string) {
	t.Helper()
	w := h.words("ar")
	p := h.visit(t, phone, "ar")
	p.signedIn(h.session(t, "fatou").Value)
	p.open("/s/" + code)
	p.misses(h.programme().Form("before").Title.In("ar"))
	p.follow("button", w.T("room.here"))
	p.sees(h.programme().Form("before").Title.In("ar"))
	p.follow("button", w.T("people.form.later"))
	p.lands("/s/" + code)
	p.misses(h.programme().Form("before").Title.In("ar"))
}

// pilot is the group: one is seen on a screen, the others do the same beside.
func pilot(t *testing.T, h *house, code string, at int, errs bool) {
	t.Helper()
	tries(t, h, code, at, errs)
	m, err := h.app.Learning.Module(t.Context(), h.programme().ID(), piloted)
	must(t, err)
	items := m.Text("fr").Screens[at-1].Activity.Items
	given := slices.IndexFunc(items, func(i content.Item) bool { return i.Right != errs })
	for range pilots - 1 {
		_, err := h.app.Learning.Answer(t.Context(), journaltest.Act(h.programme().ID(), id.ID{}), learning.Learner{ID: id.New()},
			learning.Answer{Module: m, At: at, Given: []string{strconv.Itoa(given)}, Language: "fr", Room: code})
		must(t, err)
	}
}

// tries is somebody without a name who follows the session and does the screen, with a mistake or without.
func tries(t *testing.T, h *house, code string, at int, errs bool) {
	t.Helper()
	p := h.visit(t, phone, "fr")
	p.open("/s/" + code)
	p.follow("button", h.words("fr").T("room.follow"))
	p.open("/learn/" + piloted + "/" + number(at))
	l := p.lesson(piloted, "fr")
	if errs {
		p.press("radio", mistake(l.screen(at).Activity).Text)
		p.follow("button", h.words("fr").T("learning.check"))
		return
	}
	l.pass(at)
}

// settles is the author who decides to change the screen, and changes it.
func settles(t *testing.T, h *house, title string, at int) {
	t.Helper()
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("claire")
	p.open("/modules/" + piloted)
	p.sees(unread)
	ask[any](p, "document.querySelector('#findings details').open = true")
	p.press("radio", w.T("author.remark.change"))
	p.follow("button", w.T("author.remark.save"))
	p.sees(w.T("author.decided"))
	p.follow("link", number(at)+". "+title)
	p.sees(w.T("author.finding.answer"))
	p.add(w.T("author.field.text"), told)
	p.follow("button", w.T("author.save"))
	p.follow("link", w.T("author.back.screens"))
	p.follow("button", w.T("author.submit"))
	p.sees(w.T("author.submitted"))
}

// releases is the colleague who publishes: the finding stands there as answered.
func releases(t *testing.T, h *house) {
	t.Helper()
	w := h.words("fr")
	p := h.visit(t, laptop, "fr").as("nadia")
	p.open("/modules/" + piloted + "/edit")
	p.sees(w.T("author.publish.findings"))
	p.sees(unread)
	p.fill(w.T("author.publish.note"), told)
	p.follow("button", w.T("author.publish"))
	p.sees(w.T("author.published"))
}

// acted is the figure of the findings acted on.
func (h *house) acted(t *testing.T) int64 {
	t.Helper()
	st, err := h.app.Impact.Figures(t.Context(), h.programme().ID(), impact.Query{})
	must(t, err)
	f, err := st.Figure("findings-acted-on")
	must(t, err)
	return f.N
}

// version is the one that stands.
func (h *house) version(t *testing.T) int64 {
	t.Helper()
	m, err := learning.Modules.Find(t.Context(), h.app.DB, h.programme().ID(), "and slug=$2", piloted)
	must(t, err)
	return m.Number
}
