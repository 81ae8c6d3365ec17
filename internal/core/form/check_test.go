package form_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tremplin/internal/core/form"
	"tremplin/internal/core/sheet"
)

var today = sheet.Civil{Year: 2026, Month: 8, Day: 1}

// answers from "name=value" pairs; a name may come twice.
func answers(pairs ...string) form.Answers {
	a := form.Answers{}
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		a[name] = append(a[name], value)
	}
	return a
}

// taken and refused render the result of a check.
func taken(v form.Values) (all []string) {
	for name, value := range v {
		all = append(all, name+"="+value.Text)
	}
	slices.Sort(all)
	return all
}

func refused(problems []form.AnswerProblem) (all []string) {
	for _, p := range problems {
		all = append(all, p.Name+" "+p.Code)
	}
	return all
}

func names(questions []*form.Question) string {
	var all []string
	for _, q := range questions {
		all = append(all, q.Name)
	}
	return strings.Join(all, " ")
}

func TestFirstMeeting(t *testing.T) {
	f := golden(t)
	start := f.Start(today)
	if diff := cmp.Diff(answers("met=2026-08-01", "country=be"), start); diff != "" {
		t.Error(diff)
	}
	if got := names(f.Visible(start, today)); got != "welcome met first_name born country town worked hours barriers phone" {
		t.Errorf("at the start: %s", got)
	}
	sent := answers("met=01/08/2026", "first_name= Zoé ", "born=31/01/2010", "country=be", "town=mons", "worked=yes",
		"years=١", "hours=19,5", "barriers=other", "barriers=housing", "phone=+32 470 12 34", "score=99", "csrf=x")
	values, problems := f.Check(sent, today)
	want := []string{
		"age=16", "barriers=housing other", "born=2010-01-31", "country=be", "first_name=Zoé", "hours=19.5", "met=2026-08-01",
		"phone=+32 470 12 34", "score=2", "summary=Zoé (16)", "town=mons", "worked=yes", "years=1",
	}
	if diff := cmp.Diff(want, taken(values)); diff != "" {
		t.Error(diff)
	}
	if got := refused(problems); !slices.Equal(got, []string{"guardian answer.required", "barrier_other answer.required"}) {
		t.Error(got)
	}
	if got := values.Fill(f.Question("worked").Label.In("en")); got != "Have you worked before, Zoé?" {
		t.Error(got)
	}
	if v := values["born"]; v.Date != (sheet.Civil{Year: 2010, Month: 1, Day: 31}) || values["years"].Number != 1 || !slices.Equal(values["barriers"].Choices, []string{"housing", "other"}) {
		t.Errorf("%+v", values)
	}
}

func TestFirstMeetingRefusals(t *testing.T) {
	f := golden(t)
	_, problems := f.Check(answers("met=02/08/2026", "first_name="+strings.Repeat("x", 41), "born=31/02/2000", "country=be", "town=lille",
		"worked=yes", "years=2000", "hours=0", "barriers=none", "barriers=housing", "phone=abc"), today)
	want := []string{
		"met answer.constraint", "first_name answer.constraint", "born answer.date", "town answer.choice", "years answer.constraint",
		"hours answer.constraint", "barriers answer.constraint", "phone answer.constraint",
	}
	if diff := cmp.Diff(want, refused(problems)); diff != "" {
		t.Error(diff)
	}
	if got := problems[0].Message.In("en"); got != "The date is in the future." || problems[0].Value != "02/08/2026" {
		t.Errorf("%+v", problems[0])
	}
}

func TestTypes(t *testing.T) {
	f := parse(t, survey("text|t|T", "integer|i|I", "decimal|d|D", "date|day|D", "select_one yn|one|O", "select_multiple yn|some|S", "note|n|N")+choices("yn|y|Y", "yn|n|N"))
	for _, c := range []struct{ given, want, code string }{
		{"t=  a\r\nb ", "t=a\nb", ""},
		{"t=\xff", "t=\ufffd", ""},
		{"t=" + strings.Repeat("é", form.MaxText+1), "", "t answer.too-long"},
		{"i=007", "i=7", ""},
		{"i=-0", "i=0", ""},
		{"i=+12", "i=12", ""},
		{"i=1 200", "i=1200", ""},
		{"i=١٢", "i=12", ""},
		{"i=12.5", "", "i answer.integer"},
		{"i=1e3", "", "i answer.integer"},
		{"i=1234567890123456", "", "i answer.integer"},
		{"d=12,50", "d=12.5", ""},
		{"d=٣٫٥", "d=3.5", ""},
		{"d=.5", "d=0.5", ""},
		{"d=1.", "d=1", ""},
		{"d=1,2,3", "", "d answer.decimal"},
		{"d=NaN", "", "d answer.decimal"},
		{"d=999999999999999.9999", "", "d answer.decimal"},
		{"day=31.12.99", "day=1999-12-31", ""},
		{"day=tomorrow", "", "day answer.date"},
		{"one=y", "one=y", ""},
		{"one=z", "", "one answer.choice"},
		{"one=y n", "", "one answer.choice"},
		{"some=n y n", "some=y n", ""},
		{"some=n z", "", "some answer.choice"},
		{"n=x", "", ""},
		{"x=1", "", ""},
		{"t= \n", "", ""},
		{"i=", "", ""},
		{"one=", "", ""},
	} {
		values, problems := f.Check(answers(c.given), today)
		if got := strings.Join(taken(values), " "); got != c.want || strings.Join(refused(problems), " ") != c.code {
			t.Errorf("%.20q: %.40q %v, want %q %q", c.given, got, refused(problems), c.want, c.code)
		}
	}
}

