package page_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"tremplin/internal/core/form"
	"tremplin/internal/core/form/page"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/ui"
)

var today = sheet.Civil{Year: 2026, Month: 11, Day: 23}

const sample = `settings
,form_id,default_language
,sample,French (fr)

survey
,type,name,label::fr,label::ar,hint::fr,hint::ar,required,relevant,constraint,constraint_message::fr,constraint_message::ar,calculation,appearance
,note,hello,Bonjour <b>,مرحبا,,,,,,,,,
,text,who,Votre nom ?,اسمك؟,Comme sur la carte,كما على البطاقة,yes,,,,,,
,text,story,Racontez,احكِ,,,,,,,,,multiline
,integer,years,Combien ?,كم؟,,,,,. < 10,Moins de dix.,أقل من عشرة.,,
,decimal,hours,Heures ?,ساعات؟,,,,,,,,,
,date,born,Quand ?,متى؟,,,,,,,,,
,begin_group,g,Chez vous,عندك,,,,,,,,,
,select_one place,town,"Ville, ${who} ?",المدينة؟,,,,,,,,,minimal
,begin_group,inner,Dedans,داخل,,,,,,,,,
,select_one yes,sure,Sûr ?,متأكد؟,,,yes,,,,,,likert
,end_group,,,,,,,,,,,,
,end_group,,,,,,,,,,,,
,select_multiple yes,many,Lesquels ?,أيها؟,,,,,,,,,
,text,why,Pourquoi ?,لماذا؟,,,,${sure} = 'no',,,,,
,calculate,score,,,,,,,,,,${years} + 1,
,note,bye,Merci ${who},شكرًا,,,,,,,,,

choices
,list_name,name,label::fr,label::ar
,place,a,Anvers,أنتويرب
,place,b,Bruges,بروج
,yes,yes,Oui,نعم
,yes,no,Non,لا
,yes,not-said,Je préfère ne pas répondre,أفضّل عدم الإجابة
`

