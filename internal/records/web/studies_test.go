package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/records"
)

const adl = "http://adlnet.gov/expapi/verbs/"

// course is what a platform says of a course: a verb, and a result if there is one.
func course(who, what, verb, result string) string {
	more := `{"verb":{"id":"` + verb + `"},"object":{"id":"https://moodle.example.org/course/` + what + `","definition":{"name":{"ar":"دورة","en":"Course ` + what + `","fr":"Cours ` + what + `"}}}}`
	if result == "" {
		return statement(who, "", more)
	}
	return statement(who, "", more, `{"result":`+result+`}`)
}

// studies are what somebody learns elsewhere, a line each.
func (s *store) studies(who id.ID) (out []string) {
	s.Helper()
	all, err := s.StudiesOf(s.Context(), s.programme, who)
	s.must(err)
	for _, w := range all {
		line := strings.TrimPrefix(w.IRI, "https://moodle.example.org/course/") + " " + w.State
		if w.Scored {
			line += fmt.Sprintf(" %d", w.Percent)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// How far somebody is elsewhere follows from what platforms tell, in whatever order it comes, and what is taken back counts no more.
func TestHowFarElsewhere(t *testing.T) {
	each(t, func(s *store) {
		amina := s.enrolled("Amina", "amina@example.org")
		is := func(want ...string) {
			t.Helper()
			if got := s.studies(amina); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		}
		s.post(statement("amina", "a"), course("amina", "1", adl+"experienced", ""), course("bilal", "1", adl+"passed", ""),
			statement("amina", "", `{"verb":{"id":"`+adl+`passed"},"object":{"objectType":"Agent","mbox":"mailto:x@example.org"}}`),
			statement("amina", "", `{"verb":{"id":"`+adl+`passed"},"object":{"id":"urn:uuid:`+id.New().String()+`"}}`))
		is()
		s.post(course("amina", "1", adl+"initialized", ""), course("amina", "2", adl+"completed", ""))
		is("1 begun", "2 done")
		s.post(course("amina", "1", adl+"failed", `{"score":{"raw":2,"min":0,"max":5}}`))
		is("1 failed 40", "2 done")
		passed := s.post(course("amina", "1", adl+"passed", `{"score":{"scaled":0.755}}`))[0]
		s.post(course("amina", "1", adl+"failed", `{"score":{"scaled":0}}`), course("amina", "1", adl+"terminated", ""))
		is("1 passed 76", "2 done")
		s.post(statement("bilal", "", `{"verb":{"id":"`+adl+`voided"},"object":{"objectType":"StatementRef","id":"`+passed+`"}}`))
		is("1 failed 40", "2 done")
		s.post(course("amina", "3", adl+"failed", `{"score":{"scaled":-0.5}}`), course("amina", "4", "https://w3id.org/xapi/adl/verbs/satisfied", ""))
		is("1 failed 40", "2 done", "3 failed 0", "4 done")
		s.must(s.Part(t.Context(), s.act(), s.joinedWith(amina), amina))
		is()
	})
}

// Who accompanies somebody reads it in words, and so does the person.
func TestCoursesElsewhereAreShown(t *testing.T) {
	read(t, func(r *readers) {
		amina := r.enrolled("Amina", "amina@example.org")
		at := "/people/" + amina.String() + "/elsewhere"
		en, fr := r.device(access.Coordinator, "en"), r.device(access.Coordinator, "fr")
		r.says(en.Get(at).Is(200), "!Courses on other platforms")
		r.as(records.All)
		r.post(course("amina", "1", adl+"failed", `{"score":{"scaled":0.4}}`), course("amina", "2", adl+"completed", ""))
		r.says(en.Get(at).Is(200), "Courses on other platforms", "Course 1", "not passed yet", "40%", "Course 2", "finished", "Plateforme</bdi> · last activity: 23 November 2026", "best result: 40%")
		r.says(fr.Get(at).Is(200), "Cours 1", "pas encore réussi", "40\u00a0%")
		r.says(r.device(access.Coordinator, "tr").Get(at).Is(200), "Course 1", "henüz başarılmadı", "!دورة")
		r.says(r.device(access.Coordinator, "ar").Get(at).Is(200), "دورة")
		r.thrifty(at, 8)
	})
}
