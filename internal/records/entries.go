package records

import (
	"encoding/json"
	"errors"
	"slices"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen to learning records. A statement stands in its actor's story, sealed with their key.
var (
	KindSaid     = journal.NewKind[Said]("records.statement.said", journal.OfPerson)
	KindResolved = journal.NewKind[Resolved]("records.statement.resolved", journal.OfPerson)
	KindDefined  = journal.NewKind[Defined]("records.activity.defined", journal.OfThing)
	KindInvited  = journal.NewKind[Invited]("records.actor.invited", journal.OfPerson)
	KindClient   = journal.NewKind[Client]("records.client.added", journal.OfThing)
	KindRevoked  = journal.NewKind[Revoked]("records.client.revoked", journal.OfThing)

	KindForward      = journal.NewKind[Forward]("records.forward.set", journal.OfThing)
	KindForwardEnded = journal.NewKind[ForwardEnded]("records.forward.ended", journal.OfThing)
)

// Said is a statement. What a store adds on reading is not in it: its id is the entry's, its "stored" when the entry
// arrived. What it mentions was named when it came, since names need the programme's secret.
type Said struct {
	Statement json.RawMessage   `json:"statement"`
	Verb      string            `json:"verb"`              // its IRI
	Name      string            `json:"name,omitempty"`    // of its actor, as the statement has it
	Direct    packed            `json:"direct"`            // what it is about: see MentionRow
	Related   packed            `json:"related,omitempty"` // what it names besides
	Deed      *Deed             `json:"deed,omitempty"`    // where it tells how far somebody is with something
	Blobs     map[string]string `json:"blobs,omitempty"`   // SHA-2 of an attachment to the SHA-256 of its sealed bytes
}

// packed are ids written one behind the other: there are several in each of millions of entries.
type packed []id.ID

// MarshalJSON writes them as one text in base64.
func (p packed) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 16*len(p))
	for _, v := range p {
		b = append(b, v[:]...)
	}
	return json.Marshal(b)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *packed) UnmarshalJSON(text []byte) error {
	var b []byte
	if err := json.Unmarshal(text, &b); err != nil {
		return err
	}
	*p = nil
	for v := range slices.Chunk(b, 16) {
		if len(v) < 16 {
			return errors.New("an id is cut off")
		}
		*p = append(*p, id.ID(v))
	}
	return nil
}

// Resolved says that what a statement is about arrived after it, with what that mentions.
type Resolved struct {
	Statement id.ID  `json:"statement"`
	Direct    packed `json:"direct,omitempty"`
	Related   packed `json:"related,omitempty"`
}

// Defined is what a statement said of an activity that nobody had said before.
type Defined struct {
	IRI        string          `json:"iri"`
	Definition json.RawMessage `json:"definition"`
}

// Invited gives somebody a name of their own on another platform, under which they are known when they come back.
type Invited struct {
	Code   string `json:"code"`
	Client id.ID  `json:"client,omitzero"` // the platform that may say it; zero: any
}

// Client is a program that may send or read statements. Its secret is not here.
type Client struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
}

// Revoked ends a client.
type Revoked struct{}

// Forward has statements passed on to another store. How Tremplin is known there is not here.
type Forward struct {
	Name    string `json:"name"` // of the recipient
	URL     string `json:"url"`
	Purpose string `json:"purpose"` // why they may have them, as who is answerable says it
	Filter  Filter `json:"filter,omitzero"`
	Earlier bool   `json:"earlier,omitempty"` // also what was kept before this
}

// Filter says which statements are passed on: those that mention one of the verbs, one of the activities and one of the
// clients, each where any is named.
type Filter struct {
	Verbs      []string `json:"verbs,omitempty"`
	Activities []string `json:"activities,omitempty"`
	Clients    []id.ID  `json:"clients,omitempty"`
}

// ForwardEnded ends a forward.
type ForwardEnded struct{}
