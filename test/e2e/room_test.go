package e2e_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/tutoring"
)

// room is a session from its plan to what it counts: projected in French, followed in Arabic on a phone,
// called by hand and signed on the phone, closed once.
func room(t *testing.T, h *house) {
	w, ar := h.words("fr"), h.words("ar")
	leila := h.visit(t, laptop, "fr").as("leila")
	session := planned(leila)
	leila.follow("button", w.T("room.start"))
	leila.sees(w.T("room.is.running"))
	code := h.sessionOf(t, session).Code

	fatou := h.visit(t, phone, "ar")
	fatou.signedIn(h.session(t, "fatou").Value)
	fatou.open("/s")
	fatou.fill(ar.T("room.code"), "ZZZ")
	fatou.follow("button", ar.T("room.join"))
	fatou.sees(ar.T("room.code.wrong"))
	fatou.fill(ar.T("room.code"), code)
	fatou.follow("button", ar.T("room.join"))
	fatou.follow("button", ar.T("room.here"))
	fatou.sees(ar.T("room.here.known"))
	fatou.follow("button", ar.T("room.follow"))

	leila.open(session + "/wall")
	leila.sees(code)
	leila.follow("button", w.T("room.wall.next"))
	leila.follow("button", w.T("room.wall.next"))
	leila.sees(leila.lesson("speaking-at-work", "fr").screen(2).Title)
	fatou.open("/s/" + code + "/now")
	fatou.lands("/learn/speaking-at-work/2")
	leila.follow("button", w.T("room.wall.next"))
	fatou.until("follow the wall", func() error { return fatou.stands("/learn/speaking-at-work/3") })
	fatou.sees(fatou.lesson("speaking-at-work", "ar").screen(3).Title)

	leila.open(session)
	who := h.led(t, "", always)
	leila.press("button", w.T("room.mark.late")+" · "+who.Name())
	leila.until("be sent", func() error { return h.marked(t, session, who.ID, tutoring.Late) })
	leila.follow("button", w.T("room.end"))
	leila.sees(w.T("room.ended"))
	for name, signed := range map[string]bool{"fatou": true, who.Name(): false} {
		person := who.ID
		if name == "fatou" {
			person = h.person(t, "fatou")
		}
		row, _, err := tutoring.Attendances.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and session=$3", person, h.sessionOf(t, session).Owner)
		if must(t, err); row.Signed != signed || !row.There {
			t.Errorf("%s: %+v", name, row)
		}
	}
	leila.knows()                                                   // before that, a mark is sent as a form, and another page comes
	leila.press("button", w.T("room.mark.absent")+" · "+who.Name()) // corrected after the end
	leila.until("be sent", func() error { return h.marked(t, session, who.ID, tutoring.Absent) })
	sheet := filepath.Join(t.TempDir(), "feuille.png")
	must(t, os.WriteFile(sheet, picture(t), 0o600))
	leila.open(session)
	leila.handTo("#photo", sheet)
	leila.follow("button", w.T("room.paper.keep"))
	leila.sees(w.T("room.paper.kept"))
	if head := ask[string](leila, "fetch(location.pathname + '/sheet.pdf').then((r) => r.text()).then((s) => s.slice(0, 5))"); head != "%PDF-" {
		leila.fail("the sheet begins with %q", head)
	}
}

// marked holds somebody's half-day to a state.
func (h *house) marked(t *testing.T, session string, who id.ID, state string) error {
	row, _, err := tutoring.Attendances.One(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2 and session=$3", who, last(t, session))
	if err == nil && row.State != state {
		err = fmt.Errorf("%+v", row)
	}
	return err
}

// planned plans a session: what is missing is said, and nothing typed is lost.
func planned(p *tab) (session string) {
	p.t.Helper()
	w := p.h.words("fr")
	p.open("/sessions")
	p.follow("link", w.T("room.plan"))
	p.pick(w.T("room.module"), p.lesson("speaking-at-work", "fr").text.Title)
	ask[any](p, "document.querySelector('[name=day]').value = '2026-11-23'")
	p.fill(w.T("room.hours"), "trois")
	p.fill(w.T("room.place"), "Salle 7")
	p.follow("button", w.T("room.plan.keep"))
	p.sees(w.T("tutoring.session.wrong"))
	p.fill(w.T("room.hours"), "2,5")
	p.follow("button", w.T("room.plan.keep"))
	p.sees(w.T("room.planned"))
	p.sees("Salle 7")
	return p.at()
}

// sessionOf reads the session of an address.
func (h *house) sessionOf(t *testing.T, address string) tutoring.SessionRow {
	t.Helper()
	w, err := tutoring.Sessions.Find(t.Context(), h.app.DB, h.programme().ID(), "and owner=$2", last(t, address))
	must(t, err)
	return w
}

// last is the id at the end of an address.
func last(t *testing.T, address string) id.ID {
	t.Helper()
	v, err := id.Parse(path.Base(address))
	must(t, err)
	return v
}
