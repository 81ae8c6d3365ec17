// Package arch holds the project to its shape: which package may import which, where a clock may be
// read, how long a file may be. docs/ARCHITECTURE.md says why; each rule here is shown to be able to fail.
package arch

import (
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "tremplin/"

// place is where a package stands.
type place struct {
	room  string // cmd, app, core, slice, assets, test, tools
	slice string // which
	root  bool   // the slice's surface: internal/people
	web   bool   // its pages: internal/people/web and below
}

func stand(pkg string) place {
	parts := strings.Split(pkg, "/")
	if parts[0] != "internal" {
		switch parts[0] {
		case "cmd", "test", "tools":
			return place{room: parts[0]}
		}
		return place{room: "assets"} // web/ and programmes/: files, embedded
	}
	switch parts[1] {
	case "core", "app":
		return place{room: parts[1]}
	}
	return place{room: "slice", slice: parts[1], root: len(parts) == 2, web: len(parts) > 2 && parts[2] == "web"}
}

// helper tells packages for tests from others: dbtest, apptest.
func helper(pkg string) bool {
	return strings.HasPrefix(pkg, "internal/") && strings.HasSuffix(path.Base(pkg), "test")
}

// arrow says why a package may not import another of the project, or nothing. inTest: from a _test.go file.
func arrow(from, to string, inTest bool) string {
	f, t := stand(from), stand(to)
	switch {
	case helper(to) && !inTest && !helper(from) && f.room != "test":
		return "a helper for tests, outside tests"
	case f.room == "test", f.room == "tools":
		return ""
	case t.room == "cmd", t.room == "test", t.room == "tools":
		return "nothing stands on " + t.room
	case t.room == "app" && f.room != "cmd" && f.room != "app":
		return "app is for cmd alone"
	case f.room == "cmd" && t.room == "slice":
		return "a command knows app and core; slices meet in app"
	case t.room == "assets" && f.room != "cmd" && f.room != "app":
		return "embedded files are handed over by app"
	case f.room == "core" && t.room != "core":
		return "the core knows no slice"
	case f.room == "slice" && t.room == "slice":
		return between(f, t)
	}
	return ""
}

// between says why one slice's package may not import another's, or its own.
func between(f, t place) string {
	switch {
	case f.slice == t.slice && t.web && !f.web:
		return "a slice knows nothing of its pages"
	case f.slice == t.slice:
		return ""
	case t.web:
		return "pages are imported by app alone; a card goes through web.Slot"
	case t.slice == "impact", t.slice == "sync":
		return t.slice + " reads entries and is imported by app alone"
	case !t.root:
		return "only a slice's root is its surface"
	}
	return ""
}

// forTests are libraries that the binary has no use for.
var forTests = []string{
	"testing", "net/http/httptest", "pgregory.net/rapid", "github.com/google/go-cmp", "github.com/chromedp", "github.com/rogpeppe/go-internal",
}

// foreign says why a package may not import one of another project, or nothing.
func foreign(from, to string, inTest bool) string {
	if inTest || helper(from) || slices.Contains([]string{"test", "tools"}, stand(from).room) {
		return ""
	}
	for _, l := range forTests {
		if to == l || strings.HasPrefix(to, l+"/") {
			return "a library for tests, outside tests"
		}
	}
	return ""
}

func why(from, imported string, inTest bool) string {
	if to, ours := strings.CutPrefix(imported, module); ours {
		return arrow(from, to, inTest)
	}
	return foreign(from, imported, inTest)
}

func TestArrows(t *testing.T) {
	for _, f := range sources(t, ".go") {
		file, err := parser.ParseFile(token.NewFileSet(), f.name, f.text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			to, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if w := why(path.Dir(f.name), to, f.test()); w != "" {
				t.Errorf("%s imports %s: %s", f.name, to, w)
			}
		}
	}
}

func TestArrowsCanFail(t *testing.T) {
	const code, test = false, true
	for _, c := range []struct {
		from, to string
		inTest   bool
		allowed  bool
	}{
		{"internal/core/web", "internal/core/ui", code, true},
		{"internal/core/web", "internal/people", code, false},
		{"internal/core/journal", "internal/people", test, false},
		{"internal/core/web", "internal/app", code, false},
		{"internal/core/web", "web", code, false},

		{"internal/learning", "internal/core/journal", code, true},
		{"internal/learning", "internal/people", code, true},
		{"internal/learning", "internal/skills", code, true},
		{"internal/learning", "internal/learning/content", code, true},
		{"internal/learning/content", "internal/core/sheet", code, true},
		{"internal/learning", "internal/learning/web", code, false},
		{"internal/learning", "internal/people/web", code, false},
		{"internal/learning", "internal/impact", code, false},
		{"internal/learning", "internal/sync", code, false},
		{"internal/learning", "internal/app", code, false},
		{"internal/learning", "internal/app", test, false},
		{"internal/learning", "internal/skills/scale", code, false},
		{"internal/learning", "programmes", code, false},

		{"internal/learning/web", "internal/learning", code, true},
		{"internal/learning/web", "internal/learning/content", code, true},
		{"internal/learning/web", "internal/people", code, true},
		{"internal/learning/web", "internal/skills", code, true},
		{"internal/learning/web/parts", "internal/learning/web", code, true},
		{"internal/learning/web", "internal/people/web", code, false},
		{"internal/learning/web", "internal/impact", code, false},
		{"internal/learning/web", "internal/app", code, false},

		{"internal/impact", "internal/people", code, true},
		{"internal/impact/web", "internal/impact", code, true},
		{"internal/impact", "internal/sync", code, false},
		{"internal/sync/web", "internal/impact", code, false},

		{"internal/app", "internal/learning/web", code, true},
		{"internal/app", "internal/impact", code, true},
		{"internal/app", "programmes", code, true},
		{"internal/app", "cmd/tremplin", code, false},

		{"cmd/tremplin", "internal/app", code, true},
		{"cmd/tremplin", "internal/core/db", code, true},
		{"cmd/tremplin", "web", code, true},
		{"cmd/tremplin", "internal/people", code, false},
		{"cmd/tremplin", "internal/people/web", code, false},

		{"internal/people", "internal/core/dbtest", code, false},
		{"internal/people", "internal/core/dbtest", test, true},
		{"internal/app", "internal/core/dbtest", code, false},
		{"internal/app/apptest", "internal/core/dbtest", code, true},
		{"test/load", "internal/core/dbtest", code, true},
		{"test/e2e", "internal/app", test, true},
		{"internal/people", "test/withpg", test, false},
		{"internal/people", "tools/words", code, false},
	} {
		if got := arrow(c.from, c.to, c.inTest); (got == "") != c.allowed {
			t.Errorf("%s → %s (in a test: %v): %q, allowed should be %v", c.from, c.to, c.inTest, got, c.allowed)
		}
	}
}

func TestForeignCanFail(t *testing.T) {
	for _, c := range []struct {
		from, to string
		inTest   bool
		allowed  bool
	}{
		{"internal/people", "testing", false, false},
		{"internal/people", "testing/fstest", false, false},
		{"internal/people", "pgregory.net/rapid", false, false},
		{"internal/people", "pgregory.net/rapid", true, true},
		{"internal/core/dbtest", "testing", false, true},
		{"test/e2e", "github.com/chromedp/chromedp", false, true},
		{"internal/people", "net/http", false, true},
	} {
		if got := foreign(c.from, c.to, c.inTest); (got == "") != c.allowed {
			t.Errorf("%s → %s (in a test: %v): %q, allowed should be %v", c.from, c.to, c.inTest, got, c.allowed)
		}
	}
}
