package content

import "slices"

// For is the text as somebody in the country reads it: an ISO 3166 code, or "" for one who chose none.
func (t *Text) For(country string) *Text {
	seen := *t
	seen.Screens = slices.Clone(t.Screens)
	for i, s := range t.Screens {
		seen.Screens[i].Blocks = s.For(country)
	}
	return &seen
}

// For gives the blocks that somebody in the country sees. Of passages that follow each other, those that name the
// country; if none does, those for Other. Without a country, all: each is then to be shown under its country's name.
func (s Screen) For(country string) []Block {
	var seen []Block
	for rest := s.Blocks; len(rest) > 0; {
		n := run(rest)
		seen = append(seen, pick(rest[:n], country)...)
		rest = rest[n:]
	}
	return seen
}

// run is how many blocks at the start belong together: one for everybody, or all the passages up to the next such one.
func run(blocks []Block) int {
	n := 0
	for n < len(blocks) && blocks[n].For != nil {
		n++
	}
	return max(n, 1)
}

func pick(blocks []Block, country string) []Block {
	if country == "" || blocks[0].For == nil {
		return blocks
	}
	if named := naming(blocks, country); named != nil {
		return named
	}
	return naming(blocks, Other)
}

func naming(blocks []Block, code string) []Block {
	var named []Block
	for _, b := range blocks {
		if slices.Contains(b.For, code) {
			named = append(named, b)
		}
	}
	return named
}
