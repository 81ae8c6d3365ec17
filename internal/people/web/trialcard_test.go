package web_test

import (
	"cmp"
	"testing"

	"github.com/a-h/templ"

	"tremplin/internal/core/web"
	pages "tremplin/internal/people/web"
)

// trialCard is the page of a session, of which nothing is drawn but its questionnaire.
func trialCard(ps *pages.Pages) web.Route {
	return web.Route{Pattern: "GET /s/{code}/{when}", Do: func(c *web.Ctx) error {
		slot := map[string]web.Slot{"before": ps.BeforeTrial, "after": ps.AfterTrial}[c.R.PathValue("when")]
		card, err := slot(c, c.Actor.Person)
		if err != nil || card == nil {
			return cmp.Or(err, c.Part(templ.NopComponent))
		}
		return c.Part(card)
	}}
}

// A trial offers its questionnaires one at a time: it is filled in for that trial, leads back to it, and the next
// trial asks anew. It can be put off, and declined for good.
func TestTheCardOfATrial(t *testing.T) {
	each(t, func(s *site) {
		s.get("amina", "/s/SPR123/before", 200, "Before the trial: where are you now?", "/forms/before?room=SPR123", "Start", "Later", "Do not ask me again")
		s.get("amina", "/s/SPR123/after", 200, "After the trial: what you think")
		s.get("amina", "/s/spring/before", 200, "!trial")
		s.get("leila", "/s/SPR123/before", 200, "!trial") // it is not for tutors

		s.get("amina", "/forms/before?room=SPR123", 200, `name="room" value="SPR123"`)
		s.get("amina", "/forms/before?room=%3Cb%3E123", 200, `!name="room"`)
		s.post("amina", "/forms/before", 303, []string{"at=hello", "do=next", "room=SPR123"}, "/forms/before?at=module")
		s.get("amina", "/forms/before?at=module", 200, `name="room" value="SPR123"`)
		s.post("amina", "/forms/before", 303, []string{"at=module", "a-module=speaking-at-work", "room=SPR123"})
		s.post("amina", "/forms/before", 303, []string{"at=know_late", "room=SPR123"}, "/forms/before/done?room=SPR123")
		s.get("amina", "/forms/before/done?room=SPR123", 200, `href="/s/SPR123"`, "Back to the session")
		if said := s.answers("amina", "before"); said.Room != "SPR123" || said.Answers["module"][0] != "speaking-at-work" {
			t.Errorf("%+v", said)
		}
		s.get("amina", "/s/SPR123/before", 200, "!trial")

		s.get("amina", "/s/ATM123/before", 200, "/forms/before?room=ATM123", "Start")
		s.get("amina", "/forms/before?room=ATM123&at=module", 200, "!selected", "!checked")
		s.get("amina", "/forms/before?at=module", 200, `value="speaking-at-work" checked`) // her own answers, to change
		s.post("amina", "/forms/before/later", 303, []string{"to=/s/ATM123"}, "/s/ATM123")
		s.get("amina", "/s/ATM123/before", 200, "!trial")
		s.post("amina", "/forms/after/later", 303, []string{"again=never", "to=/s/ATM123"}, "/s/ATM123")
		s.get("amina", "/s/ATM123/after", 200, "!trial")
	})
}
