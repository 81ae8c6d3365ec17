package web_test

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/form"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/journal/journaltest"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/web"
	"tremplin/internal/core/web/webtest"
	"tremplin/internal/people"
	pages "tremplin/internal/people/web"
)

// site is the slice's pages in a programme; who reads is named by the session's cookie.
type site struct {
	*people.Service
	t       *testing.T
	p       *programme.Programme
	handler http.Handler
	who     map[string]access.Actor
	lang    string
	clock   *journaltest.Clock
}

func each(t *testing.T, f func(s *site)) {
	p, err := programme.Read(os.DirFS("../../../programmes/migrantech"))
	if err != nil {
		t.Fatal(err)
	}
	journaltest.Each(t, []*journal.View{people.View}, []id.ID{p.ID()}, func(t *testing.T, j *journal.Journal, c *journaltest.Clock) {
		f(open(t, p, j, c))
	})
}

func open(t *testing.T, p *programme.Programme, j *journal.Journal, c *journaltest.Clock) *site {
	t.Helper()
	s := &site{Service: &people.Service{J: j}, t: t, p: p, who: map[string]access.Actor{}, lang: "en"}
	s.enter("amina", access.Learner)
	s.enter("leila", access.Tutor)
	s.enter("nadia", access.Coordinator)
	s.clock = c
	s.handler = s.pages()
	return s
}

// pages is the slice's site, as a process opens it.
func (s *site) pages() http.Handler {
	ps := &pages.Pages{People: s.Service, Forget: func() {}}
	card := web.Route{Pattern: "GET /card", Do: func(c *web.Ctx) error {
		slot := ps.FormCard
		if c.Query("of") == "path" {
			slot = ps.PathCard
		}
		card, err := slot(c, c.Actor.Person)
		if err != nil {
			return err
		}
		if card == nil {
			card = templ.NopComponent
		}
		return c.Part(card)
	}}
	return webtest.Site(s.t, web.Site{
		Programmes: webtest.Running(s.p), Routes: append(ps.Routes(), card, trialCard(ps)), Now: s.J.Now, First: ps.First,
	}, s.who, pages.Locale)
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// enter lets somebody in; who learns is told what is kept of them.
func (s *site) enter(name string, role access.Role) {
	s.bring(name, role)
	if role != access.Learner {
		return
	}
	who := s.who[name].Person
	var shown []people.Shown
	for _, q := range s.p.Told() {
		shown = append(shown, people.Shown{Purpose: q.ID, Version: q.Version, Language: "fr"})
	}
	s.must(s.Tell(s.t.Context(), journaltest.Act(s.p.ID(), who), who, shown, nil))
}

// bring lets somebody in as an import does.
func (s *site) bring(name string, role access.Role) {
	who := id.Named("person", name)
	s.must(s.Enter(s.t.Context(), journaltest.Act(s.p.ID(), who), people.Newcomer{ID: who, Role: role, Said: people.Described{First: name, Language: "fr"}}))
	s.who[name] = access.Actor{Programme: s.p.ID(), Person: who, Name: name, Grants: []access.Grant{{Role: role, Of: s.p.ID()}}}
}

func (s *site) send(who, method, path, kind, body string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), method, "http://tremplin.test"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	for _, h := range headers {
		r.Header.Set(h, "1")
	}
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	r.AddCookie(&http.Cookie{Name: web.LangCookie, Value: s.lang})
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// get asks for a page and holds what it says.
func (s *site) get(who, path string, status int, says ...string) string {
	s.t.Helper()
	return s.says(s.send(who, "GET", path, "", ""), path, status, says...)
}

// post sends a form, given as "name=value" pairs.
func (s *site) post(who, path string, status int, pairs []string, says ...string) string {
	s.t.Helper()
	return s.says(s.send(who, "POST", path, "application/x-www-form-urlencoded", values(pairs).Encode()), path, status, says...)
}

func values(pairs []string) url.Values {
	v := url.Values{}
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		v.Add(name, value)
	}
	return v
}

