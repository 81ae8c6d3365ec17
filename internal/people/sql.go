package people

import (
	"fmt"
	"strings"
)

// numbered puts a parameter's number into a piece of SQL.
func numbered(text string, n int) string { return fmt.Sprintf(text, n) }

// escapeLike makes % and _ that people type mean themselves.
func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}
