// Package flow holds state machines declared as data: states, moves, who may, and what must be said.
// The same data draws the buttons, checks the act and folds the entry; it knows no slice and writes nothing.
package flow

import (
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
)

// Flow is one state machine. Its words are found under "<name>.state.<state>", "<name>.move.<move>" and
// "<name>.<field>.missing".
type Flow struct {
	Name  string
	Start string // the state of what has not moved yet
	Moves []Move
}

// Move leads from some states to another.
type Move struct {
	Name string
	From []string // none: from any
	To   string
	Need access.Section // the mover must be allowed to write it
	Say  []string       // fields that must not be empty: a reason, a date
}

func (m Move) leaves(state string) bool { return m.From == nil || slices.Contains(m.From, state) }

// state is where something stands; what has not moved stands at the start.
func (f Flow) state(s string) string {
	if s == "" {
		return f.Start
	}
	return s
}

func (f Flow) find(move string) (Move, bool) {
	i := slices.IndexFunc(f.Moves, func(m Move) bool { return m.Name == move })
	if i < 0 {
		return Move{}, false
	}
	return f.Moves[i], true
}

// Open names the moves that an actor may make from a state: the buttons to draw.
func (f Flow) Open(state string, a access.Actor) (out []string) {
	for _, m := range f.Moves {
		if m.leaves(f.state(state)) && a.May(access.Write, m.Need) {
			out = append(out, m.Name)
		}
	}
	return out
}

// Check holds a move against the flow. One that does not leave from here is a conflict: somebody else was
// quicker. What must be said and is not comes back by field, and so does a move that there is not.
func (f Flow) Check(state, move string, a access.Actor, said map[string]string) error {
	m, ok := f.find(move)
	switch {
	case !ok:
		return fault.Fields(f.missing("move"))
	case !m.leaves(f.state(state)):
		return fault.New(fault.Conflict, "")
	case !a.May(access.Write, m.Need):
		return fault.New(fault.Forbidden, "")
	}
	var fs []fault.Field
	for _, field := range m.Say {
		if said[field] == "" {
			fs = append(fs, f.missing(field))
		}
	}
	return fault.Fields(fs...)
}

func (f Flow) missing(field string) fault.Field {
	return fault.Field{Name: field, Key: f.Name + "." + field + ".missing"}
}

// Fold moves a state by an entry that was written: it asks nobody and never fails. A move that does
// not fit (two databases moved at once) leaves the state and says so.
func (f Flow) Fold(state, move string) (next string, fits bool) {
	m, ok := f.find(move)
	if !ok || !m.leaves(f.state(state)) {
		return f.state(state), false
	}
	return m.To, true
}
