// Package flow holds state machines declared as data: states, moves, who may, and what must be said.
// The same data draws the buttons, checks the command and folds the entry; it knows no slice and
// writes nothing.
package flow

import (
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
)

// Flow is one state machine.
type Flow struct {
	Name  string // words are found under "<name>.<state>" and "<name>.move.<move>"
	Start string // the state of what has not moved yet
	Moves []Move
}

// Move leads from some states to another.
type Move struct {
	Name string
	From []string
	To   string
	Need access.Section // the mover must be allowed to write it
	Say  []string       // fields that must not be empty: a reason, a date
}

// state is where something stands; what has not moved stands at the start.
func (f Flow) state(s string) string {
	if s == "" {
		return f.Start
	}
	return s
}

func (f Flow) find(state, move string) (Move, bool) {
	i := slices.IndexFunc(f.Moves, func(m Move) bool {
		return m.Name == move && slices.Contains(m.From, f.state(state))
	})
	if i < 0 {
		return Move{}, false
	}
	return f.Moves[i], true
}

// Open lists what an actor may do from a state: the buttons to draw.
func (f Flow) Open(state string, a access.Actor) (out []Move) {
	for _, m := range f.Moves {
		if slices.Contains(m.From, f.state(state)) && a.May(access.Write, m.Need) {
			out = append(out, m)
		}
	}
	return out
}

// Check holds a move against the flow and returns the state it leads to. A move that does not fit is a
// conflict: somebody else was quicker. What must be said and is not comes back by field, under the key
// "<name>.<field>.missing".
func (f Flow) Check(state, move string, a access.Actor, said map[string]string) (string, error) {
	m, ok := f.find(state, move)
	if !ok {
		return "", fault.New(fault.Conflict, "")
	}
	if !a.May(access.Write, m.Need) {
		return "", fault.New(fault.Forbidden, "")
	}
	var fs []fault.Field
	for _, field := range m.Say {
		if said[field] == "" {
			fs = append(fs, fault.Field{Name: field, Key: f.Name + "." + field + ".missing"})
		}
	}
	return m.To, fault.Fields(fs...)
}

// Fold moves a state by an entry that was written: it asks nobody and never fails. A move that does
// not fit (two databases moved at once) leaves the state and says so, for a view to mark.
func (f Flow) Fold(state, move string) (next string, fits bool) {
	m, ok := f.find(state, move)
	if !ok {
		return f.state(state), false
	}
	return m.To, true
}
