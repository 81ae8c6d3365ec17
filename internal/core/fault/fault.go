// Package fault holds errors that a person may read: a code for the machine, a message in the words
// of the reader's language, and a cause for the log only.
package fault

import (
	"errors"
	"fmt"
)

// Code says what kind of error it is; core/web turns it into a status and a page.
type Code string

// The codes.
const (
	Invalid   Code = "invalid"   // what was sent cannot be taken; Fields say why
	NotFound  Code = "not-found" // also what one may not know of
	Forbidden Code = "forbidden"
	SignIn    Code = "sign-in" // nobody is signed in where somebody must be
	Conflict  Code = "conflict"
	TooMany   Code = "too-many"
	TooLarge  Code = "too-large"
	Missing   Code = "missing" // what must be here is not: for who looks after the site
	Internal  Code = "internal"
)

// Field is what is wrong with one thing that a person filled in.
type Field struct {
	Name string // of the form's field
	Key  string // of the message
	Args []any  // for the message: name, value, name, value …
}

// Error is an error that can be shown.
type Error struct {
	Code   Code
	Key    string // of the message; empty: the code's own, "fault.<code>"
	Args   []any
	Fields []Field
	Cause  error
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s %s %v %v", e.Code, e.Key, e.Fields, e.Cause)
}

func (e *Error) Unwrap() error { return e.Cause }

// New makes an error with a message of its own.
func New(c Code, key string, args ...any) error { return &Error{Code: c, Key: key, Args: args} }

// Fields makes an Invalid error of what is wrong with a form; nil if nothing is.
func Fields(fs ...Field) error {
	if len(fs) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Fields: fs}
}

// FieldsOf are what is wrong with a form, for the page that shows it again; nil where err says nothing of one.
func FieldsOf(err error) []Field {
	if err == nil {
		return nil
	}
	return Of(err).Fields
}

// Of finds the Error in a chain; anything else is Internal.
func Of(err error) *Error {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e
	}
	return &Error{Code: Internal, Cause: err}
}

// Is tells whether err carries a code.
func Is(err error, c Code) bool { return err != nil && Of(err).Code == c }
