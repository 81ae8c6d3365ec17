package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning/content"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
	"tremplin/internal/tutoring"
)

// scenes are pages that no address opens: what a form says when it was not accepted, an answer judged.
var scenes = []struct {
	name, as string
	play     func(*tab, *i18n.Words)
}{
	{"a wrong answer", "", func(p *tab, w *i18n.Words) { judged(p, w, false) }},
	{"a right answer", "", func(p *tab, w *i18n.Words) { judged(p, w, true) }},
	{"nothing answered", "", func(p *tab, w *i18n.Words) {
		p.lesson("speaking-at-work", w.Code).opened(content.Choices)
		p.follow("button", w.T("learning.check"))
		p.sees(w.T("learning.unsaid"))
	}},
	{"the end, rated", "", func(p *tab, w *i18n.Words) {
		p.open("/learn/speaking-at-work/end")
		p.follow("button", w.T("learning.face.2"))
		p.lands("/learn/speaking-at-work/end")
		p.sees(w.T("learning.remark.thanks"))
	}},
	{"first notices", "hala", func(p *tab, w *i18n.Words) {
		p.open("/me")
		p.sees(w.T("people.notices.first"))
	}},
	{"a card, shown", "fatou", func(p *tab, w *i18n.Words) {
		p.open("/account/card")
		p.follow("button", w.T("identity.my-card.show"))
		p.sees(w.T("identity.my-card.keep"))
	}},
	{"a report before the programme", "nadia", func(p *tab, w *i18n.Words) {
		p.open("/reports")
		p.press("DisclosureTriangle", w.T("impact.freeze-other"))
		ask[any](p, "document.querySelector('[name=cut_off]').value = '2001-01-31'")
		p.follow("button", w.T("impact.freeze"))
		from, err := time.Parse(time.DateOnly, p.h.programme().From)
		must(p.t, err)
		p.sees(w.T("impact.cut-off.early", "Date", from))
	}},
	{"an account that is known", "admin", func(p *tab, w *i18n.Words) {
		for _, said := range []string{"identity.admin.let.done", "identity.admin.let.known"} {
			p.open("/admin")
			p.fill(w.T("people.field.first"), "Inès")
			p.fill(w.T("identity.email"), w.Code+"@example.org")
			p.fill(w.T("identity.password"), "a long password to begin with")
			p.follow("button", w.T("identity.admin.let"))
			p.sees(w.T(said))
		}
	}},
	{"a platform, connected", "admin", func(p *tab, w *i18n.Words) {
		p.open("/admin/clients")
		p.fill(w.T("records.client.name.label"), "Campus")
		p.follow("button", w.T("records.client.go"))
		p.sees(w.T("records.client.once"))
	}},
	{"a platform without name", "admin", func(p *tab, w *i18n.Words) {
		p.open("/admin/clients")
		p.fill(w.T("records.client.name.label"), " ")
		p.follow("button", w.T("records.client.go"))
		p.sees(w.T("records.client.name"))
	}},
	{"records that are refused elsewhere", "admin", func(p *tab, w *i18n.Words) {
		p.open("/admin/forwards")
		p.press("DisclosureTriangle", w.T("records.forward.refused", "N", 2)+" · "+strange)
		p.sees("<b>already here</b>")
	}},
	{"a recipient who does not answer", "admin", func(p *tab, w *i18n.Words) {
		p.open("/admin/forwards")
		p.press("DisclosureTriangle", w.T("records.forward.some"))
		for label, text := range map[string]string{
			"records.forward.name.label": "Région", "records.forward.purpose.label": "Convention", "records.forward.url.label": "https://127.0.0.1:1",
			"records.client.key": "k", "records.client.secret": "s", "records.forward.verbs": longIRI,
		} {
			p.fill(w.T(label), text)
		}
		p.follow("button", w.T("records.forward.go"))
		p.sees(w.T("ui.faults"))
	}},
	{"a record, word for word", "nadia", func(p *tab, w *i18n.Words) {
		p.open("/records/" + statementOf(p.h.programme().ID()).String())
		p.press("DisclosureTriangle", w.T("records.exact"))
		p.sees(longIRI)
	}},
	{"records, refused again", "nadia", func(p *tab, w *i18n.Words) {
		must(p.t, p.h.app.Records.Refuse(p.t.Context(), records.Known{Programme: p.h.programme().ID(), ID: connection(p.h.programme().ID()).ID},
			records.Refused{Version: "2.0.0", Type: "application/json"}, &xapi.Fault{Reason: xapi.NoType}, []byte("{}")))
		p.open("/records")
		p.follow("button", w.T("records.refused.again"))
		p.sees(w.T("ui.faults"))
	}},
	{"nobody chosen for somebody unknown", "nadia", func(p *tab, w *i18n.Words) {
		p.open("/records/actors/" + p.h.actorOf(p.t, p.h.programme().ID()).String() + "?q=%D0%9E%D0%BA%D1%81%D0%B0%D0%BD%D0%B0")
		p.follow("button", w.T("records.actor.claim"))
		p.sees(w.T("records.actor.choose"))
	}},
	{"an account, to be parted", "nadia", func(p *tab, w *i18n.Words) {
		p.open("/people/" + p.h.person(p.t, "fatou").String() + "/elsewhere")
		p.press("DisclosureTriangle", w.T("records.elsewhere.part"))
		p.sees(w.T("records.elsewhere.part.what"))
		p.pick(w.T("records.client"), "—")
		p.follow("button", w.T("records.elsewhere.invite"))
		p.sees(w.T("records.elsewhere.choose"))
	}},
	{"keep, not accepted", "", func(p *tab, w *i18n.Words) {
		p.open("/keep")
		p.fill(w.T("identity.first"), "A")
		p.fill(w.T("identity.pin.new"), "123456")
		p.fill(w.T("identity.pin.repeat"), "123456")
		p.follow("button", w.T("identity.keep.go"))
		p.sees(w.T("identity.pin.weak"))
	}},
	{"sign in, not accepted", "", func(p *tab, w *i18n.Words) {
		p.open("/sign-in")
		p.fill(w.T("identity.email"), "nobody@example.org")
		p.fill(w.T("identity.password"), "not the password")
		p.follow("button", w.T("identity.enter"))
		p.sees(w.T("identity.password.wrong"))
	}},
	{"a signature on the screen", "leila", func(p *tab, w *i18n.Words) {
		signBoard(p, w)
		p.press("button", w.T("room.sign.done"))
		p.sees(w.T("tutoring.drawing.none"))
	}},
	{"a signature, seen", "leila", func(p *tab, w *i18n.Words) {
		session, who := signBoard(p, w)
		p.draw(w.T("room.sign.board"))
		p.press("button", w.T("room.sign.done"))
		p.until("be sent", func() error { return p.h.drew(p.t, session, who.ID) })
		p.open(session + "/signature/" + who.ID.String() + "?half=1")
		p.sees(w.T("room.signature"))
	}},
	{"a photo, and the roll with it", "leila", func(p *tab, w *i18n.Words) {
		session := "/sessions/" + meetingOf(p.h.programme().ID()).String()
		who := p.h.named(p.t)[2]
		if at := "/group/" + who.ID.String(); !p.h.picturedIn(p, who.ID) {
			p.photographs(at, w)
		}
		p.open(session)
		p.until("show the photo", func() error { return p.drawn("/group/" + who.ID.String() + "/photo") })
	}},
	{"the roll as faces", "leila", func(p *tab, w *i18n.Words) {
		session, who := "/sessions/"+meetingOf(p.h.programme().ID()).String(), p.h.named(p.t)[4]
		p.open(session)
		p.knows()
		p.press("checkbox", w.T("room.roll.tiles"))
		if tile := "p-" + who.ID.String(); !ask[bool](p, `(() => {
			const tile = document.getElementById('`+tile+`'), face = tile.querySelector('.face');
			tile.scrollIntoView({ block: 'center' });
			const r = face.getBoundingClientRect();
			return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2).value === 'present';
		})()`) {
			p.fail("a touch on the face says nothing")
		}
		for _, state := range []string{tutoring.Present, tutoring.Absent} {
			p.press("button", w.T("room.mark."+state)+" · "+who.Name())
			p.until("be sent", func() error { return p.h.marked(p.t, session, who.ID, state) })
		}
	}},
	{"a photo without permission", "leila", func(p *tab, w *i18n.Words) {
		p.open("/group/" + p.h.named(p.t)[3].ID.String())
		p.press("DisclosureTriangle", w.T("tutoring.photo.take"))
		p.follow("button", w.T("tutoring.photo.keep"))
		p.sees(w.T("tutoring.photo.agrees.missing"))
	}},
	{"a card that cannot be read", "leila", func(p *tab, w *i18n.Words) {
		p.open("/sessions/" + meetingOf(p.h.programme().ID()).String())
		p.press("DisclosureTriangle", w.T("room.scan"))
		file := filepath.Join(p.t.TempDir(), "blank.png")
		must(p.t, os.WriteFile(file, picture(p.t), 0o600))
		p.handTo("#card-photo", file)
		p.sees(w.T("tutoring.scan.no-card"))
	}},
	{"an import with faults", "nadia", func(p *tab, w *i18n.Words) {
		file := filepath.Join(p.t.TempDir(), "personnes.csv")
		must(p.t, os.WriteFile(file, []byte(table), 0o600))
		p.open("/import")
		p.hand(file)
		p.follow("button", w.T("people.import.look"))
		p.sees(w.T("people.import.mend"))
	}},
}

// judged answers the first choice of a module.
func judged(p *tab, w *i18n.Words, right bool) {
	p.t.Helper()
	l := p.lesson("speaking-at-work", w.Code)
	a := l.opened(content.Choice)
	if right {
		l.answer(a)
	} else {
		p.press("radio", mistake(a).Text)
	}
	p.follow("button", w.T("learning.check"))
}

// opened opens the first screen with an activity of a kind.
func (l lesson) opened(k content.Kind) *content.Activity {
	l.p.t.Helper()
	i := slices.IndexFunc(l.text.Screens, func(s content.Screen) bool { return s.Activity != nil && s.Activity.Kind == k })
	l.p.open("/learn/" + l.slug + "/" + number(i+1))
	return l.text.Screens[i].Activity
}
