// Package xapi knows what a learning record is: it reads statements as xAPI 1.0.3 and 2.0.0 (IEEE 9274.1.1) write
// them, says what is wrong and where, tells whether two say the same, and what a statement mentions. It is pure:
// no store, no clock, no network.
package xapi

import (
	"errors"
	"strconv"
	"strings"
)

// Version is a version of the specification that a request speaks.
type Version string

// Versions that are spoken here. What says "1.0", or any 1.0.x, is 1.0.3; "2.0", or any 2.0.x, is 2.0.0.
const (
	V1 Version = "1.0.3"
	V2 Version = "2.0.0"
)

// VersionOf reads the header X-Experience-API-Version; "" where it is not spoken here.
func VersionOf(header string) Version {
	switch {
	case header == "1.0" || strings.HasPrefix(header, "1.0.") && len(header) > 4:
		return V1
	case header == "2.0" || strings.HasPrefix(header, "2.0.") && len(header) > 4:
		return V2
	}
	return ""
}

// Fault says what is wrong with a statement, a document or a parameter, what that quotes, and where: "context.registration".
type Fault struct {
	At     string
	Reason Reason
	Args   []string
}

func (f *Fault) Error() string {
	if f.At == "" {
		return f.Why()
	}
	return f.At + ": " + f.Why()
}

// Why says what is wrong, in English.
func (f *Fault) Why() string { return f.Reason.Why(f.Args...) }

// Short is the fault without most of what it quotes: a name may be as long as what came.
func (f *Fault) Short() *Fault {
	args := make([]string, len(f.Args))
	for i, a := range f.Args {
		args[i] = Short(a)
	}
	return &Fault{Short(f.At), f.Reason, args}
}

// Short is the beginning and the end of what is too long to be quoted.
func Short(s string) string {
	const most = 100 // characters of each
	if r := []rune(s); len(r) > most*2 {
		return string(r[:most]) + " … " + string(r[len(r)-most:])
	}
	return s
}

// Wrong is a fault for a reason, with what it quotes.
func Wrong(why Reason, quoted ...string) error { return &Fault{Reason: why, Args: quoted} }

// Under says in which property, or parameter, a fault lies.
func Under(at string, err error) error {
	var f *Fault
	if !errors.As(err, &f) {
		return err
	}
	if f.At != "" && f.At[0] != '[' {
		at += "."
	}
	return &Fault{at + f.At, f.Reason, f.Args}
}

// Nth says in which of a list a fault lies.
func Nth(i int, err error) error { return Under("["+strconv.Itoa(i)+"]", err) }