func parse(t *testing.T) *form.Form {
	t.Helper()
	f, err := form.Parse("sample.csv", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func draw(t *testing.T, lang string, c templ.Component) string {
	t.Helper()
	words, err := i18n.Load(ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := c.Render(i18n.With(t.Context(), words.In(lang)), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func step(t *testing.T, s page.Sheet, name string) string {
	t.Helper()
	i := s.At(name)
	if i < 0 {
		t.Fatalf("%s is not shown", name)
	}
	return draw(t, s.Reader, page.Step(s, s.Steps[i]))
}

func has(t *testing.T, where, html string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(html, w) {
			t.Errorf("%s: no %q in\n%s", where, w, html)
		}
	}
}

func TestEveryTypeKeepsWhatWasTyped(t *testing.T) {
	s := page.New(parse(t), form.Answers{
		"who": {`"Zoé" <b>`}, "story": {"a\nب"}, "years": {"x"}, "hours": {"1,5"}, "born": {"2000-02-03"}, "town": {"b"}, "sure": {"no"}, "many": {"yes no"},
	}, today, "fr")
	for name, want := range map[string][]string{
		"hello": {"Bonjour &lt;b&gt;"},
		"who":   {`<h1><label for="a-who">Votre nom ?</label></h1>`, `value="&#34;Zoé&#34; &lt;b&gt;"`, `id="a-who-hint">Comme sur la carte`, `aria-describedby="a-who-hint"`, `aria-required="true"`, `dir="auto"`},
		"story": {"<textarea", "a\nب</textarea>"},
		"years": {`value="x"`, `inputmode="numeric"`},
		"hours": {`value="1,5"`, `inputmode="decimal"`},
		"born":  {`type="date"`, `value="2000-02-03"`},
		"town":  {`<p class="quiet">Chez vous</p>`, `Ville, &#34;Zoé&#34; &lt;b&gt; ?`, `<option value="b" selected>Bruges`, `<option value="">form.choose`},
		"sure":  {"Chez vous", "Dedans", `<legend><h1>Sûr ?</h1>`, `value="no" checked`, "form.or"},
		"many":  {`type="checkbox" name="a-many" value="yes" checked`, `value="no" checked`, "form.several"},
		"why":   {"Pourquoi ?"},
	} {
		has(t, name, step(t, s, name), want...)
	}
	if html := step(t, page.New(parse(t), form.Answers{"born": {"31/12/90"}}, today, "fr"), "born"); !strings.Contains(html, `type="text" value="31/12/90"`) {
		t.Errorf("a calendar would lose the date: %s", html)
	}
}

func TestStepsEndAtTheLastQuestion(t *testing.T) {
	s := page.New(parse(t), form.Answers{"who": {"Zoé"}}, today, "fr")
	if n := len(s.Steps); s.Steps[n-1].Name != "many" || len(s.Closing) != 1 || s.At("why") >= 0 || s.At("score") >= 0 {
		t.Errorf("%d steps, %d notes to close", n, len(s.Closing))
	}
	has(t, "notes", draw(t, "fr", page.Notes(s)), "Merci Zoé")
	if asked, answered := s.Asked(); asked != 8 || answered != 1 {
		t.Errorf("%d asked, %d answered", asked, answered)
	}
	only, err := form.Parse("n.csv", []byte("survey\n,type,name,label::fr\n,note,a,A\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s := page.New(only, nil, today, "fr"); len(s.Steps) != 1 || len(s.Closing) != 0 {
		t.Error("a form of notes is read page by page")
	}
}

func TestWhatIsWrongIsSaidAtTheFieldAndInTheSum(t *testing.T) {
	s := page.New(parse(t), form.Answers{"years": {"99"}, "sure": {"perhaps"}}, today, "ar")
	s = s.Telling(s.Problems...)
	var got []string
	for _, f := range s.Faults() {
		got = append(got, f.Name+" "+f.Key)
	}
	if diff := cmp.Diff([]string{"a-who form.answer.required", "a-years form.said", "a-sure form.answer.choice"}, got); diff != "" {
		t.Error(diff)
	}
	if said := s.Faults()[1].Args[1]; said != "أقل من عشرة." {
		t.Error(said)
	}
	has(t, "years", step(t, s, "years"), `class="field wrong"`, `id="a-years-fault"`, `aria-invalid="true"`, `aria-describedby="a-years-fault"`, `value="99"`)
	has(t, "sure", step(t, s, "sure"), `id="a-sure-fault"`, `aria-describedby="a-sure-fault"`)
	has(t, "whole", draw(t, "ar", page.All(s)), `id="a-years-fault"`, `name="shown" value="who"`, "<h2>عندك · داخل</h2>", `class="pick across"`, "form.optional")
}

func TestALanguageThatTheFormDoesNotSpeak(t *testing.T) {
	f := parse(t)
	for reader, want := range map[string]string{"fr": "fr", "ar": "ar", "ar-MA": "ar", "uk": "fr", "": "fr"} {
		if got := page.Language(f, reader); got != want {
			t.Errorf("%q: %q", reader, got)
		}
	}
	s := page.New(f, nil, today, "uk")
	has(t, "step", step(t, s, "who"), `lang="fr" dir="ltr"`, "Votre nom ?")
	has(t, "notice", draw(t, "uk", page.InOther(s)), "form.in-other")
	if html := draw(t, "ar", page.InOther(page.New(f, nil, today, "ar"))); html != "" {
		t.Error(html)
	}
	has(t, "arabic", step(t, page.New(f, nil, today, "ar"), "who"), `lang="ar" dir="rtl"`, "اسمك؟")
}

func TestReadTakesOnlyAnswers(t *testing.T) {
	long := strings.Repeat("ع", 30_000)
	got := page.Read(parse(t), url.Values{
		"a-who": {" \x00Zo\x07é\u202e\xff\r\nb "}, "a-many": {"yes", "", "no"}, "a-score": {"99"}, "a-hello": {"x"}, "a-town": {"  "}, "who": {"x"}, "a-story": {long}, "a-nobody": {"x"},
	})
	if diff := cmp.Diff(form.Answers{"who": {"Zoé\u202e\nb"}, "many": {"yes", "no"}, "story": {long}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCarriedKeepsTheRest(t *testing.T) {
	s := page.New(parse(t), form.Answers{"who": {`"x"`}, "many": {"yes", "no"}, "years": {"3"}}, today, "fr")
	html := draw(t, "fr", page.Carried(s, "years"))
	has(t, "carried", html, `name="a-who" value="&#34;x&#34;"`, `name="a-many" value="yes"`, `name="a-many" value="no"`)
	if strings.Contains(html, "a-years") {
		t.Error("what is on the page comes twice")
	}
}

func TestProgressOfALongForm(t *testing.T) {
	has(t, "dots", draw(t, "en", page.Progress(2, 30)), `class="dots"`, "Screen 3 of 30")
	has(t, "bar", draw(t, "en", page.Progress(2, 400)), `<progress`, `max="400"`, `value="2"`)
}