func TestRules(t *testing.T) {
	yn := choices("yn|y|Y|north", "yn|n|N|south", "yn|m|M|")
	for name, c := range map[string]struct {
		form, given, visible, taken, refused string
	}{
		"relevant, and its opposite":         {survey("text|a|A", "text|b|B|${a} = 'x'", "text|c|C|${a} != 'x'"), "a=x b=1 c=2", "a b", "a=x b=1", ""},
		"hidden in a chain":                  {survey("text|a|A", "text|b|B|${a} = 'x'", "text|c|C|${b} = '1'"), "a=y b=1 c=2", "a", "a=y", ""},
		"relevance from later":               {survey("text|a|A|${b} = '1'", "text|b|B"), "a=x b=1", "a b", "a=x b=1", ""},
		"group":                              {survey("text|a|A", "begin_group|g||${a} = 'x'", "begin_group|h", "text|b|B", "end_group", "end_group", "text|c|C"), "a=y b=1 c=2", "a c", "a=y c=2", ""},
		"required only if visible":           {survey("text|a|A", "text|b|B|${a} = 'x'|yes"), "a=y", "a", "a=y", ""},
		"required":                           {survey("text|a|A||yes", "text|b|B||no", "text|c|C||true()"), "b=", "a b c", "", "a answer.required c answer.required"},
		"required by expression":             {survey("integer|a|A", "text|b|B||${a} > 3"), "a=4", "a b", "a=4", "b answer.required"},
		"constraint not on empty":            {survey("integer|a|A|||. > 3"), "a=", "a", "", ""},
		"constraint":                         {survey("integer|a|A|||. > 3"), "a=3", "a", "a=3", "a answer.constraint"},
		"constraint on another":              {survey("date|from|F", "date|to|T|||. >= ${from}"), "from=02/01/2026 to=01/01/2026", "from to", "from=2026-01-02 to=2026-01-01", "to answer.constraint"},
		"not understood is empty for others": {survey("integer|a|A", "text|b|B|${a} = ''"), "a=x b=1", "a b", "b=1", "a answer.integer"},
		"calculation":                        {survey("integer|a|A", "integer|b|B", "calculate|c|||||${a} + ${b}"), "a=1 b=2 c=9", "a b", "a=1 b=2 c=3", ""},
		"calculation on empty":               {survey("integer|a|A", "integer|b|B", "calculate|c|||||${a} + ${b}"), "a=1 c=9", "a b", "a=1", ""},
		"calculation of another":             {survey("calculate|c|||||${d} * 2", "calculate|d|||||${a} + 1", "integer|a|A"), "a=1", "a", "a=1 c=4 d=2", ""},
		"hidden calculation":                 {survey("integer|a|A", "calculate|c||${a} > 5||| ${a}"), "a=1", "a", "a=1", ""},
		"calculated truth":                   {survey("integer|a|A", "calculate|c|||||${a} > 5", "text|b|B|${c} = 'true'"), "a=9", "a b", "a=9 c=true", ""},
		"once":                               {survey("calculate|c|||||once(today())", "text|a|A"), "c=2020-01-01", "a", "c=2020-01-01", ""},
		"once at first":                      {survey("calculate|c|||||once(today())", "text|a|A"), "", "a", "c=2026-08-01", ""},
		"filter":                             {survey("text|r|R", "select_one yn|a|A|||||region = ${r} or region = ''") + yn, "r=north a=m", "r a", "a=m r=north", ""},
		"filter refuses":                     {survey("text|r|R", "select_one yn|a|A|||||region = ${r}") + yn, "r=north a=n", "r a", "r=north", "a answer.choice"},
		"filter by name":                     {survey("select_one yn|a|A|||||name != 'y'") + yn, "a=y", "a", "", "a answer.choice"},
		"selected, hidden by none":           {survey("select_multiple yn|a|A", "text|b|B|selected(${a}, 'y') and count-selected(${a}) = 2") + yn, "a=y a=n b=1", "a b", "a=y n b=1", ""},
		"text does not grow":                 {survey("text|a|A", "calculate|b|||||concat(${a}, ${a})", "calculate|c|||||concat(${b}, ${b})"), "a=" + strings.Repeat("x", 4000), "a", "", ""},
	} {
		f := parse(t, c.form)
		given := answers(strings.Fields(c.given)...)
		values, problems := f.Check(given, today)
		if got := names(f.Visible(given, today)); got != c.visible {
			t.Errorf("%s: visible %q, want %q", name, got, c.visible)
		}
		if got := strings.Join(taken(values), " "); got != c.taken && c.taken != "" {
			t.Errorf("%s: taken %q, want %q", name, got, c.taken)
		}
		if got := strings.Join(refused(problems), " "); got != c.refused {
			t.Errorf("%s: refused %q, want %q", name, got, c.refused)
		}
		if _, grown := values["c"]; name == "text does not grow" && grown {
			t.Errorf("%s: it does", name)
		}
	}
}

