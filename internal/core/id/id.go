// Package id holds the one identifier of the house: a UUID kept as 16 bytes in every table and
// entry. Ids made here are version 7 (ordered by time); derived ones are version 8.
package id

import (
	"crypto/sha256"
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
)

// ID is a UUID of any version; the zero ID means "none".
type ID [16]byte

// New makes a version 7 UUID from the current time and randomness.
func New() ID { return ID(uuid.Must(uuid.NewV7())) }

// Parse reads the textual form of a UUID; what is none gives the zero id, nothing that was half read.
func Parse(s string) (ID, error) {
	u, err := uuid.Parse(s)
	if err != nil {
		return ID{}, err
	}
	return ID(u), nil
}

// Derive makes the version 8 UUID of the given parts: the same parts give the same id anywhere.
func Derive(parts ...[]byte) ID {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	v := ID(h.Sum(nil)[:16])
	v[6], v[8] = v[6]&0x0f|0x80, v[8]&0x3f|0x80
	return v
}

// Named derives an id from words, for things that a programme's files name.
func Named(words ...string) ID {
	parts := make([][]byte, len(words))
	for i, w := range words {
		parts[i] = []byte(w)
	}
	return Derive(parts...)
}

// IsZero tells whether there is none.
func (v ID) IsZero() bool { return v == ID{} }

// String is the usual form, 36 characters.
func (v ID) String() string { return uuid.UUID(v).String() }

// Value gives the database 16 bytes.
func (v ID) Value() (driver.Value, error) { return v[:], nil }

// Scan takes 16 bytes from the database; NULL is the zero id.
func (v *ID) Scan(src any) error {
	switch b := src.(type) {
	case nil:
		*v = ID{}
	case []byte:
		if len(b) != 16 {
			return fmt.Errorf("an id of %d bytes", len(b))
		}
		copy(v[:], b)
	default:
		return fmt.Errorf("an id from %T", src)
	}
	return nil
}

// MarshalText writes the usual form, so that ids are readable in JSON.
func (v ID) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the usual form; an empty text is the zero id.
func (v *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*v = ID{}
		return nil
	}
	u, err := Parse(string(b))
	*v = u
	return err
}
