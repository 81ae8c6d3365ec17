package arch

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// source is one file that people wrote.
type source struct {
	name string // from the top of the project: internal/core/id/id.go
	text []byte
}

func (s source) test() bool {
	return strings.HasSuffix(s.name, "_test.go") || strings.Contains(s.name, "/testdata/")
}

// sources reads the project's own files of some kinds: nothing hidden, made or fetched.
func sources(t *testing.T, kinds ...string) (out []source) {
	t.Helper()
	skip := []string{"bin", "shots", "node_modules", "vendor", "tremplin-data"}
	top := os.DirFS("../..")
	err := fs.WalkDir(top, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := len(d.Name()) > 1 && d.Name()[0] == '.'
		switch {
		case err != nil:
			return err
		case d.IsDir() && (hidden || slices.Contains(skip, d.Name())):
			return fs.SkipDir
		case d.IsDir() || !slices.Contains(kinds, path.Ext(name)) || strings.Contains(name, ".min."):
			return nil
		}
		text, err := fs.ReadFile(top, name)
		out = append(out, source{name, text})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatalf("no %v found: this test looks in the wrong place", kinds)
	}
	return out
}

// clocks are the only places that may read the clock; to all others an instant is passed.
var clocks = []string{
	"cmd/", "internal/app/", "internal/core/id/", "internal/core/vault/", "internal/core/db/",
	"internal/core/journal/write.go", // how long a group of commands took, no instant that is kept
	"internal/core/turn/turn.go",     // how long a piece of work took
	"test/", "tools/",
}

// clock finds where a Go file reads the clock though it may not.
func clock(s source) []string {
	in := func(p string) bool { return strings.HasPrefix(s.name, p) }
	if s.test() || helper(path.Dir(s.name)) || slices.ContainsFunc(clocks, in) {
		return nil
	}
	return each(s, func(n ast.Node) string {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return ""
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok || x.Name != "time" || !slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
			return ""
		}
		return "time." + sel.Sel.Name + ": instants are passed (Ctx.Now, the act's at)"
	})
}

var sqlClock = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|unixepoch|julianday)\s*\(|` +
	`\bcurrent_(date|time|timestamp)\b|\blocaltime(stamp)?\b|\b(date|time|datetime|strftime)\s*\([^)]*'now'`)

var sqlRemark = regexp.MustCompile(`--[^\n]*|(?s:/\*.*?\*/)`)

// sqlClocks finds SQL that reads the database's clock: in .sql files, and in the strings of Go code.
func sqlClocks(s source) []string {
	if s.test() || strings.HasPrefix(s.name, "test/") || strings.HasPrefix(s.name, "tools/") {
		return nil
	}
	if path.Ext(s.name) == ".sql" {
		if m := sqlClock.Find(sqlRemark.ReplaceAll(s.text, nil)); m != nil {
			return []string{fmt.Sprintf("%s: %s: instants are passed from Go", s.name, m)}
		}
		return nil
	}
	return each(s, func(n ast.Node) string {
		l, ok := n.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return ""
		}
		if m := sqlClock.FindString(l.Value); m != "" {
			return m + ": instants are passed from Go"
		}
		return ""
	})
}

// each walks a Go file and gathers what is wrong, with its line.
func each(s source, wrong func(ast.Node) string) (out []string) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, s.name, s.text, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if w := wrong(n); w != "" {
			out = append(out, fmt.Sprintf("%s: %s", set.Position(n.Pos()), w))
		}
		return true
	})
	return out
}

// most is how long a file may be; longer ones need a reason, which would stand here.
const most = 450

// longer are those that are, and why.
var longer = map[string]string{
	"web/stage/player/styles/h5p.css": "a library's, as it comes",
}

// length finds files that are too long; generated ones are nobody's to read.
func length(s source) []string {
	n := bytes.Count(s.text, []byte("\n"))
	if n <= most || longer[s.name] != "" || strings.HasSuffix(s.name, "_templ.go") {
		return nil
	}
	return []string{fmt.Sprintf("%s: %d lines, at most %d: it holds more than one thing", s.name, n, most)}
}

var rules = map[string]struct {
	kinds []string
	find  func(source) []string
}{
	"clock":     {[]string{".go"}, clock},
	"SQL clock": {[]string{".go", ".sql"}, sqlClocks},
	"length":    {[]string{".go", ".templ", ".sql", ".css", ".js", ".sh"}, length},
}

func TestSources(t *testing.T) {
	for name, r := range rules {
		t.Run(name, func(t *testing.T) {
			for _, s := range sources(t, r.kinds...) {
				for _, w := range r.find(s) {
					t.Error(w)
				}
			}
		})
	}
}

func TestSourcesCanFail(t *testing.T) {
	const reads = "package x\nvar a = time.Now()\n"
	query := func(q string) string { return "package x\nconst q = `" + q + "`\n" }
	for _, c := range []struct {
		rule, name, text string
		allowed          bool
	}{
		{"clock", "internal/people/rules.go", reads, false},
		{"clock", "internal/people/rules.go", "package x\nvar now = time.Now\n", false},
		{"clock", "internal/people/rules.go", "package x\nvar a = time.Since(b)\n", false},
		{"clock", "internal/people/rules.go", "package x\nvar a = c.Now()\n", true},
		{"clock", "internal/people/rules_test.go", reads, true},
		{"clock", "internal/core/journal/place.go", reads, false},
		{"clock", "internal/core/journal/write.go", reads, true},
		{"clock", "internal/core/id/id.go", reads, true},
		{"clock", "internal/core/dbtest/dbtest.go", reads, true},
		{"clock", "internal/app/app.go", reads, true},
		{"clock", "cmd/tremplin/serve.go", reads, true},

		{"SQL clock", "internal/people/views.go", query("UPDATE a SET b = now()"), false},
		{"SQL clock", "internal/people/views.go", query("SELECT CURRENT_TIMESTAMP"), false},
		{"SQL clock", "internal/people/views.go", query("SELECT datetime('now')"), false},
		{"SQL clock", "internal/people/views.go", query("UPDATE a SET known = $1"), true},
		{"SQL clock", "internal/people/views.go", "package x\nvar a = j.now()\n", true},
		{"SQL clock", "internal/people/views_test.go", query("SELECT now()"), true},
		{"SQL clock", "internal/core/db/migrations/1.sql", "CREATE TABLE a (b timestamp DEFAULT current_timestamp);", false},
		{"SQL clock", "internal/core/db/migrations/1.sql", "-- never now()\nCREATE TABLE a (b bigint);", true},

		{"length", "internal/people/rules.go", strings.Repeat("\n", most+1), false},
		{"length", "internal/people/rules_test.go", strings.Repeat("\n", most+1), false},
		{"length", "internal/people/rules.go", strings.Repeat("\n", most), true},
		{"length", "internal/people/web/a_templ.go", strings.Repeat("\n", most+1), true},
	} {
		got := rules[c.rule].find(source{c.name, []byte(c.text)})
		if (len(got) == 0) != c.allowed {
			t.Errorf("%s, %s: %q: %v, allowed should be %v", c.rule, c.name, c.text[:min(60, len(c.text))], got, c.allowed)
		}
	}
}
