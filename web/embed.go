// Package web holds what a browser gets beside the pages: a style sheet, scripts, the icon. They are
// written by hand, hold no word in any language, and are served under addresses that change with them.
package web

import "embed"

// Files are served under /assets/; the icon also at the root.
//
//go:embed *.css *.js *.svg *.webmanifest
var Files embed.FS
