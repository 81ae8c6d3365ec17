package figure

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
)

// condition tells whether a fact counts.
type condition struct{ program *vm.Program }

// maxNodes bounds an expression: a definition that an auditor accepts is shorter.
const maxNodes = 100

var errMore = errors.New("a definition compares fields: no list is gone through, no part of a field taken, nothing divided")

// compile holds an expression against the fields of a kind of fact. No function but age and no loop is
// there, so an expression takes no longer than it is, reaches nothing but the fact and never fails. The
// empty one always holds.
func compile(kind, where string) (condition, error) {
	if where == "" {
		return condition{}, nil
	}
	blank := &Fact{Kind: kind}
	p, err := expr.Compile(where, expr.Env(blank.environment(time.UTC)), expr.AsBool(), expr.DisableAllBuiltins(), expr.MaxNodes(maxNodes))
	if err != nil {
		return condition{}, err
	}
	l := &looker{}
	root := p.Node()
	if ast.Walk(&root, l); l.more {
		return condition{}, errMore
	}
	return condition{p}, nil
}

// looker finds what is more than a comparison: what takes long, or fails for some facts.
type looker struct{ more bool }

// Visit looks at one node.
func (l *looker) Visit(n *ast.Node) {
	switch n := (*n).(type) {
	case *ast.PredicateNode, *ast.MemberNode, *ast.SliceNode:
		l.more = true
	case *ast.BinaryNode:
		l.more = l.more || slices.Contains([]string{"..", "**", "matches", "%"}, n.Operator)
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
