package content

import (
	"strings"
	"testing"
	"time"
)

// TestParseTextIsQuick tries the largest files that are read at all, each of one piece over and over.
func TestParseTextIsQuick(t *testing.T) {
	pieces := []string{
		"- ", "x\n\n", "::: FR\n", ":::\n", "``` fill\n", "{a}", "# a {#a}\n", "{#", "![", "![a](pictures/a.svg)\n", "> \n",
		"::: FR\nx\n:::\n", "- [ ] a\n", "\u0301", "[a](b)\n\n",
	}
	heads := []string{"[", "- ", "a: ", "&a ", "? ", "{a: ", "!!", "'", "x "}
	var sources []string
	for _, piece := range pieces {
		n := (MaxText - 200) / len(piece)
		sources = append(sources, screen(strings.Repeat(piece, n)), activity("fill", "Q\n{x}"+strings.Repeat(piece, n)))
	}
	for _, piece := range heads {
		sources = append(sources, "---\ntitle: "+strings.Repeat(piece, (MaxText-200)/len(piece))+"\n---\n")
	}
	for _, src := range sources {
		began := time.Now()
		_, _ = ParseText("en", []byte(src))
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%.60q took %v", src, took)
		}
	}
}
