// Package journal is the one log of the house: what happened, in entries that are appended and never
// changed, and views that are folds of them. It knows no slice; a slice declares its kinds and views.
// The rule it keeps is in docs/ARCHITECTURE.md, "The journal".
package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"time"

	"tremplin/internal/core/id"
)

// Entry is one thing that happened. Times are microseconds since 1970, UTC.
type Entry struct {
	Programme, Node id.ID
	Seq             int64 // gapless within a node, from 1
	ID              id.ID // made by whoever wrote it: writing it twice is writing it once
	Kind            string
	Owner, Subject  id.ID // whose story it is; what it is about
	At              int64 // when it happened, as claimed: data, never order
	Recorded        int64 // the order within its owner's story
	Arrived         int64 // the order in this database; not in the digest
	Author          id.ID
	Payload         []byte // one byte of format, then JSON, sealed if the owner is a person
	Digest          []byte

	body json.RawMessage // the opened payload's body
	v    int             // and its version
}

// Formats of a payload.
const (
	plain  byte = 0
	sealed byte = 1
)

// envelope is a payload's JSON.
type envelope struct {
	V    int             `json:"v,omitempty"`
	Same []byte          `json:"same,omitempty"`
	Body json.RawMessage `json:"body,omitempty"`
}

// digest covers the header and the sealed payload. Integers are 8 bytes, big-endian.
func (e *Entry) digest() []byte {
	b := make([]byte, 0, 256)
	b = append(b, "tremplin entry 1\n"...)
	b = append(b, e.Programme[:]...)
	b = append(b, e.Node[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	b = append(b, e.ID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(len(e.Kind)))
	b = append(b, e.Kind...)
	b = append(b, e.Owner[:]...)
	b = append(b, e.Subject[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.At))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Recorded))
	b = append(b, e.Author[:]...)
	p := sha256.Sum256(e.Payload)
	d := sha256.Sum256(append(b, p[:]...))
	return d[:]
}

// sealedTo is the associated data: a payload moved to another owner or entry does not open.
func (e *Entry) sealedTo() []byte {
	b := make([]byte, 0, 48)
	b = append(b, e.Programme[:]...)
	b = append(b, e.Owner[:]...)
	return append(b, e.ID[:]...)
}

// Draft is what a decision returns; the journal gives it its place. Make one with Kind.Draft.
type Draft struct {
	Kind           string
	Owner, Subject id.ID
	At             int64 // zero: the act's; see When
	Author         id.ID // zero: the act's
	Body           any
	V              int
	Sealed         bool     // the owner is a person
	ID             id.ID    // zero: derived from the act's
	Same           [32]byte // with an ID of its own: what was said under it
	AtOnce         bool     // it stands before anybody else decides, for those who read what is Standing
}

// When puts an instant of its own on a draft; zero leaves the act's.
func (d Draft) When(t time.Time) Draft {
	if !t.IsZero() {
		d.At = t.UnixMicro()
	}
	return d
}

// nth derives the ids of a command's further entries.
func nth(command id.ID, n int) id.ID {
	if n == 0 {
		return command
	}
	return id.Derive(command[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// Same is the fingerprint of what was asked: the same command id with another fingerprint is a conflict.
func Same(parts ...any) [32]byte {
	b, err := json.Marshal(parts)
	if err != nil { // a channel or a function: a mistake that every run shows
		panic(err)
	}
	return sha256.Sum256(b)
}
