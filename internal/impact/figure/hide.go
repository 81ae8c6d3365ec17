package figure

import (
	"maps"
	"slices"
)

// Reader is who reads a figure.
type Reader string

// The readers. Those who run the programme see everything, as Whole readers do: they have no name here.
const (
	Public  Reader = "public"
	Funder  Reader = "funder"
	Auditor Reader = "auditor"
)

// Hide takes small cells of people out of a figure, so that nobody can be found in it, nor by
// subtracting: the total of the programme stays, so what is hidden in a split is at least two cells and
// together no less than the bound. Partners lie within countries: where both are split, only countries
// are shown, else one less the other would say what is hidden. What lies behind the figure goes too.
func (f Figure) Hide(below int64) Figure {
	if below <= 1 || f.Unit != "person" {
		return f
	}
	f.Counted = nil
	f.Cells = maps.Clone(f.Cells)
	if slices.Contains(f.By, "country") {
		f.By = slices.DeleteFunc(slices.Clone(f.By), func(d string) bool { return d == "organisation" })
		delete(f.Cells, "organisation")
	}
	for d, cs := range f.Cells {
		f.Cells[d] = hide(cs, below)
	}
	return f
}

// hide marks the cells of one split that are too small, then the next smallest until what is hidden
// can no longer be found by subtracting. Empty cells hide nobody.
func hide(cells []Cell, below int64) []Cell {
	out := slices.Clone(cells)
	var small, hidden int64
	for i := range out {
		if out[i].N > 0 && out[i].N < below {
			out[i].Hidden = true
			small++
			hidden += out[i].N
		}
	}
	for small > 0 && (small < 2 || hidden < below) {
		i := smallest(out)
		if i < 0 {
			break
		}
		out[i].Hidden = true
		small++
		hidden += out[i].N
	}
	for i := range out {
		if out[i].Hidden {
			out[i].N = 0
		}
	}
	return out
}

func smallest(cells []Cell) int {
	best := -1
	for i, c := range cells {
		if !c.Hidden && c.N > 0 && (best < 0 || c.N < cells[best].N) {
			best = i
		}
	}
	return best
}
