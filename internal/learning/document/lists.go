package document

import (
	"fmt"
	"strings"

	"tremplin/internal/learning/content"
)

// compose writes a screen's paragraphs and lists as Markdown.
func compose(items []item) string {
	c := composer{depth: -1}
	for _, it := range items {
		if it.point == nil {
			c.add("\n\n", it.text)
			c = composer{b: c.b, depth: -1}
			continue
		}
		c.item(*it.point, it.text)
	}
	if _, err := content.Render(c.b); err != nil { // a list that Markdown reads otherwise: its lines say the same
		return plainly(items)
	}
	return c.b
}

func plainly(items []item) string {
	all := make([]string, len(items))
	for i, it := range items {
		all[i] = it.text
	}
	return strings.Join(all, "\n\n")
}

// composer remembers how the open list counts, level by level.
type composer struct {
	b      string
	depth  int // of the last item; -1: no list is open
	last   [maxIndent + 1]int
	braces [maxIndent + 1]bool // this level writes 1) rather than 1.
}

func (c *composer) add(gap, text string) {
	if c.b != "" {
		c.b += gap
	}
	c.b += text
}

// item writes a line of a list. Where the count does not go on, the other sign after the number begins a new list.
func (c *composer) item(p point, text string) {
	p.depth = min(p.depth, c.depth+1)
	gap := "\n"
	deeper := p.depth > c.depth
	switch {
	case c.depth < 0, deeper && p.number > 1:
		gap = "\n\n"
	case deeper:
	case (p.number == 0) != (c.last[p.depth] == 0):
		gap = "\n\n"
	case p.number > 0 && p.number != c.last[p.depth]+1:
		gap, c.braces[p.depth] = "\n\n", !c.braces[p.depth]
	}
	c.depth, c.last[p.depth] = p.depth, p.number
	mark := "- "
	if p.number > 0 {
		mark = fmt.Sprintf("%d%s ", p.number, map[bool]string{false: ".", true: ")"}[c.braces[p.depth]])
	}
	indent := strings.Repeat("    ", p.depth)
	c.add(gap, indent+mark+strings.ReplaceAll(text, "\n", "\n"+indent+strings.Repeat(" ", len(mark))))
}
