package paper

import (
	"cmp"
	"slices"
	"sort"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
)

// Lines are cut here and not by shaping.LineWrapper, which (v0.3.5) orders runs by direction instead of level, overshoots
// where it breaks a word, and takes seconds for words of thousands of letters.

// measure notes where each rune ends and where lines may begin (UAX #14). A group of runes has its length at its first.
func (p *shaped) measure(s *segmenter.Segmenter) {
	p.ends, p.breaks = make([]int, len(p.text)+1), make([]bool, len(p.text))
	for _, run := range p.runs {
		for _, g := range run.Glyphs {
			p.ends[g.TextIndex()+1] += int(g.Advance)
		}
	}
	sum := 0
	for i, length := range p.ends {
		sum += length
		p.ends[i] = sum >> 6
	}
	s.Init(p.text)
	for lines := s.LineIterator(); lines.Next(); {
		p.breaks[lines.Line().Offset] = true
	}
}

// wrap cuts the paragraph into lines no longer than the measure. A longer word is broken between its letters.
func (p *shaped) wrap(measure int) []line {
	var lines []line
	from, last := 0, 0
	for i, r := range p.text {
		if p.breaks[i] {
			last = i
		}
		if r == ' ' || i == from || p.ends[i+1]-p.ends[from] <= measure || p.ends[i+1] == p.ends[i] {
			continue
		}
		if last <= from {
			last = i
		}
		lines = append(lines, p.line(from, last))
		from = last
	}
	return append(lines, p.line(from, len(p.text)))
}

// line takes some runes out of the paragraph and puts them into the order of sight. It leaves out the spaces at its end,
// which would show as a gap where the direction changes.
func (p *shaped) line(from, to int) line {
	l := line{text: p.text, end: to}
	for to > from && p.text[to-1] == ' ' {
		to--
	}
	first := sort.Search(len(p.runs), func(i int) bool { return p.runs[i].Runes.Offset+p.runs[i].Runes.Count > from })
	for _, run := range p.runs[first:] {
		if run.Runes.Offset >= to {
			break
		}
		run.Glyphs = between(run, from, to)
		l.width += advance(run.Glyphs)
		l.runs = append(l.runs, run)
	}
	reorder(l.runs, p.levels)
	return l
}

// between returns the glyphs of a run that stand for some runes; from right to left they are stored backwards.
func between(run shaping.Output, from, to int) []shaping.Glyph {
	g := run.Glyphs
	if run.Direction == di.DirectionRTL {
		low := sort.Search(len(g), func(i int) bool { return g[i].TextIndex() < to })
		return g[low:sort.Search(len(g), func(i int) bool { return g[i].TextIndex() < from })]
	}
	low := sort.Search(len(g), func(i int) bool { return g[i].TextIndex() >= from })
	return g[low:sort.Search(len(g), func(i int) bool { return g[i].TextIndex() >= to })]
}

// reorder puts the runs of a line, given in reading order, into the order in which the eye meets them from the left
// (UAX #9, rule L2).
func reorder(runs []shaping.Output, levels []bidi.Level) {
	level := func(o shaping.Output) bidi.Level { return levels[o.Runes.Offset] }
	if len(runs) == 0 {
		return
	}
	highest := level(slices.MaxFunc(runs, func(a, b shaping.Output) int { return cmp.Compare(level(a), level(b)) }))
	for l := highest; l > 0; l-- {
		for start := 0; start < len(runs); start++ {
			end := start
			for end < len(runs) && level(runs[end]) >= l {
				end++
			}
			slices.Reverse(runs[start:end])
			start = end
		}
	}
}
