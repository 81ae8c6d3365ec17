package journal

import (
	"encoding/json"
	"fmt"

	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// Whose says what an owner is; it decides whether payloads are sealed.
type Whose bool

// Owners.
const (
	OfPerson Whose = true  // sealed with the person's key
	OfThing  Whose = false // readable: a module, an organisation, an anonymous visit
)

// Kind is a kind of entry with its payload type T. Payloads are never rewritten: when T changes so
// that old JSON no longer fits, raise Version and give Up.
type Kind[T any] struct {
	Name    string // slice.noun.verb
	Whose   Whose
	Version int
	Up      func(v int, old json.RawMessage) (json.RawMessage, error) // brings version v to Version
}

// NewKind declares a kind whose payload has had no other form yet.
func NewKind[T any](name string, whose Whose) Kind[T] {
	return Kind[T]{Name: name, Whose: whose, Version: 1}
}

// Draft says that this happened to owner, about subject.
func (k Kind[T]) Draft(owner, subject id.ID, body T) Draft {
	return Draft{Kind: k.Name, Owner: owner, Subject: subject, Body: body, V: k.Version, Sealed: bool(k.Whose)}
}

// Read opens an entry's body as this kind's payload.
func (k Kind[T]) Read(e *Entry) (body T, err error) {
	if e.Kind != k.Name {
		return body, fmt.Errorf("a %s is not a %s", e.Kind, k.Name)
	}
	raw := e.body
	if e.v < k.Version && k.Up != nil {
		if raw, err = k.Up(e.v, raw); err != nil {
			return body, err
		}
	}
	if len(raw) == 0 {
		return body, nil
	}
	return body, json.Unmarshal(raw, &body)
}

// View is a slice's tables and the rules that fold entries into them. Raise Version when a rule
// changes its result: the tables are then made again from the journal.
type View struct {
	Name    string
	Version int
	Tables  []*view.Table
	Rules   []Rule
}

// Rule folds one kind of entry. Made with On.
type Rule struct {
	kind  string
	apply func(*view.Rows, *Entry) error
}

// On folds entries of kind k: f sees its owner's rows, the entry and its body, and nothing else. It
// never fails: a move that does not fit is marked in a row and shown as a task.
func On[T any](k Kind[T], f func(r *view.Rows, e *Entry, body T)) Rule {
	return Rule{k.Name, func(r *view.Rows, e *Entry) error {
		body, err := k.Read(e)
		if err != nil {
			return fmt.Errorf("entry %s: %w", e.ID, err)
		}
		f(r, e, body)
		return nil
	}}
}

// Voided takes an entry back: its subject is the entry's id. The correction itself stays in sight.
var Voided = NewKind[Reason]("journal.entry.voided", OfThing)

// Erased ends a person's story: nothing of it is folded any more and its keys are destroyed.
var Erased = NewKind[Reason]("people.person.erased", OfThing)

// Joined says that its subject is the same person as its owner: both stories fold as one, in the owner's rows, as long
// as this entry is not voided. Keys, entries and ids stay as they are.
var Joined = NewKind[Reason]("people.person.joined", OfThing)

// Reason says why, in words of whoever decided; for an erasure it names nobody.
type Reason struct {
	Why string `json:"why,omitempty"`
}
