package paper

import (
	"fmt"
	"image"
)

// Column is one column of a table. Share is its part of the width, beside the others' (0 counts as 1); End sets figures
// against its end.
type Column struct {
	Title string
	Share float64
	End   bool
}

// Table is rows of cells; a missing cell is empty. MinHeight is the least height of a row in points: 26 leaves room to
// sign in. A drawing stands below the text of its cell.
type Table struct {
	Columns   []Column
	Rows      [][]string
	MinHeight float64
	Drawings  map[Cell]*image.Gray
}

// Cell is a place in a table, from 0.
type Cell struct{ Row, Column int }

const (
	cellPad  = 5
	cellSize = 10
	drawRoom = 32 // height of a drawing
)

// tableFlow is a table on its way through the pages.
type tableFlow struct {
	*flow
	Table
	starts []float64 // x of each column, and of the end
	header []block
	drawn  map[int]*image.Gray // of the row that is set now, by column
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
	for i, row := range t.Rows {
		tf.drawn = t.drawingsOf(i)
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

// drawingsOf are those of one row, by column.
func (t Table) drawingsOf(row int) map[int]*image.Gray {
	out := map[int]*image.Gray{}
	for at, m := range t.Drawings {
		if at.Row == row && at.Column < len(t.Columns) && !m.Rect.Empty() {
			out[at.Column] = m
		}
	}
	return out
}

// drawings puts those of a row above its foot, each as large as its cell lets it be.
func (t *tableFlow) drawings(foot float64) {
	for column := range t.Columns {
		m := t.drawn[column]
		if m == nil {
			continue
		}
		w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
		scale := min(t.inner(column)/w, (drawRoom-cellPad)/h, 0.5)
		t.picture(m, t.starts[column]+cellPad, foot-cellPad-h*scale, w*scale, h*scale)
	}
}
