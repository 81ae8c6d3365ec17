package paper

import (
	"bytes"
	"fmt"
	"image"
	"time"
)

// press is one PDF file in the making.
type press struct {
	*setter
	title string
	lang  string
	rtl   bool
	pages []*page
	drawn []*used // the fonts drawn in, in the order of their first use
	grey  []*image.Gray
}

// page is one sheet: its size in points, and the drawing operators so far.
type page struct {
	press *press
	w, h  float64
	ops   bytes.Buffer
}

func newPress(title string, t Tongue) (*press, error) {
	s, err := newSetter()
	if err != nil {
		return nil, err
	}
	return &press{setter: s, title: title, lang: t.Lang, rtl: t.RTL}, nil
}

// page adds a sheet and returns it as an area to draw on, mirrored if the file is read from right to left.
func (p *press) page(w, h float64) area {
	sheet := &page{press: p, w: w, h: h}
	p.pages = append(p.pages, sheet)
	return area{page: sheet, w: w, h: h, rtl: p.rtl}
}

// font returns the name by which pages call a font.
func (p *press) font(u *used) string {
	if u.id == 0 {
		p.drawn = append(p.drawn, u)
		u.id = len(p.drawn)
	}
	return fmt.Sprintf("/F%d", u.id)
}

// pdf writes the file, made at the given time.
func (p *press) pdf(at time.Time) []byte {
	o := newObjects()
	tree, fonts := o.reserve(), o.reserve()
	pictures := p.pictures(o)
	var sheets []int
	for _, sheet := range p.pages {
		content := o.stream(sheet.ops.Bytes(), "")
		sheets = append(sheets, o.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</Font %d 0 R%s>>/Contents %d 0 R>>",
			tree, sheet.w, sheet.h, fonts, pictures, content))
	}
	o.set(tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(sheets), list(sheets))
	names := ""
	for _, u := range p.drawn {
		names += fmt.Sprintf("%s %d 0 R", p.font(u), u.write(o))
	}
	o.set(fonts, "<<%s>>", names)
	info := o.add("<</Title %s/Producer(Tremplin)/CreationDate %s/ModDate %[2]s>>", hexText(clean(p.title)), stamp(at))
	return o.finish(o.add("<</Type/Catalog/Pages %d 0 R/Lang %s/ViewerPreferences<</DisplayDocTitle true/Direction/%s>>>>",
		tree, hexText([]rune(p.lang)), direction(p.rtl)), info)
}

func direction(rtl bool) string {
	if rtl {
		return "R2L"
	}
	return "L2R"
}