func (s *site) says(w *httptest.ResponseRecorder, path string, status int, says ...string) string {
	s.t.Helper()
	body := w.Body.String() + w.Header().Get("Location")
	if w.Code != status {
		s.t.Fatalf("%s: %d, want %d\n%s", path, w.Code, status, body)
	}
	for _, v := range says {
		if not, ok := strings.CutPrefix(v, "!"); ok == strings.Contains(body, not) {
			s.t.Errorf("%s: says %q or does not\n%s", path, v, body)
		}
	}
	if m := regexp.MustCompile(`\b(people\.)?form\.[a-z]+[a-z.-]*\b`).FindString(regexp.MustCompile(`id="[^"]*"`).ReplaceAllString(body, "")); m != "" {
		s.t.Errorf("%s: %q has no words", path, m)
	}
	return body
}

func (s *site) answers(who, form string) people.FormAnswered {
	s.t.Helper()
	_, said, err := s.LastAnswers(s.t.Context(), s.p.ID(), s.who[who].Person, form)
	s.must(err)
	return said
}

func TestOneQuestionAPage(t *testing.T) {
	each(t, func(s *site) {
		s.get("amina", "/forms", 200, "About you", "2 minutes", "/forms/welcome", "!self-assessment")
		s.get("amina", "/forms/welcome", 200, "Welcome. A few short questions", "Screen 1 of 10", `value="back"`, "Continue later")
		s.post("amina", "/forms/welcome", 303, []string{"at=hello", "do=next"}, "/forms/welcome?at=needs")
		s.post("amina", "/forms/welcome", 303, []string{"at=needs", "a-needs=work", "a-needs=speak", "do=next"}, "?at=country")
		s.get("amina", "/forms/welcome", 200, "Where do you live?", `<option value="FR"`) // where she stopped
		s.get("amina", "/forms/welcome?at=needs", 200, `value="work" checked`, `value="speak" checked`)
		s.post("amina", "/forms/welcome", 303, []string{"at=country", "a-country=FR", "do=back"}, "?at=needs")
		s.get("amina", "/forms/welcome?at=country", 200, `value="FR" selected`) // back loses nothing
		s.post("amina", "/forms/welcome", 303, []string{"at=country", "a-country=FR", "do=skip"}, "?at=since")
		s.get("amina", "/forms/welcome?at=country", 200, "!selected")
		s.post("amina", "/forms/welcome", 303, []string{"at=since", "do=leave", "a-since=always"}, "/forms")
		s.get("amina", "/forms", 200, "Begun")
		s.post("amina", "/forms/welcome", 303, []string{"at=devices", "a-devices=nothing"}, "?at=paper") // what is relevant now
		s.post("amina", "/forms/welcome", 303, []string{"at=paper"}, "?at=gender")
		s.get("amina", "/forms/welcome?at=more", 200, "Send my answers", "Is somebody helping you?")
		s.post("amina", "/forms/welcome", 303, []string{"at=more", "a-more= Merci \u202e123 مرحبا", "held=relative"}, "/forms/welcome/done")
		s.get("amina", "/forms/welcome/done", 200, "Your answers are saved.", "You can change these answers at any time.")
		said := s.answers("amina", "welcome")
		if said.Held != "relative" || said.Language != "en" || said.Answered != 4 || said.Answers["more"][0] != "Merci \u202e123 مرحبا" || said.Answers["since"][0] != "always" {
			s.t.Errorf("%+v", said)
		}
		s.get("amina", "/forms", 200, "Sent on 23 November 2026", "!Begun")
		s.get("amina", "/forms/welcome?at=since", 200, `value="always" checked`)
	})
}

func TestWhatIsWrongIsSaidAndNothingTypedIsLost(t *testing.T) {
	each(t, func(s *site) {
		s.post("amina", "/forms/welcome", 422, []string{"at=birth_year", "a-birth_year=nineteen", "do=next"}, "Write a whole number", `value="nineteen"`, `aria-invalid="true"`, `href="#a-birth_year"`)
		s.get("amina", "/forms/welcome", 200, `value="nineteen"`)
		s.post("amina", "/forms/welcome", 422, []string{"at=needs", "a-needs=work", "a-needs=care", "a-needs=speak", "a-needs=computer"}, "Three answers at most", `value="care" checked`)
		s.post("amina", "/forms/welcome", 422, []string{"at=country", "a-country=XX"}, "Choose one of these answers.")
		s.post("amina", "/forms/welcome", 303, []string{"at=country", "a-country=FR"})
		long := strings.Repeat("ع", form.MaxText+1)
		s.post("amina", "/forms/welcome", 422, []string{"at=more", "a-more=" + long}, "at most 10,000 characters", long)
		s.get("amina", "/forms/welcome", 200, long)
		s.post("amina", "/forms/welcome", 422, []string{"at=more", "a-more=" + strings.Repeat("x", 10_000)}, "500 characters at most.")
		s.post("amina", "/forms/welcome", 422, []string{"at=more", "a-more=ok"}, "Three answers at most") // an earlier question stops the end
		s.get("amina", "/forms/welcome?at=more", 200, ">ok</textarea>")
		s.post("amina", "/forms/welcome", 413, []string{"at=more", "a-more=" + strings.Repeat("x", 600<<10)})
		if said := s.answers("amina", "welcome"); said.Form != "" {
			s.t.Errorf("%+v", said)
		}
		s.post("amina", "/forms/before", 422, []string{"at=module", "do=skip"}, "Please answer this question.")
	})
}

