package content

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryCodeIsTested: each code has a name and a text of its own, is used, and is provoked by a test.
func TestEveryCodeIsTested(t *testing.T) {
	src, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	code, tests := sources(t)
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\w+) +Code = "([a-z0-9.-]+)"`).FindAllStringSubmatch(string(src), -1) {
		word := regexp.MustCompile(`\b` + m[1] + `\b`)
		said := word.MatchString(tests) || strings.Contains(tests, `"`+m[2]+" ")
		if seen[m[2]] || !word.MatchString(code) || !said {
			t.Errorf("%s = %q: said twice, never used or never tested", m[1], m[2])
		}
		seen[m[2]] = true
	}
	if len(seen) < 80 {
		t.Errorf("only %d codes found", len(seen))
	}
}

// sources gives the package without its list of codes, and its tests.
func sources(t *testing.T) (code, tests string) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		switch {
		case err != nil:
			t.Fatal(err)
		case strings.HasSuffix(name, "_test.go"):
			tests += string(data)
		case name != "codes.go":
			code += string(data)
		}
	}
	return code, tests
}
