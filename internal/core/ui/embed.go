package ui

import "embed"

// Locale holds the words of the components, of faults and of dates, in every language.
//
//go:embed locale/*.toml
var Locale embed.FS
