package content

import (
	"encoding/json"
	"regexp"
	"slices"
)

var (
	elsewhere = regexp.MustCompile(`^(?i:https?:)?//([^/?#\s]+)`)
	embedded  = regexp.MustCompile(`(?i)\bsrc\s*=\s*["']?((?:https?:)?//[^"'\s>]+)`)
)

// outside lists the sites that the content of a package would fetch something from: a film, a picture. Where packages
// play nothing is fetched from elsewhere, so that its author is told before learners see a gap. A link that one
// follows is none.
func outside(text []byte) []string {
	var all any
	if json.Unmarshal(text, &all) != nil {
		return nil
	}
	var sites []string
	fetched(all, "", func(address string) {
		if m := elsewhere.FindStringSubmatch(address); m != nil {
			sites = append(sites, m[1])
		}
	})
	slices.Sort(sites)
	return slices.Compact(sites)
}

// fetched gives each address that is loaded when the content is shown: the files of H5P, and what its texts embed.
func fetched(v any, field string, give func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, w := range v {
			fetched(w, k, give)
		}
	case []any:
		for _, w := range v {
			fetched(w, field, give)
		}
	case string:
		if field == "path" || field == "src" {
			give(v)
		}
		for _, m := range embedded.FindAllStringSubmatch(v, -1) {
			give(m[1])
		}
	}
}
