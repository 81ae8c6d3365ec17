// Package web holds what a browser gets beside the pages: a style sheet, scripts, the icon. They are
// written by hand, hold no word in any language, and are served under addresses that change with them.
// What reads codes is a library (its folder says which).
package web

import "embed"

// Files are served under /assets/; the icon also at the root.
//
//go:embed *.css *.js *.svg *.webmanifest reader/qr.js
var Files embed.FS
