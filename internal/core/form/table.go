package form

import (
	"strings"

	"tremplin/internal/core/sheet"
)

// table is one sheet of a form, its columns understood.
type table struct {
	name    string
	row     int // of the header
	columns []column
	rows    []sheet.Row
}

type column struct {
	name     string // canonical, as in "constraint_message"; "" if it is not used
	language string
	written  string // as its author wrote it
}

// spoken are the columns that come in languages.
var spoken = map[string]bool{"label": true, "hint": true, "constraint_message": true, "required_message": true}

// known columns of each sheet. Any other column of choices is there for choice_filter.
var known = map[string]string{
	"survey":   " type name label hint required required_message relevant constraint constraint_message calculation choice_filter appearance default ",
	"choices":  " list_name name label ",
	"settings": " form_title form_id version default_language ",
}

// spellings that pyxform takes too.
var spellings = map[string]string{
	"relevance": "relevant", "calculate": "calculation", "caption": "label", "value": "name",
	"constraining_message": "constraint_message", "requiredmsg": "required_message", "set_form_title": "form_title", "set_form_id": "form_id",
}

// table reads the header of a sheet: the first row that holds something.
func (p *parsing) table(g sheet.Grid) *table {
	t := &table{name: g.Name}
	if len(g.Rows) == 0 {
		return t
	}
	t.row, t.rows = g.Rows[0].Number, g.Rows[1:]
	seen := map[[2]string]bool{}
	for _, cell := range g.Rows[0].Cells {
		c := p.column(t, strings.TrimSpace(cell))
		if key := [2]string{c.name, c.language}; c.name != "" {
			if seen[key] {
				p.fail(t, t.row, c.written, c.written, sheet.HeaderDuplicate, "")
			}
			seen[key] = true
		}
		t.columns = append(t.columns, c)
	}
	return t
}

// column understands one header: "label", "label::French (fr)", "label::fr", "label:fr", "Constraint message".
func (p *parsing) column(t *table, written string) column {
	c := column{written: written}
	if written == "" {
		return c
	}
	base, language, _ := strings.Cut(strings.Replace(written, "::", ":", 1), ":")
	base = strings.ToLower(strings.Join(strings.Fields(base), "_"))
	if s, ok := spellings[base]; ok {
		base = s
	}
	switch {
	case strings.Contains(known[t.name], " "+base+" ") && (language == "" || spoken[base]):
		c.name = base
	case t.name == "choices" && !strings.Contains(written, ":"):
		c.name = written
	default:
		p.warn(t, t.row, written, written, ColumnUnknown)
	}
	if c.name == "" || language == "" {
		return c
	}
	var ok bool
	if c.language, ok = languageCode(language); !ok {
		p.fail(t, t.row, written, written, LanguageUnknown, "")
	}
	return c
}

// header is how the author wrote a column, or the canonical name where it is missing.
func (t *table) header(name string) string {
	base, language, _ := strings.Cut(name, "::")
	for _, c := range t.columns {
		if base != "" && c.name == base && c.language == language {
			return c.written
		}
	}
	return name
}

// get returns the trimmed cell of a column without language.
func (t *table) get(r sheet.Row, name string) string {
	for i, c := range t.columns {
		if c.name == name && i < len(r.Cells) {
			return strings.TrimSpace(r.Cells[i])
		}
	}
	return ""
}

// text returns the cells of a column in all its languages.
func (t *table) text(r sheet.Row, name string) Text {
	found := Text{}
	for i, c := range t.columns {
		if c.name != name || i >= len(r.Cells) {
			continue
		}
		if s := strings.TrimSpace(r.Cells[i]); s != "" {
			found[c.language] = s
		}
	}
	return found
}

// require says which columns a sheet lacks.
func (p *parsing) require(t *table, names ...string) bool {
	complete := true
	for _, name := range names {
		has := false
		for _, c := range t.columns {
			has = has || c.name == name
		}
		if !has {
			p.fail(t, t.row, "", name, sheet.HeaderMissing, "")
		}
		complete = complete && has
	}
	return complete
}
