package paper

import (
	"cmp"
	"slices"
)

// head draws the header of a table at the top of it, and again on every page.
func (t *tableFlow) head() {
	height := rowHeight(t.header)
	t.fill(0, t.y, t.w, height, tint)
	t.draw(t.header, height)
	t.rule(0, t.y, t.w, t.y, 1, teal)
}

// row draws one row. It moves to the next page as a whole if it fits there, and is else continued from page to page.
func (t *tableFlow) row(cells []block) {
	for height := t.tall(cells); ; height = t.tall(cells) {
		full := t.h - rowHeight(t.header)
		if t.y+height > t.h && (height <= full || t.h-t.y < full/4) {
			t.turn()
			t.head()
		}
		if t.y+height <= t.h+0.01 {
			t.drawings(t.y + height)
			t.draw(cells, height)
			break
		}
		cells = t.part(cells)
		t.turn()
		t.head()
	}
}

// part draws what fits on this page and returns the rest.
func (t *tableFlow) part(cells []block) []block {
	heads, tails := make([]block, len(cells)), make([]block, len(cells))
	room := t.h - t.y
	for i, b := range cells {
		heads[i], tails[i] = b, b
		if len(b.lines) > 0 {
			heads[i], tails[i] = b.cut(int((room - 2*cellPad - baseline(cells) + b.rise) / b.lead))
		}
	}
	t.draw(heads, room)
	return tails
}

// draw puts cells side by side on one baseline, a thin line below them, and moves on.
func (t *tableFlow) draw(cells []block, height float64) {
	rise := baseline(cells)
	for i, b := range cells {
		at := start
		if t.Columns[i].End {
			at = end
		}
		t.put(b, t.starts[i]+cellPad, t.y+cellPad+rise-b.rise, t.inner(i), at)
	}
	t.y += height
	t.rule(0, t.y, t.w, t.y, 0.5, pale)
}

// cells lays out the texts of a row.
func (t *tableFlow) cells(texts []string, tongue Tongue) []block {
	st := style{cellSize, false, black}
	blocks := make([]block, len(t.Columns))
	for i := range blocks {
		if i < len(texts) {
			blocks[i] = t.set(texts[i], st, t.inner(i), tongue)
		}
	}
	return blocks
}

// tall is the height of a row of the body.
func (t *tableFlow) tall(cells []block) float64 {
	height := rowHeight(cells)
	if len(t.drawn) > 0 {
		height += drawRoom
	}
	return max(t.MinHeight, height)
}

func rowHeight(cells []block) float64 {
	height := float64(cellSize)
	for _, b := range cells {
		height = max(height, baseline(cells)-b.rise+b.height())
	}
	return height + 2*cellPad
}

// baseline is the common baseline of a row of cells, from their top: that of the highest letters.
func baseline(cells []block) float64 {
	return slices.MaxFunc(cells, func(a, b block) int { return cmp.Compare(a.rise, b.rise) }).rise
}
