package people_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/form"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/people"
)

// formHouse is a programme with one learner and the forms of MIGRANTECH.
type formHouse struct {
	house
	p     *programme.Programme
	amina access.Actor
}

func eachFormHouse(t *testing.T, f func(h *formHouse)) {
	p, err := programme.Read(os.DirFS("../../programmes/migrantech"))
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(h house) {
		f(&formHouse{h, p, actor(h.enter(home, "Amina", access.Learner, group), home, access.Learner, group)})
	})
}

func (h *formHouse) form(name string) people.Questionnaire {
	h.t.Helper()
	q, err := people.QuestionnaireFor(h.p, h.amina, name)
	h.must(err)
	return q
}

func (h *formHouse) answer(form string, given form.Answers) []form.AnswerProblem {
	h.t.Helper()
	return h.fill(journaltest.Act(home, h.amina.Person), people.Filled{Questionnaire: h.form(form), Given: given})
}

func (h *formHouse) fill(a journal.Act, f people.Filled) []form.AnswerProblem {
	h.t.Helper()
	f.Person = h.amina.Person
	problems, err := h.Answer(h.t.Context(), a, f)
	h.must(err)
	return problems
}

// entries counts what was recorded of the learner's answers.
func (h *formHouse) entries() (n int) {
	h.t.Helper()
	story, err := h.J.History(h.t.Context(), h.p.ID(), h.amina.Person)
	h.must(err)
	for _, e := range story {
		if e.Kind == people.KindFormAnswered.Name {
			n++
		}
	}
	return n
}

func (h *formHouse) last(form string) (people.AnswerRow, people.FormAnswered) {
	h.t.Helper()
	row, said, err := h.LastAnswers(h.t.Context(), h.p.ID(), h.amina.Person, form)
	h.must(err)
	return row, said
}

func TestAnswering(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		given := form.Answers{"module": {"looking-for-work"}, "can_work": {"3"}, "can_speak": {"4"}, "know_number": {"112"}, "knowledge": {"99"}, "unknown": {"x"}}
		if p := h.answer("before", given); len(p) > 0 {
			h.t.Fatal(p)
		}
		row, said := h.last("before")
		if row.Asked != 10 || row.Answered != 4 || row.Version != h.form("before").Version || said.Held != "self" {
			h.t.Errorf("%+v %+v", row, said)
		}
		if said.Answers["knowledge"][0] != "1" || said.Numbers["confidence"] != 3.5 || said.Numbers["knowledge"] != 1 || said.Answers["unknown"] != nil {
			h.t.Errorf("%+v", said)
		}
		scores, err := people.FormScores.Select(h.t.Context(), h.J.DB(), h.p.ID(), "and owner=$2 and form='before' order by name", h.amina.Person)
		h.must(err)
		if len(scores) != 4 || scores[0].Name != "confidence" || scores[0].N != 3.5 || scores[3].N != 1 {
			h.t.Errorf("%+v", scores)
		}
		delete(given, "can_work") // the scores that an answer no longer gives are gone
		delete(given, "can_speak")
		h.answer("before", given)
		scores, err = people.FormScores.Select(h.t.Context(), h.J.DB(), h.p.ID(), "and owner=$2 order by name", h.amina.Person)
		h.must(err)
		if len(scores) != 3 || scores[0].Name != "confidence_answers" {
			h.t.Errorf("%+v", scores)
		}
	})
}

func TestTheSameAnswersAgainAreNoEntry(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		given := form.Answers{"country": {"FR"}, "needs": {"work", "speak"}, "birth_year": {"1990"}}
		h.answer("welcome", given)
		h.answer("welcome", form.Answers{"birth_year": {"١٩٩٠"}, "needs": {"speak work"}, "country": {" FR "}})
		if n := h.entries(); n != 1 {
			h.t.Fatalf("%d entries", n)
		}
		a, twice := journaltest.Act(home, h.amina.Person), people.Filled{Questionnaire: h.form("welcome"), Given: form.Answers{"country": {"BE"}}, Held: "relative"}
		h.fill(a, twice)
		h.fill(a, twice)
		if n := h.entries(); n != 2 {
			h.t.Fatalf("%d entries", n)
		}
		twice.Given = form.Answers{"country": {"TR"}} // one went back and answered otherwise, under the same hidden id
		h.fill(a, twice)
		if _, said := h.last("welcome"); h.entries() != 3 || said.Answers["country"][0] != "TR" || said.Held != "relative" {
			h.t.Fatalf("%d entries, %+v", h.entries(), said)
		}
		h.answer("welcome", given)
		if h.entries() != 4 {
			h.t.Fatal("the first answers given again, after others, are news")
		}
	})
}

