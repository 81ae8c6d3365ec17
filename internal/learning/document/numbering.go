package document

import "strconv"

// Levels of a list, from 0.
const (
	deepest   = 8 // that Word knows
	maxIndent = 4 // that a phone shows
)

// numbering is how a document's lists count.
type numbering struct {
	abstract map[string]map[int]level // by the list's definition
	of       map[string]string        // definition by list
	starts   map[string]map[int]int   // lists that begin elsewhere than their definition says
	counts   map[string]map[int]int   // by definition or, where it begins anew, by list
}

// level is how one level of a list counts.
type level struct {
	format string
	start  int
}

func readNumbering(n *node) *numbering {
	b := &numbering{map[string]map[int]level{}, map[string]string{}, map[string]map[int]int{}, map[string]map[int]int{}}
	links := map[string]string{} // definition by the style that names it
	for _, a := range n.all("w:abstractNum") {
		b.abstract[a.attr("w:abstractNumId")] = levelsOf(a)
		if link := a.kid("w:styleLink").val(); link != "" {
			links[link] = a.attr("w:abstractNumId")
		}
	}
	for _, a := range n.all("w:abstractNum") {
		if to, ok := links[a.kid("w:numStyleLink").val()]; ok {
			b.abstract[a.attr("w:abstractNumId")] = b.abstract[to]
		}
	}
	for _, num := range n.all("w:num") {
		id := num.attr("w:numId")
		b.of[id] = num.kid("w:abstractNumId").val()
		for _, o := range num.all("w:lvlOverride") {
			if at, err := strconv.Atoi(o.kid("w:startOverride").val()); err == nil {
				if b.starts[id] == nil {
					b.starts[id] = map[int]int{}
				}
				b.starts[id][number(o.attr("w:ilvl"))] = at
			}
		}
	}
	return b
}

func levelsOf(a *node) map[int]level {
	out := map[int]level{}
	for _, l := range a.all("w:lvl") {
		if number(l.attr("w:ilvl")) > deepest {
			continue
		}
		start := 1
		if s := l.kid("w:start"); s != nil {
			start = number(s.val())
		}
		out[number(l.attr("w:ilvl"))] = level{l.kid("w:numFmt").val(), start}
	}
	return out
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// point is one item of a list: how deep, and its number; 0 is a bullet.
type point struct {
	depth, number int
	letters       bool
}

// next counts on in a list; ok is false where the paragraph stands in none.
func (b *numbering) next(num *node) (p point, ok bool) {
	id, at := num.kid("w:numId").val(), number(num.kid("w:ilvl").val())
	if at > deepest {
		return p, false
	}
	l, ok := b.abstract[b.of[id]][at]
	if !ok || l.format == "none" {
		return p, false
	}
	p.depth = min(at, maxIndent)
	if l.format == "bullet" || l.format == "" {
		return p, true
	}
	p.letters = l.format != "decimal" && l.format != "decimalZero"
	p.number = b.count(id, at, l.start)
	return p, true
}

// count goes on where the list's definition stands, or where the list says that it begins anew.
func (b *numbering) count(id string, at, start int) int {
	key := b.of[id]
	if from, own := b.starts[id][at]; own {
		key, start = "list "+id, from
	}
	if b.counts[key] == nil {
		b.counts[key] = map[int]int{}
	}
	c := b.counts[key]
	if _, begun := c[at]; !begun {
		c[at] = start - 1
	}
	c[at]++
	for deeper := range c {
		if deeper > at {
			delete(c, deeper)
		}
	}
	return c[at]
}
