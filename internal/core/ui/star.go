package ui

import (
	"fmt"
	"math"
)

// star places one of the emblem's twelve stars on its circle, as hours on a clock.
func star(i int) string {
	a := float64(i) * math.Pi / 6
	return fmt.Sprintf("translate(%.2f %.2f)", 27+12*math.Sin(a), 18-12*math.Cos(a))
}
