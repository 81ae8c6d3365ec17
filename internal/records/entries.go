package records

import (
	"encoding/json"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen to learning records. A statement stands in its actor's story, sealed with their key.
var (
	KindSaid     = journal.NewKind[Said]("records.statement.said", journal.OfPerson)
	KindResolved = journal.NewKind[Resolved]("records.statement.resolved", journal.OfPerson)
	KindDefined  = journal.NewKind[Defined]("records.activity.defined", journal.OfThing)
	KindClient   = journal.NewKind[Client]("records.client.added", journal.OfThing)
	KindRevoked  = journal.NewKind[Revoked]("records.client.revoked", journal.OfThing)
)

// Said is a statement. What a store adds on reading is not in it: its id is the entry's, its "stored" when the entry
// arrived. What it mentions was named when it came, since names need the programme's secret.
type Said struct {
	Statement json.RawMessage   `json:"statement"`
	Verb      string            `json:"verb"`              // its IRI
	Name      string            `json:"name,omitempty"`    // of its actor, as the statement has it
	Direct    []id.ID           `json:"direct"`            // what it is about: see Mention
	Related   []id.ID           `json:"related,omitempty"` // what it names besides
	Blobs     map[string]string `json:"blobs,omitempty"`   // SHA-2 of an attachment to the SHA-256 of its sealed bytes
}

// Resolved says that what a statement is about arrived after it, with what that mentions.
type Resolved struct {
	Statement id.ID   `json:"statement"`
	Direct    []id.ID `json:"direct,omitempty"`
	Related   []id.ID `json:"related,omitempty"`
}

// Defined is what a statement said of an activity that nobody had said before.
type Defined struct {
	IRI        string          `json:"iri"`
	Definition json.RawMessage `json:"definition"`
}

// Client is a program that may send or read statements. Its secret is not here.
type Client struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
}

// Revoked ends a client.
type Revoked struct{}