func TestHostileAddressesAndFields(t *testing.T) {
	each(t, func(s *site) {
		s.get("amina", "/forms/nothing", 404)
		s.get("amina", "/forms/tutor", 404)
		s.post("amina", "/forms/tutor", 404, nil)
		s.get("amina", "/forms/%00%27", 404)
		s.get("amina", "/forms/welcome/done", 303, "/forms/welcome")
		s.get("", "/forms/welcome", 303, "/sign-in")
		s.get("amina", "/forms-check", 403)
		s.get("amina", "/forms/welcome?at=%ff%27", 200, "Screen 1 of")
		s.post("amina", "/forms/welcome", 303, []string{"at=nobody", "a-nobody=x"}, "/forms/welcome")
		s.post("amina", "/forms/welcome", 303, nil, "/forms/welcome")
		s.post("amina", "/forms/welcome", 303, []string{"at=registered", "a-registered=nowhere"}, "/forms/welcome") // hidden
		s.post("amina", "/forms/before", 303, []string{"at=module", "a-module=looking-for-work", "a-knowledge=99", "held=child"}, "?at=can_society")
		s.post("leila", "/forms/tutor", 200, []string{"shown=score", "shown=hello", "shown=nobody", "a-score=99"}, "more questions")
	})
}

func TestEverythingOnOnePage(t *testing.T) {
	each(t, func(s *site) {
		s.get("leila", "/forms", 200, "Online tutor&#39;s self-assessment", "!About you")
		body := s.get("leila", "/forms/tutor", 200, `name="shown" value="moment"`, "Today, I can…", "(optional)", "!Which other language?", "!With which organisation?")
		shown := []string{"a-moment=before", "a-country=FR", "a-languages=fr", "a-languages=other", "a-years=3"}
		for _, m := range regexp.MustCompile(`name="shown" value="([^"]+)"`).FindAllStringSubmatch(body, -1) {
			shown = append(shown, "shown="+m[1])
		}
		for _, skill := range []string{"welcome", "who_sees", "plain", "beside", "silence", "culture", "limits", "session"} {
			shown = append(shown, "a-"+skill+"=4")
		}
		s.post("leila", "/forms/tutor", 200, append(shown, "do=send"), "Your answers open 2 more questions", "Which other language?", `value="other" checked`, `value="3"`)
		s.get("leila", "/forms/tutor", 200, "Which other language?", `value="3"`) // kept, for when she comes back
		shown = append(shown, "shown=language_other", "shown=organisation")
		s.post("leila", "/forms/tutor", 422, append(shown, "do=send", "a-years=3"), "Please answer this question.", `href="#a-language_other"`, `id="a-language_other-fault"`)
		s.post("leila", "/forms/tutor", 303, append(shown, "a-language_other=العربية", "do=send"), "/forms/tutor/done")
		said := s.answers("leila", "tutor")
		if said.Numbers["score"] != 32 || said.Answers["language_other"][0] != "العربية" || said.Held != "self" {
			s.t.Errorf("%+v", said)
		}
	})
}

func TestAutosave(t *testing.T) {
	each(t, func(s *site) {
		auto := func(base string) *httptest.ResponseRecorder {
			body := values([]string{"at=more", "a-more=half", "base=" + base}).Encode()
			return s.send("amina", "POST", "/forms/welcome", "application/x-www-form-urlencoded", body, "X-Autosave")
		}
		if w := auto(id.ID{}.String()); w.Code != 204 {
			s.t.Fatal(w.Code)
		}
		s.get("amina", "/forms/welcome", 200, ">half</textarea>")
		s.post("amina", "/forms/welcome", 303, []string{"at=more", "a-more=whole"}, "/done")
		if w := auto(id.ID{}.String()); w.Code != 204 { // comes after the form was sent
			s.t.Fatal(w.Code)
		}
		s.get("amina", "/forms", 200, "!Begun")
	})
}

