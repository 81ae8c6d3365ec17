// Package xapi knows what a learning record is: it reads statements as xAPI 1.0.3 and 2.0.0 (IEEE 9274.1.1) write
// them, says what is wrong and where, tells whether two say the same, and what a statement mentions. It is pure:
// no store, no clock, no network.
package xapi

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Version is a version of the specification that a request speaks.
type Version string

// Versions that are spoken here. What says "1.0", or any 1.0.x, is 1.0.3.
const (
	V1 Version = "1.0.3"
	V2 Version = "2.0.0"
)

// VersionOf reads the header X-Experience-API-Version; "" where it is not spoken here.
func VersionOf(header string) Version {
	switch {
	case header == "1.0" || strings.HasPrefix(header, "1.0.") && len(header) > 4:
		return V1
	case header == "2.0" || header == string(V2):
		return V2
	}
	return ""
}

// Fault says what is wrong with a statement, a document or a parameter, and where: "context.registration".
type Fault struct{ At, Why string }

func (f *Fault) Error() string {
	if f.At == "" {
		return f.Why
	}
	return f.At + ": " + f.Why
}

func wrong(format string, args ...any) error { return &Fault{Why: fmt.Sprintf(format, args...)} }

// under says in which property a fault lies.
func under(at string, err error) error {
	var f *Fault
	if !errors.As(err, &f) {
		return err
	}
	if f.At != "" && f.At[0] != '[' {
		at += "."
	}
	return &Fault{at + f.At, f.Why}
}

func nth(i int, err error) error { return under("["+strconv.Itoa(i)+"]", err) }
