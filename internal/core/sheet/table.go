package sheet

import (
	"slices"
	"strings"

	"tremplin/internal/core/text"
)

// Table is a sheet with a header.
type Table struct {
	Name      string
	Header    []string // trimmed; each name once, however it is written; "" over a column that holds nothing
	HeaderRow int      // its number as the sender sees it
	Rows      []Row    // the non-empty ones below it; all have len(Header) cells
}

// Table takes the first row of the grid as its header. A table with problems is not to be used.
func (g Grid) Table() (Table, Problems) {
	if len(g.Rows) == 0 {
		return Table{}, Problems{{Sheet: g.Name, Code: HeaderMissing}}
	}
	first := g.Rows[0]
	t := Table{Name: g.Name, HeaderRow: first.Number, Rows: slices.Clone(g.Rows[1:])}
	for _, name := range first.Cells {
		t.Header = append(t.Header, strings.TrimSpace(name))
	}
	problems := slices.Concat(t.duplicates(), t.nameless())
	for i, r := range t.Rows {
		t.Rows[i].Cells = fit(r.Cells, len(t.Header))
	}
	return t, problems
}

// Column returns the place of a column by its name, however it is written (see text.Fold); -1 if there is none.
func (t Table) Column(name string) int {
	return slices.IndexFunc(t.Header, func(h string) bool { return h != "" && text.Fold(h) == text.Fold(name) })
}

// Require returns Problems with HeaderMissing for each column that the table lacks; nil if it has them all.
func (t Table) Require(names ...string) error {
	var missing Problems
	for _, n := range names {
		if t.Column(n) < 0 {
			missing = append(missing, Problem{Sheet: t.Name, Row: t.HeaderRow, Value: n, Code: HeaderMissing})
		}
	}
	if missing == nil {
		return nil
	}
	return missing
}

func (t Table) duplicates() Problems {
	places := map[string][]string{}
	for i, h := range t.Header {
		name := text.Fold(h)
		places[name] = append(places[name], Letters(i+1))
	}
	var found Problems
	for i, h := range t.Header {
		name := text.Fold(h)
		if at := places[name]; name != "" && len(at) > 1 && at[0] == Letters(i+1) {
			found = append(found, Problem{
				Sheet: t.Name, Row: t.HeaderRow, Column: h, Value: Excerpt(h),
				Code: HeaderDuplicate, Detail: strings.Join(at, ", "),
			})
		}
	}
	return found
}

// nameless finds the first value of each column that has one but no name.
func (t Table) nameless() Problems {
	var found Problems
	seen := map[int]bool{}
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			named := i < len(t.Header) && t.Header[i] != ""
			if named || seen[i] || strings.TrimSpace(c) == "" {
				continue
			}
			seen[i] = true
			found = append(found, Problem{Sheet: t.Name, Row: r.Number, Column: Letters(i + 1), Value: Excerpt(c), Code: HeaderEmpty})
		}
	}
	return found
}

func fit(cells []string, n int) []string {
	if len(cells) >= n {
		return cells[:n]
	}
	return append(slices.Clip(cells), make([]string, n-len(cells))...)
}
