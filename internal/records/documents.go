package records

import (
	"context"
	"crypto/sha1" //nolint:gosec // the specification asks for it as an ETag
	"encoding/hex"
	"errors"
	"mime"
	"strings"
	"time"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/records/xapi"
)

// Resource is one of the places in which clients keep documents (1.0.3 Communication 2.2). They are drafts: work in
// progress without history.
type Resource string

// The resources.
const (
	StateResource           Resource = "xapi.state"
	AgentProfileResource    Resource = "xapi.agent-profile"
	ActivityProfileResource Resource = "xapi.activity-profile"
)

// Place names documents: one, or without ID all of an activity or an agent.
type Place struct {
	Resource               Resource
	Agent                  xapi.Object
	Activity, Registration string
	ID                     string
	Home                   string // as of Known
}

// Document is what a client keeps, of any type.
type Document struct {
	Type    string
	Bytes   []byte
	Changed time.Time
}

// ETag is a document's, as HTTP writes it.
func (d Document) ETag() string {
	sum := sha1.Sum(d.Bytes) //nolint:gosec // as above
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// If is what must hold of a document for a change: the headers of HTTP, and when one of them must be there.
type If struct {
	Match, NoneMatch string
	Said             Saying
}

// Saying tells when a condition must be said.
type Saying int

// A condition must be said never, where the document is there already, or always.
const (
	Never Saying = iota
	Replacing
	Always
)

// Errors of a change.
var (
	ErrStale   = errors.New("the document is not the one that If-Match or If-None-Match speaks of: read it again")
	ErrUnasked = errors.New("say by If-Match which document is replaced: somebody else may have changed it")
	ErrUnsaid  = errors.New("say by If-None-Match: * that there is no such document yet")
	ErrNotJSON = errors.New("only a JSON object can be merged with a JSON object, as application/json; this, or the document that is kept, is none: replace it by PUT")
)

// allows tells whether a change may be made to what stands there.
func (f If) allows(d Document, there bool) error {
	said := f.Match != "" || f.NoneMatch != ""
	switch {
	case !said && there && f.Said != Never:
		return ErrUnasked
	case !said && f.Said == Always:
		return ErrUnsaid
	case f.Match != "" && (!there || f.Match != "*" && !lists(f.Match, d.ETag())):
		return ErrStale
	case f.NoneMatch != "" && there && (f.NoneMatch == "*" || lists(f.NoneMatch, d.ETag())):
		return ErrStale
	}
	return nil
}

// lists tells whether a header that lists tags has one.
func lists(header, tag string) bool { return strings.Contains(header, tag) }

// kept is a document as it stands in its draft: sealed where it is somebody's.
type kept struct {
	Type  string `json:"type"`
	Bytes []byte `json:"bytes"`
}

// draftOf is the draft that a place names. The parts of the key are told apart by a sign that no IRI has.
func (s *Service) draftOf(ctx context.Context, programme id.ID, p Place) (draft.Draft, error) {
	out := draft.Draft{Programme: programme, Kind: string(p.Resource), Key: p.prefix() + p.ID}
	if p.Agent == nil {
		return out, nil
	}
	n, err := s.names(ctx, programme, p.Home)
	out.Person = n.actor(p.Agent)
	return out, err
}

func (p Place) prefix() string {
	switch p.Resource {
	case StateResource:
		if p.ID == "" && p.Registration == "" { // of any attempt, and of none
			return p.Activity + "\n"
		}
		return p.Activity + "\n" + strings.ToLower(p.Registration) + "\n"
	case ActivityProfileResource:
		return p.Activity + "\n"
	}
	return ""
}

// Document reads one; what is not there is ErrNone.
func (s *Service) Document(ctx context.Context, programme id.ID, p Place) (Document, error) {
	at, err := s.draftOf(ctx, programme, p)
	if err != nil {
		return Document{}, err
	}
	var k kept
	changed, ok, err := draft.Get(ctx, s.J.DB(), at, &k)
	if err == nil && !ok {
		err = ErrNone
	}
	if err != nil {
		return Document{}, err
	}
	return s.unseal(ctx, at, k, changed)
}

// Documents lists the ids of those that changed after an instant.
func (s *Service) Documents(ctx context.Context, programme id.ID, p Place, since time.Time) ([]string, error) {
	at, err := s.draftOf(ctx, programme, p)
	if err != nil {
		return nil, err
	}
	keys, err := draft.Under(ctx, s.J.DB(), at, since)
	for i := range keys {
		keys[i] = strings.TrimPrefix(keys[i], at.Key)
		if p.Resource == StateResource {
			keys[i] = keys[i][strings.LastIndexByte(keys[i], '\n')+1:]
		}
	}
	return keys, err
}

// Put keeps a document in place of the one that was there.
func (s *Service) Put(ctx context.Context, programme id.ID, p Place, d Document, f If) error {
	return s.change(ctx, programme, p, func(was Document, there bool) (Document, error) {
		return d, f.allows(was, there)
	})
}

// Merge adds the names of a JSON object to the one that is there.
func (s *Service) Merge(ctx context.Context, programme id.ID, p Place, d Document, f If) error {
	return s.change(ctx, programme, p, func(was Document, there bool) (Document, error) {
		if err := f.allows(was, there); err != nil || !there {
			return d, err
		}
		older, ok1 := object(was)
		newer, ok2 := object(d)
		if !ok1 || !ok2 {
			return d, ErrNotJSON
		}
		for k, v := range newer {
			older[k] = v
		}
		return Document{Type: "application/json", Bytes: xapi.Append(nil, older)}, nil
	})
}

// object reads a document that is a JSON object.
func object(d Document) (xapi.Object, bool) {
	kind, _, err := mime.ParseMediaType(d.Type)
	if err != nil || kind != "application/json" {
		return nil, false
	}
	v, err := xapi.Parse(d.Bytes)
	o, ok := v.(xapi.Object)
	return o, ok && err == nil
}

func (s *Service) change(ctx context.Context, programme id.ID, p Place, f func(was Document, there bool) (Document, error)) error {
	at, err := s.draftOf(ctx, programme, p)
	if err != nil {
		return err
	}
	_, err = draft.Change(ctx, s.J.DB(), at, s.J.Now(), func(k *kept, there bool) error {
		was := Document{}
		if there {
			var err error
			if was, err = s.unseal(ctx, at, *k, time.Time{}); err != nil {
				return err
			}
		}
		next, err := f(was, there)
		if err == nil {
			*k, err = s.sealed(ctx, at, next)
		}
		return err
	})
	return err
}

// Remove ends a document, or all of a place.
func (s *Service) Remove(ctx context.Context, programme id.ID, p Place, f If) error {
	at, err := s.draftOf(ctx, programme, p)
	if err != nil {
		return err
	}
	if p.ID == "" {
		return draft.DeleteUnder(ctx, s.J.DB(), at)
	}
	was, err := s.Document(ctx, programme, p)
	if err != nil && !errors.Is(err, ErrNone) {
		return err
	}
	there := err == nil
	if err := f.allows(was, there); err != nil || !there {
		return err
	}
	gone, err := draft.End(ctx, s.J.DB(), at, was.Changed)
	if err == nil && !gone { // it was changed meanwhile
		err = ErrStale
	}
	return err
}

func (s *Service) sealed(ctx context.Context, at draft.Draft, d Document) (k kept, err error) {
	k = kept{d.Type, d.Bytes}
	if !at.Person.IsZero() {
		k.Bytes, err = s.J.SealWork(ctx, at.Programme, at.Person, at.Kind+"\n"+at.Key, d.Bytes)
	}
	return k, err
}

func (s *Service) unseal(ctx context.Context, at draft.Draft, k kept, changed time.Time) (Document, error) {
	b := k.Bytes
	if !at.Person.IsZero() {
		var err error
		if b, err = s.J.OpenWork(ctx, at.Programme, at.Person, at.Kind+"\n"+at.Key, b); err != nil {
			return Document{}, err
		}
	}
	return Document{k.Type, b, changed}, nil
}
