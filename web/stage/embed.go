// Package stage holds what plays packages made elsewhere: h5p-standalone (MIT, its licence is beside it), and the
// few lines that connect it. It is served from an origin of its own, never from Tremplin's.
package stage

import "embed"

// Files are served at the root of that origin.
//
//go:embed *.js *.css player
var Files embed.FS
