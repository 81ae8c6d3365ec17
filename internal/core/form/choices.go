package form

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/sheet"
)

// readChoices reads the lists. A form without selects needs no such sheet.
func (p *parsing) readChoices() {
	t := p.choices
	if t.row == 0 || !p.require(t, "list_name", "name") {
		return
	}
	if n := len(t.rows); n > MaxChoices {
		p.fail(t, 0, "", strconv.Itoa(n), ChoicesTooMany, strconv.Itoa(MaxChoices))
		return
	}
	rows := map[[2]string]int{}
	for _, r := range t.rows {
		list, name := t.get(r, "list_name"), t.get(r, "name")
		other, taken := rows[[2]string{list, name}]
		switch {
		case strings.TrimSpace(strings.Join(r.Cells, "")) == "":
		case list == "":
			p.fail(t, r.Number, "list_name", "", NameMissing, "")
		case name == "":
			p.fail(t, r.Number, "name", "", NameMissing, "")
		case strings.ContainsAny(name, " \t\n\u00a0") || utf8.RuneCountInString(name) > MaxName: // a space parts the answers of select_multiple
			p.fail(t, r.Number, "name", name, NameBad, "")
		case taken:
			p.fail(t, r.Number, "name", name, ChoiceDuplicate, strconv.Itoa(other))
		default:
			rows[[2]string{list, name}] = r.Number
			p.form.lists[list] = append(p.form.lists[list], p.choice(r, name))
		}
	}
}

func (p *parsing) choice(r sheet.Row, name string) *Choice {
	c := &Choice{Name: name, Label: p.choices.text(r, "label"), Columns: map[string]string{"name": name}, Row: r.Number}
	for i, column := range p.choices.columns {
		if column.name != "" && column.name != "name" && !spoken[column.name] && i < len(r.Cells) {
			c.Columns[column.name] = strings.TrimSpace(r.Cells[i])
		}
	}
	return c
}

// readLanguages finds the languages of the form, and what is not said in one of them.
func (p *parsing) readLanguages() {
	languages := map[string]bool{}
	for _, t := range []*table{p.survey, p.choices} {
		for _, c := range t.columns {
			if c.name == "label" {
				languages[c.language] = true
			}
		}
	}
	p.form.Languages = sorted(languages)
	groups := map[*Group]bool{}
	for _, q := range p.form.Questions {
		if q.Type != Calculate {
			p.said(p.survey, q.Row, "label", q.Label, LabelMissing)
		}
		p.said(p.survey, q.Row, "hint", q.Hint, TextMissing)
		p.said(p.survey, q.Row, "constraint_message", q.ConstraintMessage, TextMissing)
		p.said(p.survey, q.Row, "required_message", q.RequiredMessage, TextMissing)
		for g := q.Group; g != nil && !groups[g]; g = g.Parent {
			groups[g] = true
			p.said(p.survey, g.Row, "label", g.Label, TextMissing)
		}
	}
	for _, list := range sorted(p.form.lists) {
		for _, c := range p.form.lists[list] {
			p.said(p.choices, c.Row, "label", c.Label, LabelMissing)
		}
	}
}

// said checks a text against the languages. Only a label must be there at all.
func (p *parsing) said(t *table, row int, column string, text Text, code string) {
	if len(text) == 0 && code == LabelMissing {
		p.fail(t, row, column, "", code, "")
	}
	if len(text) == 0 {
		return
	}
	for _, l := range p.form.Languages {
		if text[l] == "" {
			p.fail(t, row, strings.TrimSuffix(column+"::"+l, "::"), "", code, l)
		}
	}
}