func TestWhatCannotBeTakenIsSaidAndNotRecorded(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		for name, c := range map[string]struct {
			given form.Answers
			want  string
		}{
			"too long":        {form.Answers{"more": {strings.Repeat("ع", form.MaxText+1)}}, "more answer.too-long"},
			"longer than 500": {form.Answers{"more": {strings.Repeat("ع", form.MaxText)}}, "more answer.constraint"},
			"no number":       {form.Answers{"birth_year": {"nineteen"}}, "birth_year answer.integer"},
			"no year":         {form.Answers{"birth_year": {"12"}}, "birth_year answer.constraint"},
			"unknown choice":  {form.Answers{"country": {"XX"}}, "country answer.choice"},
			"two of one":      {form.Answers{"country": {"FR", "BE"}}, "country answer.choice"},
			"four needs":      {form.Answers{"needs": {"work", "speak", "care", "computer"}}, "needs answer.constraint"},
		} {
			problems := h.answer("welcome", c.given)
			if len(problems) != 1 || problems[0].Name+" "+problems[0].Code != c.want {
				h.t.Errorf("%s: %v", name, problems)
			}
		}
		if p := h.answer("before", nil); len(p) != 1 || p[0].Code != form.AnswerRequired {
			h.t.Error(p)
		}
		mixed := "\u202eabc مرحبا 112\u2066 <b>&"
		if p := h.answer("welcome", form.Answers{"more": {mixed}}); len(p) > 0 {
			h.t.Error(p)
		}
		if _, said := h.last("welcome"); h.entries() != 1 || said.Answers["more"][0] != mixed {
			h.t.Errorf("%+v", said)
		}
	})
}

func TestHiddenAnswersAreLeftOut(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		h.answer("welcome", form.Answers{"employment": {"employed"}, "country": {"FR"}, "registered": {"mission-locale"}})
		if _, said := h.last("welcome"); said.Answers["registered"] != nil {
			h.t.Errorf("%+v", said)
		}
		h.answer("welcome", form.Answers{"employment": {"unemployed"}, "country": {"FR"}, "registered": {"mission-locale"}})
		if _, said := h.last("welcome"); said.Answers["registered"] == nil {
			h.t.Errorf("%+v", said)
		}
	})
}

func TestHalfFilledIsSealedAndEndsWithItsPerson(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		ctx, p, who := h.t.Context(), h.p.ID(), h.amina.Person
		secret := "Quillonfeather"
		h.must(h.KeepHalf(ctx, p, who, "welcome", func(f *people.HalfFilled) { f.Given = form.Answers{"more": {secret}}; f.At = "more" }))
		h.must(h.KeepHalf(ctx, p, who, "welcome", func(f *people.HalfFilled) { f.Held = "volunteer" }))
		f, ok, err := h.HalfFilled(ctx, p, who, "welcome")
		if h.must(err); !ok || f.Given["more"][0] != secret || f.At != "more" || f.Held != "volunteer" {
			h.t.Fatalf("%v %+v", ok, f)
		}
		var body []byte
		h.must(h.J.DB().QueryRow(ctx, "select body from draft where person=$1", who).Scan(&body))
		if bytes.Contains(body, []byte(secret)) {
			h.t.Error("in clear")
		}
		if begun, err := h.Begun(ctx, p, who); err != nil || !slices.Equal(begun, []string{"welcome"}) {
			h.t.Error(begun, err)
		}
		if begun, err := h.Begun(ctx, p, id.New()); err != nil || len(begun) > 0 {
			h.t.Error(begun, err)
		}
		h.must(h.EndHalf(ctx, p, who, "welcome"))
		if _, ok, err := h.HalfFilled(ctx, p, who, "welcome"); ok || err != nil {
			h.t.Error(ok, err)
		}
		h.must(h.KeepHalf(ctx, p, who, "welcome", func(f *people.HalfFilled) { f.Given = form.Answers{"more": {secret}} }))
		h.must(h.Erase(ctx, journaltest.Act(p, who), who, ""))
		h.must(h.J.Erase(ctx, p, who))
		if _, _, err := h.HalfFilled(ctx, p, who, "welcome"); !errors.Is(err, journal.ErrErased) {
			h.t.Error(err)
		}
	})
}

