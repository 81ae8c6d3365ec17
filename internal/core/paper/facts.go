package paper

const (
	factHeight = 46 // of one row, in points
	factGap    = 6

	penRoom      = 40 // above a signature line
	signedHeight = 86 // with the two lines of words below
)

// factsHeight is the room that facts take: rows of four at most, and a gap above.
func factsHeight(facts []Fact) float64 { return float64((len(facts)+3)/4)*factHeight + factGap }

// facts draws labelled values in rows of equal columns; the words stand at one side of theirs.
func (a area) facts(facts []Fact, y float64, at side, t Tongue) {
	y += factGap
	perRow := (len(facts) + (len(facts)+3)/4 - 1) / max(1, (len(facts)+3)/4)
	for i, f := range facts {
		row, column := i/perRow, i%perRow
		width := a.w / float64(min(perRow, len(facts)-row*perRow))
		cell := a.inside(float64(column)*width, y+float64(row)*factHeight, width, factHeight)
		x, inner := 10.0, width-20
		if at == start {
			x = 0
		} else if column > 0 {
			cell.rule(0, 4, 0, factHeight-8, 0.6, pale)
		}
		label := a.press.fit(f.Label, style{9.5, false, grey}, 6, inner, 17, t)
		value := a.press.fit(f.Value, style{13, true, black}, 6.5, inner, factHeight-2-label.height(), t)
		cell.put(value, x, cell.put(label, x, 2, inner, at), inner, at)
	}
}

// signatures draws lines to sign on, side by side in columns of the given width, with name
// and role below; y is where the room for the pen begins.
func (a area) signatures(signers []Signer, y, each float64, t Tongue) {
	const gap = 24
	for i, s := range signers {
		cell := a.inside(float64(i)*each, y, each-gap, signedHeight)
		cell.rule(0, penRoom, cell.w, penRoom, 0.8, black)
		name := a.press.fit(s.Name, style{11, true, black}, 6, cell.w, 22, t)
		role := a.press.fit(s.Role, style{10, false, grey}, 6, cell.w, 22, t)
		cell.put(role, 0, cell.put(name, 0, penRoom+3, cell.w, start), cell.w, start)
	}
}
