package document

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"tremplin/internal/learning/content"
)

// part is a heading with what stands below it, deeper headings included.
type part struct {
	title string
	items []item
}

// divide makes screens of what was read.
func (r *reader) divide() error {
	r.guess()
	level := r.split()
	if err := r.about(); err != nil {
		return err
	}
	r.sections(r.items, r.doc.Title, level)
	return nil
}

// guess takes bold lines for headings where a document has none.
func (r *reader) guess() {
	var found []int
	for i, it := range r.items {
		if it.level > 0 {
			return
		}
		if it.bold && it.point == nil && utf8.RuneCountInString(it.plain) <= maxBold && i+1 < len(r.items) {
			found = append(found, i)
		}
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		r.items[i].level = 1
	}
	r.noted.note(Guessed, "")
}

// split is the level of the headings that begin screens. A single heading above all others is the document's title.
func (r *reader) split() int {
	counts, first := map[int]int{}, -1
	for i, it := range r.items {
		if it.level > 0 {
			counts[it.level]++
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return 0
	}
	levels := sorted(counts)
	if len(levels) == 1 && counts[levels[0]] == 1 && r.doc.Title == "" {
		r.doc.Title = clip(r.items[first].plain, content.MaxTitle)
	}
	if len(levels) == 1 || counts[levels[0]] > 1 || r.items[first].level != levels[0] {
		return levels[0]
	}
	if head := r.items[first]; r.doc.Title == "" || r.doc.Title == head.plain {
		r.doc.Title = clip(head.plain, content.MaxTitle)
		r.items = slices.Delete(r.items, first, first+1)
	}
	return levels[1]
}

func sorted(counts map[int]int) (levels []int) {
	for l := 1; l <= 9; l++ {
		if counts[l] > 0 {
			levels = append(levels, l)
		}
	}
	return levels
}

// sections makes screens of headings down to a level. A heading with nothing below it stands in bold letters on the
// screen that follows.
func (r *reader) sections(items []item, title string, level int) {
	p := part{title: title}
	var bare []item
	end := func() {
		if len(p.items) == 0 {
			return
		}
		p.items = append(bare, p.items...)
		bare = nil
		r.section(p)
	}
	for _, it := range items {
		if it.level == 0 || it.level > level {
			p.items = append(p.items, it)
			continue
		}
		end()
		if len(p.items) == 0 && p.title != r.doc.Title {
			bare = append(bare, r.strong(p.title))
		}
		p = part{title: it.plain}
	}
	if len(p.items) == 0 && p.title != r.doc.Title {
		p.items = []item{r.strong(p.title)}
	}
	end()
}

func (r *reader) strong(s string) item {
	return item{text: r.markdown([]span{{text: s, bold: true}})}
}

// section makes one screen of a part; one that is too long is divided at its own headings, else where it is full.
func (r *reader) section(p part) {
	if utf8.RuneCountInString(p.title) > maxTitle {
		p.items = append([]item{r.strong(p.title)}, p.items...)
		p.title = clip(p.title, maxTitle)
	}
	deeper := map[int]int{}
	for _, it := range p.items {
		deeper[it.level]++
	}
	below := sorted(deeper)
	if !fits(p.items) && len(below) > 0 {
		r.sections(p.items, p.title, below[0])
		return
	}
	for i, screen := range r.portions(p.items) {
		title := p.title
		if i > 0 {
			title = fmt.Sprintf("%s (%d)", p.title, i+1)
		}
		r.screen(title, screen)
	}
}
