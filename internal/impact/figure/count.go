package figure

import (
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr/vm"

	"tremplin/internal/core/programme"
)

// ways of taking a unit's facts.
const (
	anyFact   = "any"
	firstFact = "first"
	lastFact  = "last"
)

// Filter narrows a figure to those cells; empty fields do not. Times are µs, from included, to excluded.
type Filter struct {
	Organisation, Country string
	From, To              int64
}

// Zero tells whether nothing is narrowed.
func (f Filter) Zero() bool { return f == Filter{} }

func (f Filter) takes(x *Fact) bool {
	return (f.Organisation == "" || x.Organisation == f.Organisation) && (f.Country == "" || x.Country == f.Country) &&
		x.At >= f.From && (f.To == 0 || x.At < f.To)
}

// Asked is what a figure is asked for.
type Asked struct {
	Filter  Filter
	Refused map[string]bool // units that an auditor refused: Refusal(indicator, unit)
	Report  string          // of the calendar: its floor is the figure's Due
}

// Refusal names a refused unit of an indicator.
func Refusal(indicator, unit string) string { return indicator + "|" + unit }

// Sort puts facts in the order in which units count: by time, those of one instant by key.
func Sort(facts []*Fact) {
	slices.SortFunc(facts, func(a, b *Fact) int {
		if a.At != b.At {
			return int(min(1, max(-1, a.At-b.At)))
		}
		return strings.Compare(a.Key, b.Key)
	})
}

// Prepare makes what expressions see of facts: afterwards they may be counted side by side.
func (b *Book) Prepare(facts []*Fact) {
	for _, f := range facts {
		f.environment(b.zone)
	}
}

// Count makes a figure of sorted facts, of all kinds, that happened and were known by the cut-off.
func (b *Book) Count(x *Indicator, facts []*Fact, a Asked) (Figure, error) {
	f := b.begin(x, a)
	t := tally{book: b, figure: &f, cells: map[string]map[string]*Cell{}}
	for i, r := range x.rules() {
		side := ""
		if x.Count == ratio {
			side = []string{Part, Whole}[i]
		}
		units, err := b.units(r, facts)
		if err != nil {
			return f, err
		}
		for _, u := range units {
			if !a.Refused[Refusal(x.ID, u.unit)] && a.Filter.takes(u.fact) {
				t.add(u, side)
			}
		}
	}
	t.close(x, a)
	return f, nil
}

func (b *Book) begin(x *Indicator, a Asked) Figure {
	f := Figure{
		ID: x.ID, Version: x.Version, From: x.From, Kind: x.Kind, Unit: x.Unit, Title: x.Title, Definition: x.Definition,
		Because: x.Because, Ratio: x.Count == ratio, Due: x.Target.Report[a.Report], By: x.By, Target: x.Target.Value,
	}
	for _, e := range x.Evidence {
		f.Proofs = append(f.Proofs, b.Evidence[e])
	}
	switch {
	case a.Filter.Organisation != "":
		f.Target, f.Due = x.Target.Of["organisation"][a.Filter.Organisation], 0
	case a.Filter.Country != "":
		f.Target, f.Due = x.Target.Of["country"][a.Filter.Country], 0
	}
	if a.Filter.From > 0 || a.Filter.To > 0 { // a floor is for the whole time
		f.Target, f.Due = 0, 0
	}
	return f
}

// taken is a unit with the fact by which it counts.
type taken struct {
	unit string
	fact *Fact
}

