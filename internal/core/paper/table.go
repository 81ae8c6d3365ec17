package paper

import "fmt"

// Column is one column of a table. Share is its part of the width, beside the others' (0 counts as 1); End sets figures
// against its end.
type Column struct {
	Title string
	Share float64
	End   bool
}

// Table is rows of cells; a missing cell is empty. MinHeight is the least height of a row in points: 26 leaves room to
// sign in.
type Table struct {
	Columns   []Column
	Rows      [][]string
	MinHeight float64
}

const (
	cellPad  = 5
	cellSize = 10
)

// tableFlow is a table on its way through the pages.
type tableFlow struct {
	*flow
	Table
	starts []float64 // x of each column, and of the end
	header []block
}

// table draws a table. Columns too narrow for a letter are an error of the document.
func (f *flow) table(t Table, tongue Tongue) {
	if len(t.Columns) == 0 {
		return
	}
	tf := &tableFlow{flow: f, Table: t}
	if tf.measure(); tf.narrow() {
		f.err = fmt.Errorf("%w: %d columns", ErrTooMany, len(t.Columns))
		return
	}
	for i, c := range t.Columns {
		tf.header = append(tf.header, f.fit(c.Title, style{cellSize, true, teal}, 7, tf.inner(i), 44, tongue))
	}
	f.need(rowHeight(tf.header) + max(t.MinHeight, 30))
	tf.head()
	for _, row := range t.Rows {
		tf.row(tf.cells(row, tongue))
	}
	f.y += 10
}

// measure gives every column its share of the width, and keeps the least height well below a page.
func (t *tableFlow) measure() {
	t.MinHeight = min(t.MinHeight, 200)
	total, x := 0.0, 0.0
	for _, c := range t.Columns {
		total += c.share()
	}
	t.starts = []float64{0}
	for _, c := range t.Columns {
		x += t.w * c.share() / total
		t.starts = append(t.starts, x)
	}
}

func (c Column) share() float64 {
	if c.Share > 0 {
		return c.Share
	}
	return 1
}

func (t *tableFlow) inner(i int) float64 { return t.starts[i+1] - t.starts[i] - 2*cellPad }

func (t *tableFlow) narrow() bool {
	for i := range t.Columns {
		if t.inner(i) < cellSize*1.5 {
			return true
		}
	}
	return false
}
