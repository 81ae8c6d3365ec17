package form

import (
	"regexp"
	"slices"
	"strings"
)

// reference is ${name} in a label.
var reference = regexp.MustCompile(`\$\{\s*([^}]*?)\s*\}`)

// link checks what expressions and texts refer to, and finds an order to evaluate in.
func (p *parsing) link() {
	groups := map[*Group]bool{}
	for _, q := range p.form.Questions {
		for g := q.Group; g != nil && !groups[g]; g = g.Parent {
			groups[g] = true
			p.refers(g.Row, "relevant", g.relevant, false, nil)
			p.mentions(g.Row, "label", g.Label)
		}
		p.refers(q.Row, "relevant", q.relevant, false, nil)
		p.refers(q.Row, "required", q.required, false, nil)
		p.refers(q.Row, "constraint", q.constraint, true, nil)
		p.refers(q.Row, "calculation", q.calculation, false, nil)
		p.refers(q.Row, "choice_filter", q.filter, false, p.form.lists[q.List])
		if q.filter != nil {
			p.passed(&p.filtered, len(q.filter.source)*len(p.form.lists[q.List]), MaxFilter, q.Row, "choice_filter", FilterTooMuch)
		}
		p.refers(q.Row, "default", q.preset, false, nil)
		p.mentions(q.Row, "label", q.Label)
		p.mentions(q.Row, "hint", q.Hint)
	}
	p.arrange()
	if !p.failed() {
		p.presets()
	}
}

// refers checks one expression: its references, its dot, and the names of columns that only a choice_filter has.
func (p *parsing) refers(row int, column string, e *program, self bool, choices []*Choice) {
	if e == nil {
		return
	}
	for _, name := range e.refs {
		if p.form.Question(name) == nil {
			p.fail(p.survey, row, column, e.source, RefUnknown, name)
		}
	}
	if e.self && !self {
		p.fail(p.survey, row, column, e.source, ExprSelf, "")
	}
	for _, name := range e.columns {
		if len(choices) == 0 || !p.isColumn(name) {
			p.fail(p.survey, row, column, e.source, ExprName, name)
		}
	}
}

// isColumn says whether choices have a column; cells of short rows may be missing.
func (p *parsing) isColumn(name string) bool {
	return slices.ContainsFunc(p.choices.columns, func(c column) bool { return c.name == name && !spoken[name] })
}

func (p *parsing) mentions(row int, column string, text Text) {
	for _, l := range sorted(text) {
		for _, m := range reference.FindAllStringSubmatch(text[l], -1) {
			if p.form.Question(m[1]) == nil {
				p.fail(p.survey, row, strings.TrimSuffix(column+"::"+l, "::"), text[l], RefUnknown, m[1])
			}
		}
	}
}

// needs returns the names whose answers decide whether a question is shown, what it offers and what it is.
func (q *Question) needs() []string {
	names := slices.Concat(q.relevant.names(), q.calculation.names(), q.filter.names())
	for g := q.Group; g != nil; g = g.Parent {
		names = append(names, g.relevant.names()...)
	}
	return names
}

// arrange puts each question after those it needs, or reports the circle that it is in.
func (p *parsing) arrange() {
	done := map[*Question]bool{}
	var path []*Question
	var visit func(q *Question)
	visit = func(q *Question) {
		if q == nil || done[q] {
			return
		}
		if i := slices.Index(path, q); i >= 0 {
			p.circle(append(slices.Clone(path[i:]), q))
			return
		}
		path = append(path, q)
		for _, name := range q.needs() {
			visit(p.form.Question(name))
		}
		path = path[:len(path)-1]
		done[q] = true
		p.form.order = append(p.form.order, q)
	}
	for _, q := range p.form.Questions {
		visit(q)
	}
}

// circle reports a cycle at the column that leads on from its first question.
func (p *parsing) circle(path []*Question) {
	q, next := path[0], path[1].Name
	column := "relevant"
	if slices.Contains(q.calculation.names(), next) {
		column = "calculation"
	} else if slices.Contains(q.filter.names(), next) {
		column = "choice_filter"
	}
	names := make([]string, len(path))
	for i, q := range path {
		names[i] = q.Name
	}
	p.fail(p.survey, q.Row, column, q.Name, Cycle, strings.Join(names, " > "))
}

// presets checks that fixed defaults are answers.
func (p *parsing) presets() {
	for _, q := range p.form.Questions {
		if q.fixed == "" || !q.asked() {
			continue
		}
		if _, code := read(q, []string{q.fixed}, p.form.lists[q.List]); code != "" {
			p.fail(p.survey, q.Row, "default", q.fixed, DefaultBad, code)
		}
	}
}
