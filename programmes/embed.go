// Package programmes holds the programmes that come with the binary, one folder each: data, no code.
package programmes

import "embed"

// Files are the folders.
//
//go:embed *
var Files embed.FS