func TestSentTwiceIsSentOnce(t *testing.T) {
	each(t, func(s *site) {
		for range 2 {
			s.post("amina", "/forms/welcome", 303, []string{"at=more", "a-more=x", "cid=" + id.Named("cid").String()}, "/done")
		}
		story, err := s.J.History(s.t.Context(), s.p.ID(), s.who["amina"].Person)
		s.must(err)
		if n := len(slices.DeleteFunc(story, func(e journal.Entry) bool { return e.Kind != people.KindFormAnswered.Name })); n != 1 {
			s.t.Errorf("%d entries", n)
		}
	})
}

func TestTheCardDoesNotNag(t *testing.T) {
	each(t, func(s *site) {
		s.get("amina", "/card", 200, "About you", "2 minutes", "Later", "/forms/welcome")
		s.post("amina", "/forms/welcome", 303, []string{"at=hello"})
		s.get("amina", "/card", 200, "Go on")
		s.post("amina", "/forms/welcome/later", 303, nil, "/me")
		s.get("amina", "/card", 200, "!About you")
		s.get("amina", "/forms", 200, "About you")
		s.get("leila", "/card", 200, "!About you")
		s.enter("fatou", access.Learner)
		s.post("fatou", "/forms/welcome", 303, []string{"at=more"}, "/done")
		s.get("fatou", "/card", 200, "!About you")
	})
}

func TestDeclinedForGood(t *testing.T) {
	each(t, func(s *site) {
		s.get("amina", "/card", 200, "Do not ask me again", `name="to" value="/card"`)
		s.get("amina", "/forms", 200, "Do not ask me again")
		s.post("amina", "/forms/welcome/later", 303, []string{"again=never", "to=/forms"}, "/forms")
		s.get("amina", "/card", 200, "!About you")
		s.get("amina", "/forms", 200, "You said: do not ask again", "Answer after all")
		s.post("amina", "/forms/tutor/later", 404, []string{"again=never"})
		s.post("leila", "/forms/tutor/later", 303, []string{"to=//elsewhere.example"}, "/")
	})
}

// The page of the tutors' path offers their questionnaire, and learners see none there.
func TestTheCardOfAPath(t *testing.T) {
	each(t, func(s *site) {
		s.get("leila", "/card?of=path", 200, "self-assessment", "/forms/tutor")
		s.get("amina", "/card?of=path", 200, "!/forms/")
		s.post("leila", "/forms/tutor/later", 303, []string{"to=/training"}, "/training")
		s.get("leila", "/card?of=path", 200, "!self-assessment")
	})
}

func TestEveryLanguage(t *testing.T) {
	each(t, func(s *site) {
		for _, l := range i18n.Languages {
			s.lang = l.Code
			s.get("amina", "/forms/welcome?at=needs", 200, `lang="`+l.Code+`" dir="`+l.Dir+`"`)
			s.get("leila", "/forms/tutor", 200)
			s.get("nadia", "/forms-check", 200)
		}
	})
}

func (s *site) upload(name, text string, status int, says ...string) string {
	s.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if name != "" {
		w, err := m.CreateFormFile("file", name)
		s.must(err)
		_, err = w.Write([]byte(text))
		s.must(err)
	}
	s.must(m.Close())
	return s.says(s.send("nadia", "POST", "/forms-check", m.FormDataContentType(), b.String()), "/forms-check", status, says...)
}

const small = "survey\n,type,name,label::fr,relevant,calculation\n,start,s,,,\n,integer,a,Combien ?,,\n,text,b,Pourquoi ?,${a} > 3,\n,calculate,c,,,${a} * 2\n,note,n,Fini ${a},,\n"

