package impact

import "strconv"

// numbered is a parameter of a query: $7.
func numbered(n int) string { return "$" + strconv.Itoa(n) }
