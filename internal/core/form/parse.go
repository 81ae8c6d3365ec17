package form

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/sheet"
)

// limits of the file: texts are short, and a form has rows for its questions, its choices and its settings.
var limits = sheet.Options{Bytes: 4 << 20, Rows: MaxQuestions*2 + MaxChoices*2, Columns: 100, Cell: MaxText, Only: []string{"survey", "choices", "settings"}}

// parsing gathers a form and all that is wrong with it, so that its author mends everything in one go.
type parsing struct {
	form                      *Form
	survey, choices, settings *table
	problems                  sheet.Problems
	names                     map[string]int // row of each question and group
	written, filtered         int            // characters of expressions, and of filters times choices
}

// Parse reads a form from an XLSX workbook with the sheets survey, choices and settings, or from one CSV file in
// which the first column names the sheet on a row of its own and is empty on the rows that follow, as pyxform
// takes it (github.com/XLSForm/pyxform). The name is that of the file; it is the form's ID if the settings have
// none. The error is of type sheet.Problems and holds everything that was found, warnings too.
func Parse(name string, data []byte) (*Form, error) {
	p := &parsing{form: &Form{lists: map[string][]*Choice{}}, names: map[string]int{}}
	if err := p.read(name, data); err != nil {
		return nil, err
	}
	p.set(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	p.readChoices()
	p.readSurvey()
	p.readLanguages()
	p.link()
	slices.SortStableFunc(p.problems, func(a, b sheet.Problem) int {
		return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
	})
	if p.failed() {
		return nil, p.problems[:min(len(p.problems), sheet.MaxProblems)]
	}
	p.form.Warnings = p.problems
	return p.form, nil
}

func (p *parsing) failed() bool {
	return slices.ContainsFunc(p.problems, func(s sheet.Problem) bool { return !s.Warning })
}

func (p *parsing) read(name string, data []byte) error {
	grids, err := sheet.Grids(name, data, limits)
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		grids = sections(grids[0])
	}
	tables := map[string]*table{"survey": {name: "survey"}, "choices": {name: "choices"}, "settings": {name: "settings"}}
	for _, g := range grids {
		g.Name = strings.ToLower(strings.TrimSpace(g.Name))
		if t := tables[g.Name]; t != nil && t.row == 0 {
			tables[g.Name] = p.table(g)
		}
	}
	p.survey, p.choices, p.settings = tables["survey"], tables["choices"], tables["settings"]
	if p.survey.row == 0 {
		return sheet.Problems{{Value: "survey", Code: sheet.SheetMissing}}
	}
	return nil
}

// sections parts a text form into its sheets. A file that repeats the sheet's name on every row is read as well.
func sections(all sheet.Grid) []sheet.Grid {
	var parts []sheet.Grid
	current := ""
	for _, r := range all.Rows {
		name := strings.ToLower(strings.TrimSpace(r.Cells[0]))
		if name != "" && name != current {
			current = name
			parts = append(parts, sheet.Grid{Name: name})
		}
		if rest := r.Cells[1:]; len(rest) > 0 && current != "" {
			g := &parts[len(parts)-1]
			g.Rows = append(g.Rows, sheet.Row{Number: r.Number, Cells: rest})
		}
	}
	return parts
}

// set reads the one row of the settings, all of which may be missing.
func (p *parsing) set(name string) {
	p.form.ID = name
	if len(p.settings.rows) == 0 {
		return
	}
	r := p.settings.rows[0]
	if id := p.settings.get(r, "form_id"); id != "" {
		p.form.ID = id
	}
	p.form.Title, p.form.Version = p.settings.get(r, "form_title"), p.settings.get(r, "version")
	written := p.settings.get(r, "default_language")
	if code, ok := languageCode(written); ok {
		p.form.Language = code
	} else if written != "" {
		p.fail(p.settings, r.Number, "default_language", written, LanguageUnknown, "")
	}
	p.plain(p.form.Language)
}

// plain gives the columns without language the default one.
func (p *parsing) plain(code string) {
	for _, t := range []*table{p.survey, p.choices} {
		taken := map[string]bool{}
		for _, c := range t.columns {
			taken[c.name] = taken[c.name] || c.language == code && code != ""
		}
		for i, c := range t.columns {
			if spoken[c.name] && c.language == "" && !taken[c.name] {
				t.columns[i].language = code
			}
		}
	}
}

// compile translates an expression and says what is wrong with it. An empty one is nil.
func (p *parsing) compile(t *table, row int, column, source string) *program {
	if source == "" || p.passed(&p.written, len(source), MaxExpressions, row, column, ExprTooMuch) {
		return nil
	}
	c, err := translate(source)
	var bad *expressionError
	if errors.As(err, &bad) {
		p.fail(t, row, column, source, bad.code, bad.detail)
		return nil
	}
	return c
}

// passed counts towards a bound of the whole survey, and says once that it is passed.
func (p *parsing) passed(count *int, more, bound, row int, column, code string) bool {
	before := *count
	*count += more
	if before <= bound && *count > bound {
		p.fail(p.survey, row, column, "", code, strconv.Itoa(bound))
	}
	return *count > bound
}
