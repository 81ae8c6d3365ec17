package paper

import (
	"fmt"
	"image"
	"image/draw"
)

// picture draws a picture in grey into a rectangle.
func (a area) picture(m *image.Gray, x, y, w, h float64) {
	a.press.grey = append(a.press.grey, m)
	a.op("q %.2f 0 0 %.2f %.2f %.2f cm /I%d Do Q", w, h, a.left(x, w), a.up(y+h), len(a.press.grey))
}

// pictures writes those that were drawn, and says by which names pages call them.
func (p *press) pictures(o *objects) string {
	if len(p.grey) == 0 {
		return ""
	}
	names := ""
	for i, m := range p.grey {
		packed := image.NewGray(image.Rect(0, 0, m.Rect.Dx(), m.Rect.Dy()))
		draw.Draw(packed, packed.Rect, m, m.Rect.Min, draw.Src)
		names += fmt.Sprintf("/I%d %d 0 R", i+1, o.stream(packed.Pix, fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8",
			packed.Rect.Dx(), packed.Rect.Dy())))
	}
	return "/XObject<<" + names + ">>"
}
