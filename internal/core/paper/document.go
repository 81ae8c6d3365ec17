package paper

import (
	"fmt"
	"time"
)

// Document is a paper of any length: minutes, a report, an attendance sheet. Its parts are printed in the order in which
// they were added; pages break between lines, and every page has its number.
type Document struct {
	Tongue       Tongue
	Landscape    bool
	Organisation string                    // above the title
	Title        string                    // on the first page, small at the foot of all
	Page         func(page, of int) string // words for the page number; nil gives "1 / 3"
	parts        []func(*flow)
}

// Heading adds a heading of level 1, 2 or 3. It stays with what follows it.
func (d *Document) Heading(level int, text string) {
	size := [...]float64{17, 13.5, 11.5}[min(max(level, 1), 3)-1]
	d.parts = append(d.parts, func(f *flow) { f.heading(text, style{size, true, teal}) })
}

// Para adds a paragraph; a line end in the text starts a new one.
func (d *Document) Para(text string) {
	d.parts = append(d.parts, func(f *flow) {
		f.lines(f.set(text, style{11, false, black}, f.w, d.Tongue))
		f.y += 7
	})
}

// Facts adds labelled values in rows of four: date, place, trainer.
func (d *Document) Facts(facts ...Fact) {
	d.parts = append(d.parts, func(f *flow) { f.facts(given(facts), d.Tongue) })
}

// Table adds a table; its header is repeated on every page that it reaches.
func (d *Document) Table(t Table) {
	d.parts = append(d.parts, func(f *flow) { f.table(t, d.Tongue) })
}

// Sign adds lines to sign on, three in a row.
func (d *Document) Sign(signers ...Signer) {
	d.parts = append(d.parts, func(f *flow) { f.sign(signers, d.Tongue) })
}

// PDF makes the document; without parts it is its title alone. ErrTooMany: a table whose columns have no room for a letter.
func (d *Document) PDF(at time.Time) ([]byte, error) {
	p, err := newPress(d.Title, d.Tongue)
	if err != nil {
		return nil, err
	}
	f := &flow{press: p, width: short, height: long, tongue: d.Tongue}
	if d.Landscape {
		f.width, f.height = long, short
	}
	f.turn()
	f.title(d.Organisation, d.Title)
	for _, part := range d.parts {
		if part(f); f.err != nil {
			return nil, f.err
		}
	}
	title := f.fit(d.Title, style{9, false, grey}, 6, f.w-120, 20, d.Tongue)
	for i, a := range f.areas {
		a.foot(title, f.fit(d.number(i+1, len(f.areas)), style{9, false, grey}, 6, 110, 20, d.Tongue))
	}
	return p.pdf(at), nil
}

func (d *Document) number(page, of int) string {
	if d.Page == nil {
		return fmt.Sprintf("%d / %d", page, of)
	}
	return d.Page(page, of)
}

// foot draws title and page number below the body of a page.
func (a area) foot(title, number block) {
	y := a.h + 12
	a.rule(0, y, a.w, y, 0.6, pale)
	a.put(title, 0, y+4, a.w-120, start)
	a.put(number, a.w-110, y+4, 110, end)
}
