package web

import (
	"path"
	"strings"
)

// MediaType is the type under which a module's file is served; empty: it is none.
func MediaType(name string) string { return types[strings.TrimPrefix(path.Ext(name), ".")] }
