package paper

import (
	"fmt"
	"time"

	"rsc.io/qr"
)

// Certificate is one A4 page, landscape: who took part in what. Empty fields take no room; long ones wrap and become
// smaller, and are in the end cut with an ellipsis. Line ends count as spaces.
type Certificate struct {
	Tongue       Tongue
	Organisation string   // who issues it
	Number       Fact     // its number, at the top
	Title        string   // "Certificate of attendance"
	Lead         string   // words above the name
	Name         string   // the person, in any script
	Text         string   // words below the name, as a rule a sentence with the path
	Facts        []Fact   // path, hours, dates, place …: eight at most
	Signers      []Signer // three at most
	Verify       string   // the address that proves it: in the QR code, and printed below
	VerifyHint   string   // what the code is for
}

// PDF makes the certificate. ErrTooMany: more facts or signers than the page holds; an error of QR: a Verify too long.
func (c Certificate) PDF(at time.Time) ([]byte, error) {
	if len(given(c.Facts)) > 8 || len(c.Signers) > 3 {
		return nil, fmt.Errorf("%w: %d facts, %d signers", ErrTooMany, len(c.Facts), len(c.Signers))
	}
	p, err := newPress(c.Title, c.Tongue)
	if err != nil {
		return nil, err
	}
	a := p.page(long, short)
	a.frame(24, 24, long-48, short-48, 1.4, teal)
	body := a.inside(60, 48, long-120, short-96)
	c.top(body)
	c.middle(body.inside(0, 48, body.w, 316))
	if err := c.bottom(body.inside(0, 380, body.w, body.h-380)); err != nil {
		return nil, err
	}
	return p.pdf(at), nil
}

// top names the organisation at the start and the number at the end.
func (c Certificate) top(a area) {
	a.mark(0, 0, 34, teal)
	org := a.press.fit(c.Organisation, style{14, true, black}, 8, a.w-46-210, 40, c.Tongue)
	a.put(org, 46, 19-org.height()/2, a.w-46-210, start)
	number := a.press.fit(join(c.Number), style{10.5, false, grey}, 6, 200, 30, c.Tongue)
	a.put(number, a.w-200, 19-number.height()/2, 200, end)
}

// join writes a fact on one line, the value isolated from the direction of the label; without a value it is empty.
func join(f Fact) string {
	if len(given([]Fact{f})) == 0 {
		return ""
	}
	return f.Label + " \u2068" + f.Value + "\u2069"
}

// middle stacks title, person, sentence and facts, centred in what room there is.
func (c Certificate) middle(a area) {
	set := func(text string, st style, least, width, height float64) block {
		return a.press.fit(text, st, least, width, height, c.Tongue)
	}
	title := set(c.Title, style{36, true, teal}, 18, a.w, 50)
	lead := set(c.Lead, style{14, false, grey}, 9, a.w, 24)
	name := set(c.Name, style{40, true, black}, 13, a.w, 72)
	text := set(c.Text, style{14, false, black}, 8, a.w-100, 44)
	facts := given(c.Facts)
	gap := map[bool]float64{true: 8}
	height := title.height() + 19 + lead.height() + name.height() + text.height() + gap[len(text.lines) > 0] + factsHeight(facts)
	y := a.put(title, 0, (a.h-height)/2, a.w, centre)
	a.fill(a.w/2-28, y+4, 56, 3, amber)
	y = a.put(lead, 0, y+16, a.w, centre) + 3
	y = a.put(name, 0, y, a.w, centre)
	y = a.put(text, 50, y, a.w-100, centre) + gap[len(text.lines) > 0]
	a.facts(facts, y, centre, c.Tongue)
}

// bottom is for the signatures, from the start, and the code, at the end.
func (c Certificate) bottom(a area) error {
	width := a.w
	if c.Verify != "" {
		code, err := encode(c.Verify)
		if err != nil {
			return err
		}
		c.proof(a, code)
		width -= 200
	}
	a.signatures(c.Signers, a.h-signedHeight, min(width/float64(max(len(c.Signers), 1)), 260), c.Tongue)
	return nil
}

// proof draws the code with its address below, and beside it what it is for.
func (c Certificate) proof(a area, code *qr.Code) {
	const side, width = 92, 180
	x, y := a.w-width, a.h-side-24
	a.code(code, a.w-side, y, side)
	hint := a.press.fit(c.VerifyHint, style{9, false, grey}, 6, width-side-4, side-20, c.Tongue)
	a.put(hint, x, y+(side-hint.height())/2, width-side-4, end)
	latin, st := Tongue{Lang: c.Tongue.Lang}, style{8.5, false, grey}
	if whole := a.press.set(c.Verify, st, long*long, latin); whole.width() > width { // one line if it can be read
		st.size = max(6.5, st.size*width/whole.width()-0.01)
	}
	a.put(a.press.fit(c.Verify, st, 5, width, 24, latin), x, y+side, width, end)
}
