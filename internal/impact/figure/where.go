package figure

import (
	"errors"
	"fmt"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
)

// condition tells whether a fact counts.
type condition struct{ program *vm.Program }

// maxNodes bounds an expression: a definition that an auditor accepts is shorter.
const maxNodes = 100

var errLoop = errors.New("a definition compares fields: it cannot go through a list")

// compile holds an expression against the fields of a kind of fact. No built-in function and no loop is
// there, so an expression takes no longer than it is and reaches nothing but the fact. The empty one
// always holds.
func compile(kind, where string) (condition, error) {
	if where == "" {
		return condition{}, nil
	}
	blank := &Fact{Kind: kind}
	p, err := expr.Compile(where, expr.Env(blank.environment(time.UTC)), expr.AsBool(), expr.DisableAllBuiltins(), expr.MaxNodes(maxNodes))
	if err != nil {
		return condition{}, err
	}
	l := &loops{}
	root := p.Node()
	if ast.Walk(&root, l); l.found {
		return condition{}, errLoop
	}
	return condition{p}, nil
}

// loops looks for what goes through a list, or makes one.
type loops struct{ found bool }

// Visit looks at one node.
func (l *loops) Visit(n *ast.Node) {
	switch n := (*n).(type) {
	case *ast.PredicateNode:
		l.found = true
	case *ast.BinaryNode:
		l.found = l.found || n.Operator == ".." || n.Operator == "**" || n.Operator == "matches"
	}
}

func (c condition) met(machine *vm.VM, f *Fact, zone *time.Location) (bool, error) {
	if c.program == nil {
		return true, nil
	}
	v, err := machine.Run(c.program, f.environment(zone))
	if err != nil {
		return false, fmt.Errorf("fact %s: %w", f.Key, err)
	}
	yes, _ := v.(bool)
	return yes, nil
}
