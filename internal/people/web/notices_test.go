package web_test

import (
	"slices"
	"strconv"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/people"
)

// A notice that was raised stands before every other page, until it is read and answered.
func TestRaisedNotices(t *testing.T) {
	each(t, func(s *site) {
		amina := s.who["amina"].Person
		s.must(s.Tell(s.t.Context(), journaltest.Act(s.p.ID(), amina), amina,
			nil, []people.Permission{{Purpose: "share-progress-with-tutor", Given: true, Version: 1, Opens: "tutor"}}))
		s.get("amina", "/forms", 200, "Questionnaires") // nothing waits
		before := s.p
		raised := *before
		raised.Purposes = slices.Clone(before.Purposes)
		for i := range raised.Purposes {
			raised.Purposes[i].Version = 2
		}
		s.p = &raised
		s.Service = &people.Service{J: s.J} // the process that has read the folder again
		s.handler = s.pages()
		defer func() { s.p = before }()

		s.get("amina", "/forms?x=1", 303, "/notices?to=%2Fforms%3Fx%3D1")
		s.get("leila", "/forms", 200, "Questionnaires")
		const page = "/notices?to=/forms"
		s.get("amina", page, 200, "What has changed", "Keep my progress", "Share my progress", `name="given-share-progress-with-tutor" value="yes"`, "Until you answer", "!checked", "!photo-testimonial")
		s.get("amina", "/me/file", 200, "You said yes to an earlier text", "Yes, I agree") // what is known of one is never closed
		s.get("amina", "/who-sees", 200)
		read := []string{"to=/forms", "shown-share-progress-with-tutor=2"}
		for _, q := range s.p.Told() {
			read = append(read, "shown-"+q.ID+"=2")
		}
		s.post("amina", "/notices", 422, read, "Choose yes or no.")
		s.post("amina", "/notices", 303, append(read, "given-share-progress-with-tutor=no"), "/forms")
		s.get("amina", "/forms", 200, "Questionnaires")
		s.get("amina", page, 303, "/forms")
		p, err := s.Person(s.t.Context(), s.p.ID(), amina)
		s.must(err)
		if w := p.Permission["share-progress-with-tutor"]; w.Given || w.Version != 2 {
			s.t.Errorf("%+v", w)
		}
		rows, err := people.Notices.Select(s.t.Context(), s.J.DB(), s.p.ID(), "and owner=$2 and version=2", amina)
		if s.must(err); len(rows) != 1+len(s.p.Told()) || rows[0].Language != "en" {
			s.t.Errorf("%+v", rows)
		}
	})
}

// What was typed before a notice was raised is taken; the page after it is the notice.
func TestANoticeLosesNoAnswer(t *testing.T) {
	each(t, func(s *site) {
		for i := range s.p.Purposes {
			s.p.Purposes[i].Version++
			defer func() { s.p.Purposes[i].Version-- }()
		}
		s.post("amina", "/forms/welcome", 303, []string{"at=more", "a-more=x"}, "/done")
		s.get("amina", "/forms/welcome/done", 303, "/notices")
	})
}

// Whom a sender brought learns at the first visit what is kept of them, and by whom it is seen.
func TestWhoWasBroughtIsTold(t *testing.T) {
	each(t, func(s *site) {
		s.bring("samir", access.Learner)
		s.get("samir", "/forms", 303, "/notices?to=%2Fforms")
		s.get("samir", "/notices?to=/forms", 200, "Before you begin", "<summary>Keep my progress</summary>", "!What has changed", "!given-")
		s.get("samir", "/who-sees", 200)
		read := []string{"to=/forms"}
		for _, q := range s.p.Told() {
			read = append(read, "shown-"+q.ID+"="+strconv.FormatInt(q.Version, 10))
		}
		s.post("samir", "/notices", 303, read[:2], "/forms")
		s.get("samir", "/forms", 303, "/notices") // one was not on the page
		s.post("samir", "/notices", 303, read, "/forms")
		s.get("samir", "/forms", 200, "Questionnaires")
		rows, err := people.Notices.Select(s.t.Context(), s.J.DB(), s.p.ID(), "and owner=$2", s.who["samir"].Person)
		if s.must(err); len(rows) != len(s.p.Told()) {
			s.t.Errorf("%+v", rows)
		}
	})
}
