package paper

// flow fills pages from the top, and turns to a new one where there is no room. Its area is the body of the current page.
type flow struct {
	*press
	area
	areas         []area
	width, height float64 // of a page
	tongue        Tongue
	y             float64 // where the next part begins
	err           error   // why a part could not be printed
}

const (
	marginSide = 50
	marginTop  = 44
	marginFoot = 62
)

// turn begins a new page.
func (f *flow) turn() {
	sheet := f.press.page(f.width, f.height)
	f.area = sheet.inside(marginSide, marginTop, f.width-2*marginSide, f.height-marginTop-marginFoot)
	f.areas = append(f.areas, f.area)
	f.y = 0
}

// need turns the page unless so much height is left on it; at the top of a page there is nothing to gain.
func (f *flow) need(height float64) {
	if f.y > 0 && f.y+height > f.h {
		f.turn()
	}
}

// lines draws a block from page to page, and leaves no first line alone at the foot of one.
func (f *flow) lines(b block) {
	f.need(b.lead * float64(min(2, len(b.lines))))
	for len(b.lines) > 0 {
		head, tail := b.cut(max(1, int((f.h-f.y+0.01)/b.lead)))
		f.y = f.put(head, 0, f.y, f.w, start)
		if b = tail; len(b.lines) > 0 {
			f.turn()
		}
	}
}

// title draws organisation and title, and a short rule, on the first page.
func (f *flow) title(organisation, title string) {
	f.mark(0, 0, 30, teal)
	org := f.fit(organisation, style{11, true, grey}, 7, f.w-42, 34, f.tongue)
	f.put(org, 42, 16-org.height()/2, f.w-42, start)
	f.y = 42
	f.lines(f.fit(title, style{24, true, teal}, 12, f.w, 110, f.tongue))
	f.fill(0, f.y+4, 56, 3, amber)
	f.y += 20
}

func (f *flow) heading(text string, st style) {
	b := f.set(text, st, f.w, f.tongue)
	if f.y > 20 {
		f.y += st.size * 0.6
	}
	f.need(b.height() + 40)
	f.lines(b)
	f.y += 4
}

// facts draws them in rows of four, each row on one page.
func (f *flow) facts(facts []Fact, t Tongue) {
	for len(facts) > 0 {
		row := facts[:min(4, len(facts))]
		f.need(factsHeight(row))
		f.area.facts(row, f.y, start, t)
		f.y += factsHeight(row)
		facts = facts[len(row):]
	}
	f.y += 8
}

// sign draws rows of three signature lines, each row on one page.
func (f *flow) sign(signers []Signer, t Tongue) {
	for len(signers) > 0 {
		row := signers[:min(3, len(signers))]
		f.need(signedHeight)
		f.signatures(row, f.y, f.w/3, t)
		f.y += signedHeight
		signers = signers[len(row):]
	}
}
