package paper

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

const quiet = 4 // modules of white around a code, as the standard asks

// QR draws a text, an address as a rule, as a QR code of error level M: an SVG of one path in currentColor, one unit a
// module, with the quiet zone of 4 modules. It fails if the text is longer than such a code can hold (2,331 bytes).
func QR(text string) ([]byte, error) {
	code, err := encode(text)
	if err != nil {
		return nil, err
	}
	var path strings.Builder
	for _, bar := range bars(code) {
		fmt.Fprintf(&path, "M%d %dh%dv1h-%[3]dz", bar.x+quiet, bar.y+quiet, bar.n)
	}
	side := code.Size + 2*quiet
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d" shape-rendering="crispEdges">`+
		`<path fill="currentColor" d="%s"/></svg>`, side, path.String()), nil
}

func encode(text string) (*qr.Code, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("paper: QR code of %d bytes: %w", len(text), err)
	}
	return code, nil
}

// bar is n dark modules in a row.
type bar struct{ x, y, n int }

func bars(code *qr.Code) []bar {
	var out []bar
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) {
				x++
			}
			if x > from {
				out = append(out, bar{from, y, x - from})
			}
		}
	}
	return out
}

// code draws a QR code as vectors in a white square that includes its quiet zone.
func (a area) code(c *qr.Code, x, y, side float64) {
	module := side / float64(c.Size+2*quiet)
	a.fill(x, y, side, side, white)
	a.op("q %s rg %.4f 0 0 %.4f %.2f %.2f cm", black, module, -module, a.left(x, side), a.up(y))
	for _, b := range bars(c) {
		a.op("%d %d %d 1 re", b.x+quiet, b.y+quiet, b.n)
	}
	a.op("f Q")
}
