package paper

import (
	"fmt"
	"time"

	"rsc.io/qr"
)

// Card lets one person sign in: a first name, a code, and two short lines in that person's language.
type Card struct {
	Tongue Tongue
	Name   string
	Code   string // what the QR code says; required
	Lines  [2]string
}

const cardsOnPage = 8

// Cards lays cards out on A4 sheets, eight on each, with lines to cut along. The title is the file's, not printed.
// ErrEmpty: no cards; an error of QR: a code too long.
func Cards(title string, cards []Card, at time.Time) ([]byte, error) {
	if len(cards) == 0 {
		return nil, ErrEmpty
	}
	p, err := newPress(title, Tongue{Lang: cards[0].Tongue.Lang})
	if err != nil {
		return nil, err
	}
	var sheet area
	for i, card := range cards {
		if i%cardsOnPage == 0 {
			sheet = cutSheet(p)
		}
		code, err := encode(card.Code)
		if err != nil {
			return nil, fmt.Errorf("card %d: %w", i+1, err)
		}
		column, row := float64(i%2), float64(i%cardsOnPage/2)
		card.draw(sheet.inside(column*short/2, row*long/4, short/2, long/4), code)
	}
	return p.pdf(at), nil
}

// cutSheet adds a page with its lines: one down the middle, three across.
func cutSheet(p *press) area {
	sheet := p.page(short, long)
	sheet.dashes(short/2, 0, short/2, long)
	for row := 1.0; row < 4; row++ {
		sheet.dashes(0, row*long/4, short, row*long/4)
	}
	return sheet
}

// draw places the name above, the code at the start below it, and the lines beside the code.
func (c Card) draw(a area, code *qr.Code) {
	const pad, side, x = 20, 118, 144
	a.rtl = c.Tongue.RTL
	name := a.press.fit(c.Name, style{22, true, teal}, 9, a.w-2*pad, 52, c.Tongue)
	a.put(name, pad, pad+(48-name.height())/2, a.w-2*pad, start)
	y := a.h - pad - side
	a.code(code, pad-10, y, side)
	width := a.w - pad - x
	first := a.press.fit(c.Lines[0], style{13, true, black}, 7, width, 52, c.Tongue)
	second := a.press.fit(c.Lines[1], style{11.5, false, black}, 7, width, 56, c.Tongue)
	y += (side - first.height() - second.height() - 4) / 2
	a.put(second, x, a.put(first, x, y, width, start)+4, width, start)
}
