package form

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/sheet"
)

// nameRule is that of xlsform.org, for letters of any script.
var nameRule = regexp.MustCompile(`^[\pL_][\pL\pN_.-]*$`)

// device holds the types that record something about the device; every KoboToolbox form has some.
const device = " start end today deviceid phonenumber simserial subscriberid username email audit start-geopoint "

// types in the spellings that pyxform takes.
var types = map[string]Type{
	"text": TextType, "string": TextType, "integer": Integer, "int": Integer, "decimal": Decimal, "date": Date, "note": Note, "calculate": Calculate,
	"select_one": SelectOne, "select_multiple": SelectMultiple,
	"begin_group": beginGroup, "end_group": endGroup,
}

const beginGroup, endGroup Type = "begin_group", "end_group"

// readSurvey reads questions and groups row by row.
func (p *parsing) readSurvey() {
	if !p.require(p.survey, "type", "name") {
		return
	}
	var open []*Group
	for _, r := range p.survey.rows {
		open = p.surveyRow(r, open)
	}
	for _, g := range open {
		p.fail(p.survey, g.Row, "type", g.Name, GroupOpen, "")
	}
	switch n := len(p.form.Questions); {
	case n == 0:
		p.fail(p.survey, 0, "", "", QuestionsNone, "")
	case n > MaxQuestions:
		p.fail(p.survey, 0, "", strconv.Itoa(n), QuestionsTooMany, strconv.Itoa(MaxQuestions))
	}
}

// surveyRow reads one row; open are the groups around it, the outermost first.
func (p *parsing) surveyRow(r sheet.Row, open []*Group) []*Group {
	written := p.survey.get(r, "type")
	kind, list, ok := typeOf(written)
	switch {
	case written == "":
		if strings.TrimSpace(strings.Join(r.Cells, "")) != "" {
			p.fail(p.survey, r.Number, "type", "", TypeMissing, "")
		}
	case strings.Contains(device, " "+written+" "):
		p.warn(p.survey, r.Number, "type", written, TypeIgnored)
	case !ok:
		p.fail(p.survey, r.Number, "type", written, TypeUnknown, "")
	case kind == beginGroup:
		return p.beginGroup(r, open)
	case kind == endGroup && len(open) == 0:
		p.fail(p.survey, r.Number, "type", written, GroupEnd, "")
	case kind == endGroup:
		return open[:len(open)-1]
	default:
		p.question(r, kind, list, innermost(open))
	}
	return open
}

// typeOf parts "select_one list", "select one list", "begin group" and the plain types.
func typeOf(written string) (kind Type, list string, ok bool) {
	words := strings.Fields(written)
	if len(words) > 1 && (words[0] == "select" || words[0] == "begin" || words[0] == "end") {
		words = append([]string{words[0] + "_" + words[1]}, words[2:]...)
	}
	if len(words) == 0 {
		return "", "", false
	}
	kind, ok = types[strings.ToLower(words[0])]
	if kind == SelectOne || kind == SelectMultiple {
		if len(words) != 2 {
			return kind, "", false
		}
		return kind, words[1], true
	}
	return kind, "", ok && len(words) == 1
}

func (p *parsing) beginGroup(r sheet.Row, open []*Group) []*Group {
	t := p.survey
	g := &Group{
		Name: t.get(r, "name"), Label: t.text(r, "label"), Appearance: t.get(r, "appearance"), Parent: innermost(open), Row: r.Number,
		relevant: p.compile(t, r.Number, "relevant", t.get(r, "relevant")),
	}
	p.name(t, r.Number, g.Name)
	if len(open) == MaxGroups {
		p.fail(t, r.Number, "type", g.Name, GroupDeep, strconv.Itoa(MaxGroups))
	}
	return append(open, g)
}

func innermost(open []*Group) *Group {
	if len(open) == 0 {
		return nil
	}
	return open[len(open)-1]
}

func (p *parsing) question(r sheet.Row, kind Type, list string, in *Group) {
	t := p.survey
	expression := func(column string) *program { return p.compile(t, r.Number, column, t.get(r, column)) }
	q := &Question{
		Name: t.get(r, "name"), Type: kind, List: list, Label: t.text(r, "label"), Hint: t.text(r, "hint"),
		ConstraintMessage: t.text(r, "constraint_message"), RequiredMessage: t.text(r, "required_message"),
		Appearance: t.get(r, "appearance"), Group: in, Row: r.Number,
		relevant: expression("relevant"), constraint: expression("constraint"), calculation: expression("calculation"), filter: expression("choice_filter"),
		required: p.compile(t, r.Number, "required", yesNo(t.get(r, "required"))),
	}
	q.fixed = t.get(r, "default")
	if strings.Contains(q.fixed, "${") || strings.HasSuffix(q.fixed, "()") {
		q.preset, q.fixed = expression("default"), ""
	}
	p.name(t, r.Number, q.Name)
	if q.selects() && len(p.form.lists[list]) == 0 {
		p.fail(t, r.Number, "type", list, ListUnknown, "")
	}
	if kind == Calculate && t.get(r, "calculation") == "" {
		p.fail(t, r.Number, "calculation", q.Name, CalculationNone, "")
	}
	p.form.Questions = append(p.form.Questions, q)
}

// yesNo turns what stands under "required" into an expression.
func yesNo(s string) string {
	switch strings.ToLower(s) {
	case "yes", "true", "true()":
		return "true()"
	case "no", "false", "false()":
		return ""
	}
	return s
}

// name checks the name of a question or group: they share one space of names.
func (p *parsing) name(t *table, row int, name string) {
	other, taken := p.names[name]
	switch {
	case name == "":
		p.fail(t, row, "name", "", NameMissing, "")
	case !nameRule.MatchString(name) || utf8.RuneCountInString(name) > MaxName:
		p.fail(t, row, "name", name, NameBad, "")
	case taken:
		p.fail(t, row, "name", name, NameDuplicate, strconv.Itoa(other))
	default:
		p.names[name] = row
	}
}
