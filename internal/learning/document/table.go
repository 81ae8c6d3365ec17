package document

import (
	"slices"
	"strings"
)

const (
	maxColumns = 64  // of a row: what spans more is not repeated
	maxAgain   = 300 // bytes of a text that is
)

// table makes a list of a table: a point a row, and below it a line "head: cell" a column. One that is a single row
// or column only sets text apart: it is read as if it were not there.
func (r *reader) table(t *node) {
	rows := tableRows(t)
	if wide(rows) < 2 || len(rows) < 2 {
		for _, row := range rows {
			for _, cell := range row.kids {
				r.body(cell)
			}
		}
		return
	}
	r.note(Table)
	var above []entry
	grid := make([][]entry, len(rows))
	for i, row := range rows {
		grid[i] = r.row(row, above)
		above = grid[i]
	}
	r.listed(grid, namesColumns(t, rows[0]))
	r.items = append(r.items, r.held...)
	r.held = nil
}

// tableRows are the rows of a table, with their cells alone; those of tables within it are not among them.
func tableRows(t *node) (out []*node) {
	for _, row := range children(t, "w:tr") {
		cells := &node{attrs: map[string]string{}, kids: children(row, "w:tc")}
		if row.at("w:trPr", "w:tblHeader").on() {
			cells.attrs["head"] = "1"
		}
		if row.at("w:trPr", "w:del") == nil && len(cells.kids) > 0 {
			out = append(out, cells)
		}
	}
	return out
}

// children are those of a name, also where content controls or changes stand around them.
func children(n *node, name string) (out []*node) {
	for _, k := range n.kids {
		switch k.name {
		case name:
			out = append(out, k)
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins":
			out = append(out, children(k, name)...)
		}
	}
	return out
}

func wide(rows []*node) (most int) {
	for _, row := range rows {
		most = max(most, len(row.kids))
	}
	return most
}

// namesColumns tells whether the first row names the columns: it says so, or the table's look does not deny it.
func namesColumns(t, first *node) bool {
	look := t.at("w:tblPr", "w:tblLook")
	if first.attr("head") != "" {
		return true
	}
	if v := look.attr("w:firstRow"); v != "" {
		return v == "1" || v == "true"
	}
	v := look.val() // a bit field in hexadecimal, of which 0x0020 is the first row
	return len(v) < 2 || strings.ContainsRune("2367abefABEF", rune(v[len(v)-2]))
}

// entry is a cell as it is read; again is one that the cell before it covers too.
type entry struct {
	text  string
	again bool
}

// row reads the cells of a row. A cell that spans several stands in each; one that goes on from the row above says
// the same again.
func (r *reader) row(row *node, above []entry) (out []entry) {
	for _, cell := range row.kids {
		text := r.cell(cell)
		props := cell.kid("w:tcPr")
		if merge := props.kid("w:vMerge"); merge != nil && merge.val() != "restart" && len(out) < len(above) {
			text = short(above[len(out)].text)
		}
		for n := range min(max(number(props.kid("w:gridSpan").val()), 1), maxColumns-min(len(out), maxColumns-1)) {
			out = append(out, entry{text, n > 0})
		}
	}
	return out
}

// cell reads a cell as one line; its pictures follow the table.
func (r *reader) cell(cell *node) string {
	items := r.items
	r.items = nil
	r.deep++
	r.body(cell)
	r.deep--
	var words []string
	for _, it := range r.items {
		switch {
		case it.picture != nil:
			r.held = append(r.held, it)
		case it.text != "":
			words = append(words, strings.ReplaceAll(it.text, "\\\n", " "))
		}
	}
	r.items = items
	return strings.Join(words, " / ")
}

// short is a text that may be said again and again, or nothing.
func short(s string) string {
	if len(s) > maxAgain {
		return ""
	}
	return s
}

// listed makes points of the rows. Heads that are too long to be said again stand in a row of their own.
func (r *reader) listed(grid [][]entry, head bool) {
	var heads []entry
	if head && !slices.ContainsFunc(grid[0], func(e entry) bool { return len(e.text) > maxAgain }) {
		heads, grid = grid[0], grid[1:]
	}
	for _, row := range grid {
		for i, cell := range row {
			text := cell.text
			switch {
			case cell.again, text == "" && i > 0:
				continue
			case text == "":
				text = "—"
			case i < len(heads) && heads[i].text != "":
				text = heads[i].text + ": " + text
			}
			r.items = append(r.items, item{text: text, point: &point{depth: min(i, 1)}})
		}
	}
}
