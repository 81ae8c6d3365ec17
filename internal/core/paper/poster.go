package paper

import (
	"fmt"
	"time"

	"rsc.io/qr"
)

// Saying is a sentence in its own language.
type Saying struct {
	Tongue Tongue
	Text   string
}

// Poster is one A4 page for a wall: a big title, a sentence in each language, a code, who pays.
type Poster struct {
	Tongue       Tongue
	Organisation string
	Title        string
	Sayings      []Saying // sixteen at most, all set in one size
	Link         string   // what the QR code says, an address; printed below it
	LinkHint     string   // what one finds there
	Funder       string   // the funder's line, at the foot
}

// PDF makes the poster. ErrTooMany: more than sixteen sentences; an error of QR: a Link too long.
func (p Poster) PDF(at time.Time) ([]byte, error) {
	if len(p.Sayings) > 16 {
		return nil, fmt.Errorf("%w: %d sentences", ErrTooMany, len(p.Sayings))
	}
	press, err := newPress(p.Title, p.Tongue)
	if err != nil {
		return nil, err
	}
	a := press.page(short, long)
	p.banner(a.inside(0, 0, a.w, 250))
	room := a.inside(48, 250, a.w-96, a.h-250-30)
	room.h -= p.foot(room)
	if p.Link != "" {
		code, err := encode(p.Link)
		if err != nil {
			return nil, err
		}
		room.h -= p.invite(room, code)
	}
	p.say(room)
	return press.pdf(at), nil
}

// banner is the title on teal, with the organisation above.
func (p Poster) banner(a area) {
	a.fill(0, 0, a.w, a.h, teal)
	a.mark(48, 36, 38, white)
	org := a.press.fit(p.Organisation, style{15, true, white}, 8, a.w-150, 40, p.Tongue)
	a.put(org, 98, 57-org.height()/2, a.w-150, start)
	title := a.press.fit(p.Title, style{52, true, white}, 16, a.w-96, 144, p.Tongue)
	a.put(title, 48, 88+(144-title.height())/2, a.w-96, start)
}

// foot draws the funder's line at the bottom and returns the height it took.
func (p Poster) foot(a area) float64 {
	b := a.press.fit(p.Funder, style{10.5, false, grey}, 6, a.w, 44, p.Tongue)
	if len(b.lines) == 0 {
		return 0
	}
	a.rule(0, a.h-b.height()-8, a.w, a.h-b.height()-8, 0.6, pale)
	a.put(b, 0, a.h-b.height(), a.w, centre)
	return b.height() + 18
}

// invite draws the code with words below, at the bottom of the area, and returns the height it took.
func (p Poster) invite(a area, code *qr.Code) float64 {
	const side = 170
	hint := a.press.fit(p.LinkHint, style{14, true, black}, 8, a.w, 40, p.Tongue)
	link := a.press.fit(p.Link, style{12, false, teal}, 6, a.w, 34, Tongue{Lang: p.Tongue.Lang})
	height := side + hint.height() + link.height()
	a.code(code, (a.w-side)/2, a.h-height, side)
	a.put(link, 0, a.put(hint, 0, a.h-height+side, a.w, centre), a.w, centre)
	return height + 6
}

// say sets every sentence in the largest size in which all fit; below the smallest, each is cut to an equal share.
func (p Poster) say(a area) {
	const gap, least = 12, 8
	room := a.h - 2*gap
	blocks := p.sizeDown(a, gap, room, least)
	if stacked(blocks, gap) > room {
		for i, s := range p.Sayings {
			blocks[i] = a.press.fit(s.Text, blocks[i].style, 5, a.w, room/float64(len(blocks))-gap, s.Tongue)
		}
	}
	y := (a.h - stacked(blocks, gap)) / 2
	for _, b := range blocks {
		y = a.put(b, 0, y, a.w, centre) + gap
	}
}

func (p Poster) sizeDown(a area, gap, room, least float64) []block {
	parts := make([][]shaped, len(p.Sayings))
	for i, s := range p.Sayings {
		parts[i] = a.press.shapeAll(s.Text, false, s.Tongue)
	}
	blocks := make([]block, len(parts))
	for size := 24.0; ; size = max(least, size*0.94) {
		for i := range parts {
			blocks[i] = a.press.lay(parts[i], style{size, false, black}, a.w)
		}
		if size == least || stacked(blocks, gap) <= room {
			return blocks
		}
	}
}

// stacked is the height of blocks one above the other.
func stacked(blocks []block, gap float64) float64 {
	height := -gap
	for _, b := range blocks {
		height += b.height() + gap
	}
	return height
}