func TestAskedOnce(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		ctx, p, who := h.t.Context(), h.p.ID(), h.amina.Person
		asking := func() people.Asking {
			a, err := h.Asking(ctx, p, who)
			h.must(err)
			return a
		}
		if a := asking(); !a.Wanted("welcome") || !a.Wanted("before") || a.State("welcome") != "new" {
			h.t.Fatal("a newcomer is asked")
		}
		h.must(h.PutOff(ctx, p, who, "before"))
		h.answer("welcome", form.Answers{"country": {"FR"}})
		if a := asking(); a.Wanted("welcome") || a.Wanted("before") || a.State("before") != "new" {
			h.t.Error("answered or put off, and asked again")
		}
		h.c.Now = h.c.Now.Add(people.PutOffFor + time.Second)
		if a := asking(); a.Wanted("welcome") || !a.Wanted("before") {
			h.t.Error("what was put off is asked again after a while, what was answered is not")
		}
	})
}

// Whoever declines a form for good is not asked again, and may still answer it.
func TestDeclined(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		ctx, p, who := h.t.Context(), h.p.ID(), h.amina.Person
		no := people.FormDeclined{Form: "before", Language: "ar"}
		h.must(h.KeepHalf(ctx, p, who, "before", func(f *people.HalfFilled) { f.At = "hello" }))
		act := journaltest.Act(home, who)
		h.must(h.Decline(ctx, act, who, no))
		h.must(h.Decline(ctx, act, who, no))
		h.must(h.Decline(ctx, journaltest.Act(home, who), who, no)) // on another page
		h.c.Now = h.c.Now.AddDate(2, 0, 0)
		a, err := h.Asking(ctx, p, who)
		h.must(err)
		if a.Wanted("before") || a.State("before") != "declined" {
			h.t.Errorf("%+v", a)
		}
		story, err := h.J.History(ctx, p, who)
		h.must(err)
		if n := len(slices.DeleteFunc(story, func(e journal.Entry) bool { return e.Kind != people.KindFormDeclined.Name })); n != 1 {
			h.t.Errorf("%d entries", n)
		}
		if row, _ := h.last("before"); !row.Entry.IsZero() {
			h.t.Error("declining is no answer")
		}
		h.answer("welcome", form.Answers{"country": {"FR"}})
		h.must(h.Decline(ctx, journaltest.Act(home, who), who, people.FormDeclined{Form: "welcome"}))
		h.answer("before", form.Answers{"module": {"looking-for-work"}, "can_work": {"3"}, "can_speak": {"4"}, "know_number": {"112"}})
		if a, err = h.Asking(ctx, p, who); err != nil || a.State("welcome") != "done" || a.State("before") != "done" {
			h.t.Errorf("what is answered stays answered: %+v %v", a, err)
		}
	})
}

func TestForWhom(t *testing.T) {
	eachFormHouse(t, func(h *formHouse) {
		leila := actor(h.enter(home, "Leïla", access.Tutor, group), home, access.Tutor, group)
		_, err := people.QuestionnaireFor(h.p, h.amina, "tutor")
		if !fault.Is(err, fault.NotFound) {
			h.t.Error(err)
		}
		q, err := people.QuestionnaireFor(h.p, leila, "tutor")
		if h.must(err); q.Name("en") != "Online tutor's self-assessment" {
			h.t.Error(q.Name("en"))
		}
	})
}

func TestFormsOfAFolder(t *testing.T) {
	good := "survey\n,type,name,label::fr\n,text,a,A\n"
	p := &programme.Programme{Slug: "x", Files: fstest.MapFS{
		"forms/b.csv": {Data: []byte(good)}, "forms/a.csv": {Data: []byte("settings\n,form_id\n,b\n" + good)},
		"forms/bad.csv": {Data: []byte("survey\n,type,name,label::fr\n,strange,a,A\n")}, "forms/empty.xlsx": {}, "forms/readme.md": {},
	}}
	for range 2 { // the second time from memory
		all, bad, err := people.Questionnaires(p)
		if err != nil || len(all) != 1 || all[0].ID != "b" || all[0].File != "forms/a.csv" || len(bad) != 2 || len(bad["forms/bad.csv"]) != 2 {
			t.Fatalf("%+v %+v %v", all, bad, err)
		}
	}
	if all, bad, err := people.Questionnaires(&programme.Programme{Files: fstest.MapFS{}}); len(all)+len(bad) > 0 || err != nil {
		t.Fatal(all, bad, err)
	}
}
