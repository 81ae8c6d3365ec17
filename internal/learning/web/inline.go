package web

import (
	"path"
	"strings"

	"tremplin/internal/learning"
)

// smallest is up to which size a drawing stands in the page itself, in bytes: to ask for it would take a phone longer
// than to read it. What is taken along is smaller for it too.
const smallest = 4 << 10

// unsafe are the signs of a drawing that an address cannot hold.
var unsafe = strings.NewReplacer("%", "%25", "#", "%23", "<", "%3C", ">", "%3E", `"`, "'", "\n", " ", "\r", "", "\t", " ")

// pictureAddress is where a picture is, or the picture itself. In an image nothing of it runs, and it asks for nothing.
func pictureAddress(m learning.Module, name string) string {
	b := m.Content.Files[name]
	if path.Ext(name) != ".svg" || len(b) > smallest || strings.Contains(string(b), "'") {
		return mediaAddress(m, name)
	}
	return "data:image/svg+xml;charset=utf-8," + unsafe.Replace(string(b))
}

// isWithin tells whether an address is the picture itself: nothing is to be fetched.
func isWithin(address string) bool { return strings.HasPrefix(address, "data:") }
