package form_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tremplin/internal/core/form"
	"tremplin/internal/core/sheet"
)

func golden(t testing.TB) *form.Form {
	t.Helper()
	data, err := os.ReadFile("testdata/first-meeting.csv")
	if err != nil {
		t.Fatal(err)
	}
	f, err := form.Parse("first-meeting.csv", data)
	if err != nil {
		t.Fatal(lines(err))
	}
	return f
}

// lines renders problems so that tests can be read.
func lines(err error) (all []string) {
	var found sheet.Problems
	if errors.As(err, &found) {
		for _, p := range found {
			all = append(all, p.String())
		}
	}
	return all
}

// survey makes a form of rows under the usual header, separated by | so that expressions can have commas.
func survey(rows ...string) string {
	return table("survey", "type|name|label|relevant|required|constraint|calculation|choice_filter|default", rows...)
}

func choices(rows ...string) string { return table("choices", "list_name|name|label|region", rows...) }

func table(name, header string, rows ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s,\n", name)
	for _, row := range append([]string{header}, rows...) {
		for _, cell := range strings.Split(row, "|") {
			fmt.Fprintf(&b, ",%q", strings.ReplaceAll(cell, `"`, `'`))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func parse(t testing.TB, text string) *form.Form {
	t.Helper()
	f, err := form.Parse("f.csv", []byte(text))
	if err != nil {
		t.Fatal(lines(err))
	}
	return f
}

func TestGolden(t *testing.T) {
	f := golden(t)
	if f.ID != "first-meeting" || f.Title != "First meeting" || f.Version != "2026-08" || f.Language != "fr" {
		t.Errorf("settings: %+v", f)
	}
	if !slices.Equal(f.Languages, []string{"en", "fr"}) || len(f.Warnings) != 0 {
		t.Errorf("languages %v, warnings %v", f.Languages, f.Warnings)
	}
	q := f.Question("guardian")
	if q.Group.Name != "minor" || q.Group.Parent.Name != "person" || q.Row != 14 || q.Label.In("en") != "Who represents you?" {
		t.Errorf("guardian: %+v in %+v", q, q.Group)
	}
	if f.Question("country").Appearance != "minimal" || f.Question("born").Hint.In("fr") != "Comme 31/12/1990" || f.Question("none") != nil {
		t.Error("appearance, hint or a question that is not there")
	}
}

// TestWorkbook: the same form as XLSX is the same form, but for the numbers of its rows.
func TestWorkbook(t *testing.T) {
	data, _ := os.ReadFile("testdata/first-meeting.csv")
	grids, err := sheet.Grids("x.csv", data, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]*sheet.Output{}
	var order []*sheet.Output
	var now *sheet.Output
	for _, r := range grids[0].Rows {
		if r.Cells[0] != "" {
			now = &sheet.Output{Name: strings.ToUpper(r.Cells[0])}
			parts[r.Cells[0]], order = now, append(order, now)
			continue
		}
		if now.Header == nil {
			now.Header = r.Cells[1:]
			continue
		}
		row := make([]any, len(r.Cells)-1)
		for i, c := range r.Cells[1:] {
			row[i] = c
		}
		now.Rows = append(now.Rows, row)
	}
	notes := &sheet.Output{Name: "notes", Header: []string{"x", "x"}}
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, *order[0], *order[1], *order[2], *notes); err != nil {
		t.Fatal(err)
	}
	book, err := form.Parse("x.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(lines(err))
	}
	text := golden(t)
	if len(book.Questions) != len(text.Questions) || book.ID != text.ID {
		t.Fatalf("%d questions, want %d", len(book.Questions), len(text.Questions))
	}
	for i, q := range book.Questions {
		other := text.Questions[i]
		if q.Name != other.Name || q.Type != other.Type || !cmp.Equal(q.Label, other.Label) {
			t.Errorf("%s differs from %s", q.Name, other.Name)
		}
	}
}

func TestSpellings(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want form.Text
	}{
		"plain":          {table("survey", "type|name|label", "text|a|x"), form.Text{"": "x"}},
		"name and code":  {table("survey", "type|name|label::French (fr)", "text|a|x"), form.Text{"fr": "x"}},
		"code":           {table("survey", "type|name|label::pt-br", "text|a|x"), form.Text{"pt-BR": "x"}},
		"name":           {table("survey", "type|name|label::Français|label::English", "text|a|x|y"), form.Text{"fr": "x", "en": "y"}},
		"one colon":      {table("survey", "TYPE|Name|Label:English (en)", "text|a|x"), form.Text{"en": "x"}},
		"default":        {table("survey", "type|name|label|label::en", "text|a|x|y") + table("settings", "default_language", "French (fr)"), form.Text{"fr": "x", "en": "y"}},
		"sheet each row": {"survey,type,name,label\nsurvey,text,a,x\n", form.Text{"": "x"}},
		"spaces":         {"survey ,\n , type , name , label\n , string , a , x\n", form.Text{"": "x"}},
	} {
		f, err := form.Parse("f.csv", []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, lines(err))
			continue
		}
		if diff := cmp.Diff(c.want, f.Questions[0].Label); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTypesAndWarnings(t *testing.T) {
	f := parse(t, table("survey", "type|name|label|media::image|bind::x", "start|s", "begin group|g", "select one yn|a|A", "select_multiple yn|b|B", "int|c|C", "end group", "note|d|D")+
		choices("yn|y|Y", "yn|n|N"))
	var got []string
	for _, q := range f.Questions {
		got = append(got, string(q.Type)+" "+q.List)
	}
	if want := []string{"select_one yn", "select_multiple yn", "integer ", "note "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	want := []string{
		"survey|2|media::image|media::image|column.unknown||warning", "survey|2|bind::x|bind::x|column.unknown||warning",
		"survey|3|type|start|type.ignored||warning",
	}
	if diff := cmp.Diff(want, lines(f.Warnings)); diff != "" {
		t.Error(diff)
	}
}

func TestText(t *testing.T) {
	text := form.Text{"fr": "oui", "pt": "sim"}
	for want, languages := range map[string][]string{"sim": {"pt-BR", "fr"}, "oui": {"fr-BE"}} {
		if got := text.In(languages...); got != want {
			t.Errorf("%v: %q", languages, got)
		}
	}
	if got := (form.Text{"": "x", "fr": "y"}).In("de"); got != "x" {
		t.Errorf("without language: %q", got)
	}
	if got := (form.Text{"fr": "y"}).In("de") + (form.Text{}).In("de"); got != "y" {
		t.Errorf("any: %q", got)
	}
}

func TestParseProblems(t *testing.T) {
	yn := choices("yn|y|Y", "yn|n|N")
	many := func(n int, row string) (rows []string) {
		for i := range n {
			rows = append(rows, strings.ReplaceAll(row, "#", fmt.Sprint(i)))
		}
		return rows
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"empty":             {"", []string{"|0|||file.empty|"}},
		"no survey":         {choices("yn|y|Y"), []string{"|0||survey|sheet.missing|"}},
		"no header":         {"survey,\n", []string{"|0||survey|sheet.missing|"}},
		"missing columns":   {table("survey", "type|label", "text|x"), []string{"survey|2||name|header.missing|"}},
		"no rows":           {survey(), []string{"survey|0|||questions.none|"}},
		"column twice":      {table("survey", "type|name|label|Label", "text|a|x|y"), []string{"survey|2|Label|Label|header.duplicate|"}},
		"language":          {table("survey", "type|name|label::Klingonish", "text|a|x"), []string{"survey|2|label::Klingonish|label::Klingonish|language.unknown|"}},
		"default language":  {table("settings", "default_language", "Klingonish") + survey("text|a|A"), []string{"settings|3|default_language|Klingonish|language.unknown|"}},
		"type":              {survey("geopoint|a|A", "|b|B", "text or_other|c|C"), []string{"survey|0|||questions.none|", "survey|3|type|geopoint|type.unknown|", "survey|4|type||type.missing|", "survey|5|type|text or_other|type.unknown|"}},
		"other":             {survey("select_one yn or_other|a|A", "text|b|B") + yn, []string{"survey|3|type|select_one yn or_other|type.unknown|"}},
		"repeat":            {survey("begin repeat|a|A", "text|b|B", "end repeat"), []string{"survey|3|type|begin repeat|type.unknown|", "survey|5|type|end repeat|type.unknown|"}},
		"names":             {survey("text||A", "text|1a|A", "text|a b|A", "text|ok|A", "integer|ok|A", "begin_group|ok", "end_group"), []string{"survey|3|name||name.missing|", "survey|4|name|1a|name.bad|", "survey|5|name|a b|name.bad|", "survey|7|name|ok|name.duplicate|6", "survey|8|name|ok|name.duplicate|6"}},
		"list":              {survey("select_one no|a|A"), []string{"survey|3|type|no|list.unknown|"}},
		"choices":           {survey("select_one yn|a|A") + choices("yn|y|Y", "yn|y|Z", "|z|Z", "yn||Z", "yn|a b|Z", "other|y|Y"), []string{"choices|7|name|y|choice.duplicate|6", "choices|8|list_name||name.missing|", "choices|9|name||name.missing|", "choices|10|name|a b|name.bad|"}},
		"choices columns":   {survey("select_one yn|a|A") + table("choices", "name|label", "y|Y"), []string{"choices|5||list_name|header.missing|", "survey|3|type|yn|list.unknown|"}},
		"label":             {survey("text|a|", "calculate|b||||| 1") + choices("yn|y|"), []string{"choices|7|label||label.missing|", "survey|3|label||label.missing|"}},
		"label in language": {table("survey", "type|name|label::fr|label::en|hint::fr|hint::en", "text|a|x||h|", "begin_group|g||y||", "text|b|x|y||", "end_group"), []string{"survey|3|label::en||label.missing|en", "survey|3|hint::en||text.missing|en", "survey|4|label::fr||text.missing|fr"}},
		"groups":            {survey("end_group", "begin_group|g", "text|a|A", "begin_group|h"), []string{"survey|3|type|end_group|group.end|", "survey|4|type|g|group.open|", "survey|6|type|h|group.open|"}},
		"calculation":       {survey("calculate|a", "text|b|B"), []string{"survey|3|calculation|a|calculation.none|"}},
		"bad expressions":   {survey("text|a|A|1 +|nope(1)|regex(., '(')|x", "text|b|B|. = 1|||/b"), []string{"survey|3|relevant|1 +|expr.syntax|", "survey|3|constraint|regex(., '(')|expr.regex|(", "survey|3|required|nope(1)|expr.function|nope", "survey|3|calculation|x|expr.name|x", "survey|4|calculation|/b|expr.syntax|/", "survey|4|relevant|. = 1|expr.self|"}},
		"references":        {survey("text|a|Hello ${b}|${c} = 1", "begin_group|g|${x}|${y}", "text|d|D", "end_group"), []string{"survey|3|relevant|${c} = 1|ref.unknown|c", "survey|3|label|Hello ${b}|ref.unknown|b", "survey|4|relevant|${y}|ref.unknown|y", "survey|4|label|${x}|ref.unknown|x"}},
		"filter":            {survey("text|r|R", "select_one yn|a|A|||||region = ${r} and town = ''") + yn, []string{"survey|4|choice_filter|region = ${r} and town = ''|expr.name|town"}},
		"cycle":             {survey("text|a|A|${b} = 1", "text|b|B|${c} = 1", "calculate|c|||||${a}"), []string{"survey|3|relevant|a|cycle|a > b > c > a"}},
		"cycle by group":    {survey("begin_group|g||${a} = 1", "text|a|A", "end_group"), []string{"survey|4|relevant|a|cycle|a > a"}},
		"cycle calculation": {survey("calculate|a|||||${a} + 1"), []string{"survey|3|calculation|a|cycle|a > a"}},
		"cycle by filter":   {survey("select_one yn|a|A|||||region = ${a}") + yn, []string{"survey|3|choice_filter|a|cycle|a > a"}},
		"defaults":          {survey("integer|a|A||||||x", "select_one yn|b|B||||||z", "date|c|C||||||today()", "integer|d|D||||||4") + yn, []string{"survey|3|default|x|default.bad|answer.integer", "survey|4|default|z|default.bad|answer.choice"}},
		"deep":              {survey(append(append(many(11, "begin_group|g#"), "text|a|A"), many(11, "end_group")...)...), []string{"survey|13|type|g10|group.too-deep|10"}},
		"questions":         {survey(many(501, "text|q#|Q")...), []string{"survey|0||501|questions.too-many|500"}},
		"expressions":       {survey(many(60, "calculate|q#|||||"+strings.Repeat("1 + ", 400)+"1")...), []string{"survey|40|calculation||expr.too-much|60000"}},
		"filters":           {survey(many(3, "select_one l|q#|Q|||||"+strings.Repeat("1 + ", 40)+"1")...) + choices(many(4200, "l|c#|C")...), []string{"survey|5|choice_filter||filter.too-much|2000000"}},
		"choices too many":  {survey("text|a|A") + choices(many(5001, "l|c#|C")...), []string{"choices|0||5001|choices.too-many|5000"}},
	} {
		_, err := form.Parse("f.csv", []byte(c.text))
		if diff := cmp.Diff(c.want, lines(err)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	data, _ := os.ReadFile("testdata/first-meeting.csv")
	f.Add(data)
	f.Add([]byte(survey("begin_group|g|G|${a} = 1", "text|a|A", "end_group") + choices("yn|y|Y")))
	f.Add([]byte("survey,type,name,label\nsurvey,text,a,x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte("PK")) {
			t.Skip() // workbooks are fuzzed in package sheet
		}
		parsed, err := form.Parse("f.csv", data)
		if (err == nil) != (parsed != nil) || err != nil && len(lines(err)) == 0 {
			t.Fatal("a form or problems")
		}
		if parsed != nil {
			stable(t, parsed, parsed.Start(today))
		}
	})
}