func TestNext(t *testing.T) {
	f := golden(t)
	given := answers("first_name=Zoé", "born=2000-01-01", "country=be", "worked=no", "barriers=other")
	var seen []string
	for q := f.Next("", given, today); q != nil; q = f.Next(q.Name, given, today) {
		seen = append(seen, q.Name)
	}
	if want := names(f.Visible(given, today)); strings.Join(seen, " ") != want {
		t.Errorf("%v, want %s", seen, want)
	}
	if q := f.Next("years", given, today); q.Name != "hours" {
		t.Errorf("after a hidden question comes %s", q.Name)
	}
}

func TestChoicesRequiredPosted(t *testing.T) {
	f := golden(t)
	var offered []string
	for _, c := range f.Choices(f.Question("town"), answers("country=fr"), today) {
		offered = append(offered, c.Label.In("en"))
	}
	if !slices.Equal(offered, []string{"Lille"}) {
		t.Error(offered)
	}
	if !f.Required(f.Question("met"), nil, today) || f.Required(f.Question("hours"), nil, today) {
		t.Error("required")
	}
	posted := f.Posted(answers("first_name=Zoé", "score=99", "welcome=x", "other=1"), answers("first_name=Old", "score=3"))
	if diff := cmp.Diff(answers("first_name=Zoé", "score=3"), posted); diff != "" {
		t.Error(diff)
	}
}

// stable holds for any form and any answers: what was understood is, checked again, the same.
func stable(t interface{ Fatalf(string, ...any) }, f *form.Form, given form.Answers) {
	values, problems := f.Check(given, today)
	again, still := f.Check(values.Answers(), today)
	if diff := cmp.Diff(values, again); diff != "" {
		t.Fatalf("%v: %s", given, diff)
	}
	if len(problems) == 0 && len(still) > 0 {
		t.Fatalf("%v: taken, then refused: %v", given, refused(still))
	}
	visible := f.Visible(given, today)
	for _, q := range visible {
		if q.Type == form.Calculate {
			t.Fatalf("%s is shown", q.Name)
		}
	}
	for name := range values {
		q := f.Question(name)
		if q == nil || q.Type != form.Calculate && !slices.Contains(visible, q) {
			t.Fatalf("%s is kept but not shown", name)
		}
	}
}

func TestCheckIsStable(t *testing.T) {
	forms := []*form.Form{
		golden(t),
		parse(t, survey("text|a|A||${b} = ''", "integer|b|B|${a} != 'x'|yes|. < 5", "calculate|c|||||once(${b} + 1)", "decimal|d|D|${c} > 2||. > ${b}", "select_multiple l|e|E|||count-selected(.) < 3||region = ${a} or ${b} > 2")+
			choices("l|x|X|x", "l|y|Y|", "l|z|Z|x")),
	}
	value := rapid.OneOf(
		rapid.SampledFrom([]string{"", "x", "y z", "yes", "no", "be", "fr", "mons", "other", "none housing", "3", "-1,5", "17", "2001-02-03", "31/12/2010", "٣"}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(forms).Draw(t, "form")
		given := form.Answers{}
		for _, q := range f.Questions {
			if rapid.Bool().Draw(t, "answered") {
				given[q.Name] = rapid.SliceOfN(value, 0, 3).Draw(t, q.Name)
			}
		}
		stable(t, f, given)
	})
}

func BenchmarkCheck(b *testing.B) {
	f := golden(b)
	given := answers("met=01/08/2026", "first_name=Zoé", "born=31/01/2010", "country=be", "town=mons", "worked=yes", "years=1", "barriers=other")
	for b.Loop() {
		f.Check(given, today)
	}
}
