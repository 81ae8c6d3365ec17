package figure

import (
	"fmt"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// condition tells whether a fact counts.
type condition struct{ program *vm.Program }

// maxNodes bounds an expression: a definition that an auditor accepts is shorter.
const maxNodes = 100

// compile holds an expression against the fields of a kind of fact. No built-in function is there, so
// an expression can neither loop nor reach anything but the fact. The empty one always holds.
func compile(kind, where string) (condition, error) {
	if where == "" {
		return condition{}, nil
	}
	blank := &Fact{Kind: kind}
	p, err := expr.Compile(where, expr.Env(blank.environment(time.UTC)), expr.AsBool(), expr.DisableAllBuiltins(), expr.MaxNodes(maxNodes))
	return condition{p}, err
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
