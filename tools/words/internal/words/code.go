package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Code is what the Go code says of keys; of a templ page, its generated twin is read.
type Code struct {
	Uses     []Use
	Literals map[string]bool // every string, wherever: a key named in a table counts as used
	Maybe    []Use           // strings on pages that look like keys
	Beneath  map[string]bool // strings beneath the pages: kinds of entries look like keys too
}

// Use is one place where a key is said.
type Use struct {
	Where string   // file:line
	Key   string   // with * where a part is built
	Names []string // of the values given to it; nil: not to be known here
}

// Scan reads the code of the site, and of the walks in test, which say keys too: what is said there alone is
// not used. Tests beside the code have keys of their own, and so have tools.
func Scan(files fs.FS) (Code, error) {
	c, walks := Code{Literals: map[string]bool{}, Beneath: map[string]bool{}}, Code{Literals: map[string]bool{}, Beneath: map[string]bool{}}
	err := walk(files, func(name string) error {
		top, _, _ := strings.Cut(name, "/")
		if path.Ext(name) != ".go" || top == "tools" || top != "test" && strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if top == "test" {
			return walks.scan(files, name, text)
		}
		return c.scan(files, name, text)
	})
	c.Uses = append(c.Uses, walks.Uses...)
	return c, err
}

func (c *Code) scan(files fs.FS, name string, text []byte) error {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	say := func(key string, at token.Pos, names []string) {
		if key != "" {
			c.Uses = append(c.Uses, Use{Where: where(files, name, key, set.Position(at).Line), Key: key, Names: names})
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, ok := literal(n); ok {
				c.string(s, Use{Where: where(files, name, s, set.Position(n.Pos()).Line), Key: s}, strings.Contains(name, "/web/"))
			}
		case *ast.CallExpr:
			if at := place(n); at >= 0 {
				key, names := called(n, at)
				say(key, n.Args[at].Pos(), names)
			}
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				say(keyed(n, e), e.Pos(), nil)
			}
		}
		return true
	})
	return nil
}

func (c *Code) string(s string, u Use, page bool) {
	c.Literals[s] = true
	switch {
	case !page:
		c.Beneath[s] = true
	case dotted.MatchString(s):
		c.Maybe = append(c.Maybe, u)
	}
}

// place is where a call has its key, or -1: i18n.T(ctx, key, …), c.T(key, …), fault.New(code, key, …), c.GoSaying(to, key).
func place(n *ast.CallExpr) int {
	from, name := callee(n.Fun)
	at := -1
	switch {
	case name == "T" && (from == "i18n" || from == ""), name == "New" && from == "fault", name == "GoSaying":
		at = 1
	case name == "T":
		at = 0
	}
	if len(n.Args) <= at {
		return -1
	}
	return at
}

// called is the key that a call says, and the names of the values that it gives.
func called(n *ast.CallExpr, at int) (key string, names []string) {
	key = built(n.Args[at])
	if _, name := callee(n.Fun); name == "GoSaying" || n.Ellipsis.IsValid() {
		return key, nil
	}
	return key, given(n.Args[at+1:])
}

func callee(fun ast.Expr) (from, name string) {
	switch f := fun.(type) {
	case *ast.Ident:
		return "", f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name, f.Sel.Name
		}
		return "?", f.Sel.Name
	}
	return "", ""
}

// given are the names in pairs of name and value; nil if one is not a literal.
func given(args []ast.Expr) []string {
	names := []string{}
	for i := 0; i < len(args); i += 2 {
		s, ok := literal(args[i])
		if !ok {
			return nil
		}
		names = append(names, s)
	}
	return names
}

// dotted is what a key looks like; Key fields that hold something else do not.
var dotted = regexp.MustCompile(`^[a-z][a-z0-9-]*(\.[A-Za-z0-9*-]+)+$`)

// keyed is the key in Key: "…" of a struct; drafts and totals have keys that are no words.
func keyed(n *ast.CompositeLit, e ast.Expr) string {
	if t, ok := n.Type.(*ast.SelectorExpr); ok {
		if x, ok := t.X.(*ast.Ident); ok && (x.Name == "draft" || x.Name == "view") {
			return ""
		}
	}
	kv, ok := e.(*ast.KeyValueExpr)
	if !ok {
		return ""
	}
	if name, ok := kv.Key.(*ast.Ident); !ok || name.Name != "Key" {
		return ""
	}
	if key := built(kv.Value); dotted.MatchString(key) {
		return key
	}
	return ""
}

var verb = regexp.MustCompile(`%[+#0-9.]*[a-z]`)

// built renders an expression as a key: what is not literal becomes *. Nothing, if no part is literal.
func built(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return built(e.X)
	case *ast.BasicLit:
		s, _ := literal(e)
		return s
	case *ast.BinaryExpr:
		if x, y := built(e.X), built(e.Y); x != "" || y != "" {
			return strings.ReplaceAll(star(x)+star(y), "**", "*")
		}
	case *ast.CallExpr:
		if from, name := callee(e.Fun); from == "fmt" && name == "Sprintf" && len(e.Args) > 0 {
			s, _ := literal(e.Args[0])
			return verb.ReplaceAllString(s, "*")
		}
	}
	return ""
}

func star(s string) string {
	if s == "" {
		return "*"
	}
	return s
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// where names a place; in a templ page, the line of the page itself that has the key.
func where(files fs.FS, name, key string, line int) string {
	page, is := strings.CutSuffix(name, "_templ.go")
	if !is {
		return fmt.Sprintf("%s:%d", name, line)
	}
	page += ".templ"
	text, err := fs.ReadFile(files, page)
	if err != nil {
		return page
	}
	part, _, _ := strings.Cut(key, "*")
	before, _, found := strings.Cut(string(text), `"`+part+`"`)
	if !found {
		return page
	}
	return fmt.Sprintf("%s:%d", page, strings.Count(before, "\n")+1)
}
