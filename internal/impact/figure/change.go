package figure

import "maps"

// Change is what moved in one line between two reports, with the reasons: how many units each.
type Change struct {
	Figure
	Was       Figure // the line before, without its facts
	New       int64  // happened since
	Late      int64  // happened before the last cut-off, known after it
	Corrected int64  // happened and were known before; what is known of them changed
	Defined   int64  // count by the new definition
	Refused   int64  // refused after a sample
	Undefined int64  // no longer count by the new definition
	Gone      int64  // taken back, erased, or moved
	Whole     int    // by how much a ratio's whole grew
	Redefined bool
	First     bool // the line was not in the report before
}

// Bounds of the report before.
type Bounds struct{ Until, Known int64 }

// Changes explains line by line how a report came from the one before.
func Changes(before, after []Figure, last Bounds, refused map[string]bool) (out []Change) {
	old := map[string]Figure{}
	for _, f := range before {
		old[f.ID] = f
	}
	for _, f := range after {
		was, ok := old[f.ID]
		c := Change{Figure: f, Was: was, Redefined: ok && was.Version != f.Version, First: !ok}
		c.Was.Counted = nil
		c.compare(was, last, refused)
		out = append(out, c)
	}
	return out
}

// compare counts what moved: of a ratio its part, since to add part and whole would say nothing.
func (c *Change) compare(was Figure, last Bounds, refused map[string]bool) {
	had, has := was.sides(), c.sides()
	c.Whole = len(c.wholes()) - len(was.wholes())
	maps.DeleteFunc(had, isWhole)
	maps.DeleteFunc(has, isWhole)
	for k, x := range has {
		if _, ok := had[k]; !ok {
			c.came(x, last)
		}
	}
	for k, x := range had {
		if _, ok := has[k]; ok {
			continue
		}
		switch {
		case refused[Refusal(c.ID, x.Unit)]:
			c.Refused++
		case c.Redefined:
			c.Undefined++
		default:
			c.Gone++
		}
	}
}

func (c *Change) came(x Counted, last Bounds) {
	switch {
	case x.At >= last.Until:
		c.New++
	case x.Arrived >= last.Known:
		c.Late++
	case c.Redefined:
		c.Defined++
	default:
		c.Corrected++
	}
}

// Still tells whether nothing moved in the line.
func (c Change) Still() bool {
	return !c.First && !c.Redefined && c.Whole == 0 && c.New+c.Late+c.Corrected+c.Defined+c.Refused+c.Undefined+c.Gone == 0
}

func isWhole(_ string, x Counted) bool { return x.Side == Whole }

// wholes are what a ratio is of.
func (f Figure) wholes() (out []Counted) {
	for _, x := range f.Counted {
		if x.Side == Whole {
			out = append(out, x)
		}
	}
	return out
}

// sides are the units of a figure, those of a ratio's part and whole apart.
func (f Figure) sides() map[string]Counted {
	out := map[string]Counted{}
	for _, x := range f.Counted {
		out[x.Side+"|"+x.Unit] = x
	}
	return out
}

// Missing lists what a figure counts that another, older one does not.
func (f Figure) Missing(from Figure) (out []Counted) {
	had := from.sides()
	for _, x := range f.Counted {
		if _, ok := had[x.Side+"|"+x.Unit]; !ok {
			out = append(out, x)
		}
	}
	return out
}