// units finds the units of a rule, by the time of the fact by which they count.
func (b *Book) units(r *Rule, facts []*Fact) ([]taken, error) {
	var machine vm.VM
	chosen, order := map[string]*Fact{}, []string{}
	for _, f := range facts {
		if f.Kind != r.Fact {
			continue
		}
		u := b.unit(r, f)
		if u == "" {
			continue
		}
		old := chosen[u]
		if old != nil && r.Take != lastFact {
			continue
		}
		if r.Take == anyFact {
			if ok, err := r.holds.met(&machine, f, b.zone); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		if old == nil {
			order = append(order, u)
		}
		chosen[u] = f
	}
	return b.hold(r, chosen, order)
}

// hold leaves out the units whose one fact does not hold, where first or last was taken.
func (b *Book) hold(r *Rule, chosen map[string]*Fact, order []string) (out []taken, err error) {
	var machine vm.VM
	for _, u := range order {
		ok := r.Take == anyFact
		if !ok {
			if ok, err = r.holds.met(&machine, chosen[u], b.zone); err != nil {
				return nil, err
			}
		}
		if ok {
			out = append(out, taken{u, chosen[u]})
		}
	}
	return out, nil
}

// unit is what a fact counts for: empty where it counts for nothing.
func (b *Book) unit(r *Rule, f *Fact) string {
	switch r.Count {
	case owners:
		return text(f.Owner)
	case subjects:
		return text(f.Subject)
	case pairs:
		parts := make([]string, len(r.Pair))
		for i, p := range r.Pair {
			if parts[i] = f.Value(p, b.zone); parts[i] == "" {
				return ""
			}
		}
		return strings.Join(parts, "|")
	}
	return f.Key
}

// tally adds units to a figure and its cells.
type tally struct {
	book   *Book
	figure *Figure
	cells  map[string]map[string]*Cell
}

func (t *tally) add(u taken, side string) {
	f, x := t.figure, u.fact
	count(&f.N, &f.Part, &f.Whole, side)
	for _, d := range f.By {
		c := t.cell(d, x.Value(d, t.book.zone))
		count(&c.N, &c.Part, &c.Whole, side)
	}
	f.Counted = append(f.Counted, Counted{
		Unit: u.unit, Key: x.Key, Entry: x.Entry, Fact: x.Kind, Side: side, At: x.At, Arrived: x.Arrived,
		Organisation: x.Organisation, Country: x.Country, Language: x.Language, Owner: x.Story, Person: x.Person,
	})
}

func count(n, part, whole *int64, side string) {
	switch side {
	case Part:
		*part++
	case Whole:
		*whole++
	default:
		*n++
	}
}

func (t *tally) cell(split, value string) *Cell {
	if t.cells[split] == nil {
		t.cells[split] = map[string]*Cell{}
	}
	c := t.cells[split][value]
	if c == nil {
		c = &Cell{Value: value}
		t.cells[split][value] = c
	}
	return c
}

// close adds the cells that were promised and are still empty, takes shares, and puts all in order.
func (t *tally) close(x *Indicator, a Asked) {
	f := t.figure
	for d, of := range x.Target.Of {
		for v, n := range of {
			if a.Filter.Zero() && slices.Contains(x.By, d) {
				t.cell(d, v).Target = n
			}
		}
	}
	if f.Ratio {
		f.N = percent(f.Part, f.Whole)
	}
	f.Cells = map[string][]Cell{}
	for d, of := range t.cells {
		for _, c := range of {
			if f.Ratio {
				c.N = percent(c.Part, c.Whole)
			}
			f.Cells[d] = append(f.Cells[d], *c)
		}
		slices.SortFunc(f.Cells[d], byOrder(d))
	}
	slices.SortStableFunc(f.Counted, latest)
}

// byOrder sorts months by time and all else by size.
func byOrder(split string) func(a, b Cell) int {
	return func(a, b Cell) int {
		if split != "month" && a.N != b.N {
			return int(b.N - a.N)
		}
		return strings.Compare(a.Value, b.Value)
	}
}

func latest(a, b Counted) int {
	if a.At != b.At {
		return int(min(1, max(-1, b.At-a.At)))
	}
	return strings.Compare(b.Key, a.Key)
}

// All counts every indicator that is valid at the cut-off.
func (b *Book) All(until time.Time, facts []*Fact, a Asked) (out []Figure, err error) {
	for _, x := range b.Valid(until) {
		f, err := b.Count(x, facts, a)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// Title finds how an indicator is called, whatever its version.
func (b *Book) Title(indicator string) programme.Text {
	for _, x := range b.Indicators {
		if x.ID == indicator {
			return x.Title
		}
	}
	return nil
}