func TestCheckingAForm(t *testing.T) {
	each(t, func(s *site) {
		s.get("nadia", "/forms-check", 200, "forms/tutor.csv", "Online tutor", "Українська")
		s.get("nadia", "/forms-check/try", 404, "no longer here")
		s.upload("", "", 422, "Choose a file")
		s.upload("bad.csv", "survey\n,type,name,label::fr\n,strange,a,A\n,text,b c,B\n,text,d,${zz}\n", 200, "3 things to correct", "The type “strange” is not known", "This name cannot be used", "No question is called “zz”", "!Try again")
		s.upload("photo.png", "\x89PNG\x00\x01", 200, "photo.png", "1 thing to correct", "!This questionnaire can be used")
		s.upload("x.xlsx", "PK\x03\x04broken", 200, "Save it as CSV or XLSX")
		s.upload("small.csv", small, 200, "This questionnaire can be used", "2 questions", "For information", "as=one")
		if said := s.answers("nadia", "small"); said.Form != "" {
			s.t.Error("stored")
		}
	})
}

func TestTryingAForm(t *testing.T) {
	each(t, func(s *site) {
		s.upload("small.csv", small, 200)
		try := "/forms-check/try?as=one&form="
		s.get("nadia", try, 200, "Nothing is stored", "Combien ?", "These questions are not in your language yet", "!data-autosave")
		s.post("nadia", try, 422, []string{"at=a", "a-a=x"}, "Write a whole number", `value="x"`)
		s.post("nadia", try, 200, []string{"at=a", "a-a=5"}, "Pourquoi ?", `type="hidden" name="a-a" value="5"`)
		s.post("nadia", try, 200, []string{"at=b", "a-a=5", "a-b=x", "do=back"}, "Combien ?", `value="5"`, `type="hidden" name="a-b" value="x"`)
		s.post("nadia", try, 200, []string{"at=b", "a-a=5", "a-b=parce que", "a-c=99"}, "Nothing was stored", "parce que", "<bdi>10</bdi>", "Fini 5")
		s.post("nadia", try, 303, []string{"at=a", "do=back"}, "/forms-check")
		s.post("nadia", try, 200, []string{"at=nobody"}, "Combien ?")
		all := "/forms-check/try?as=all&form="
		s.post("nadia", all, 200, []string{"shown=a", "a-a=5"}, "one more question", "Pourquoi ?")
		s.post("nadia", all, 200, []string{"shown=a", "shown=b", "a-a=5"}, "Nothing was stored")
		s.get("nadia", try+"welcome", 200, "About you")
		s.get("nadia", try+"nothing", 404)
		if begun, err := s.Begun(s.t.Context(), s.p.ID(), s.who["nadia"].Person); err != nil || len(begun) > 0 {
			s.t.Error(begun, err)
		}
	})
}

// Every problem that a form or an answer can have is said in words, in every language.
func TestEveryCodeHasASentence(t *testing.T) {
	words, err := i18n.Load(pages.Locale)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	for _, file := range []string{"form/problem.go", "sheet/problem.go"} {
		src, err := os.ReadFile("../../core/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^\t\w+\s+= "([a-z.-]+)"`).FindAllStringSubmatch(string(src), -1) {
			codes[m[1]] = strings.TrimSuffix(file, "/problem.go") + "." + m[1]
		}
	}
	if len(codes) < 45 || codes[form.ExprSelf] == "" || codes[sheet.ZipBomb] == "" {
		t.Fatalf("only %d codes found: %v", len(codes), slices.Sorted(maps.Keys(codes)))
	}
	for _, key := range codes {
		for _, l := range i18n.Languages {
			if said := words.In(l.Code).T(key); said == key || said == "" {
				t.Errorf("%s: %s has no sentence", l.Code, key)
			}
		}
	}
}

// A page asks the database at most eight times.
func TestFormQueries(t *testing.T) {
	each(t, func(s *site) {
		s.post("amina", "/forms/welcome", 303, []string{"at=more", "a-more=x"}, "/done")
		s.post("amina", "/forms/welcome", 303, []string{"at=hello"})
		for path, who := range map[string]string{
			"/forms": "amina", "/forms/welcome": "amina", "/forms/welcome/done": "amina", "/card": "amina", "/forms/tutor": "leila", "/forms-check": "nadia",
		} {
			n := 0
			r := httptest.NewRequestWithContext(db.Counted(t.Context(), &n), http.MethodGet, "http://tremplin.test"+path, nil)
			r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
			w := httptest.NewRecorder()
			s.handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK || n > 8 {
				t.Errorf("%s: %d, %d queries", path, w.Code, n)
			}
		}
	})
}
