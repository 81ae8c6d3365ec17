// Package lrs speaks to another store of learning records, as a client of xAPI does. It knows what a store may answer
// and says what that means for whoever sends; what is sent it does not read.
package lrs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tremplin/internal/core/outside"
	"tremplin/internal/records/xapi"
)

// Store is another store, and how Tremplin is known there.
type Store struct {
	URL         string // without /statements
	Key, Secret string
	Now         func() time.Time
}

// Kinds of trouble.
const (
	Unreachable = "unreachable" // nobody answers
	Slow        = "slow"        // nobody answers in time
	Login       = "login"       // the key or the secret is not known
	Rights      = "rights"      // they are known and may not send statements
	Busy        = "busy"        // it asks for patience
	Broken      = "broken"      // it fails
	Elsewhere   = "elsewhere"   // it leads to another address
	NoStore     = "no-store"    // this is no store of learning records
)

// Trouble is why nothing can be sent for now: what was to be sent stays to be sent.
type Trouble struct {
	Kind   string
	Status int           // of the answer, if there was one
	Detail string        // of the network
	After  time.Duration // how long it lasts at least, if the store says so
}

func (t *Trouble) Error() string {
	if t.Status != 0 {
		return fmt.Sprintf("the other store of learning records answers %d: %s", t.Status, t.Kind)
	}
	return "the other store of learning records: " + t.Kind + " " + t.Detail
}

// RefusedError says that a store will not have what was sent, however often.
type RefusedError struct {
	Status int
	Words  string // its own, cut; they may name people
}

func (r *RefusedError) Error() string {
	return fmt.Sprintf("the other store of learning records refuses this: %d", r.Status)
}

// bounds of a request: a job that sends holds others up meanwhile.
var bounds = outside.Site{Time: 15 * time.Second, Most: 64 << 10}

func (s Store) ask(ctx context.Context, method, path string, version xapi.Version, kind string, body []byte) (outside.Answer, error) {
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(s.URL, "/")+path, bytes.NewReader(body))
	if err != nil {
		return outside.Answer{}, err
	}
	r.SetBasicAuth(s.Key, s.Secret)
	r.Header.Set("X-Experience-API-Version", string(version))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	a, err := bounds.Ask(r)
	switch {
	case err == nil:
		return a, nil
	case errors.Is(err, outside.ErrSlow):
		return a, &Trouble{Kind: Slow}
	case ctx.Err() != nil:
		return a, err
	}
	return a, &Trouble{Kind: Unreachable, Detail: err.Error()}
}

// Try finds out whether this is a store that takes statements from us. Nothing is kept there.
func (s Store) Try(ctx context.Context) error {
	a, err := s.ask(ctx, http.MethodGet, "/about", xapi.V1, "", nil)
	if err != nil {
		return err
	}
	var about struct{ Version []string }
	if t := s.trouble(a); t != nil {
		return t
	}
	if a.Status != http.StatusOK || json.Unmarshal(a.Body, &about) != nil || len(about.Version) == 0 {
		return &Trouble{Kind: NoStore, Status: a.Status}
	}
	return s.may(ctx)
}

// may asks whether we may send: an empty list of statements is nothing to keep, and whoever may not send is told so.
func (s Store) may(ctx context.Context) error {
	a, err := s.ask(ctx, http.MethodPost, "/statements", xapi.V1, "application/json", []byte("[]"))
	if err != nil {
		return err
	}
	if a.Status == http.StatusForbidden {
		return &Trouble{Kind: Rights, Status: a.Status}
	}
	if t := s.trouble(a); t != nil {
		return t
	}
	return nil
}

// Send sends statements, as Mixed or a list of JSON writes them. It is nil, a Trouble or a RefusedError, or ctx has ended.
func (s Store) Send(ctx context.Context, version xapi.Version, kind string, body []byte) error {
	a, err := s.ask(ctx, http.MethodPost, "/statements", version, kind, body)
	if err != nil {
		return err
	}
	if t := s.trouble(a); t != nil {
		return t
	}
	switch a.Status {
	case http.StatusOK, http.StatusNoContent:
		return nil
	case http.StatusForbidden: // us, or this statement?
		if err := s.may(ctx); err != nil {
			return err
		}
	case http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
	default:
		return &Trouble{Kind: NoStore, Status: a.Status}
	}
	return &RefusedError{a.Status, words(a.Body)}
}

// trouble is what an answer says that is none about what was sent.
func (s Store) trouble(a outside.Answer) error {
	t := &Trouble{Status: a.Status, After: s.after(a.Header.Get("Retry-After"))}
	switch {
	case a.Status == http.StatusUnauthorized:
		t.Kind = Login
	case a.Status == http.StatusTooManyRequests:
		t.Kind = Busy
	case a.Status >= 500:
		t.Kind = Broken
	case a.Status >= 300 && a.Status < 400:
		t.Kind = Elsewhere
	default:
		return nil
	}
	return t
}

// longest is how long a store may ask for patience.
const longest = 24 * time.Hour

// after reads Retry-After: seconds, or an instant.
func (s Store) after(said string) time.Duration {
	if n, err := strconv.ParseUint(said, 10, 32); err == nil {
		return min(time.Duration(n)*time.Second, longest)
	}
	at, err := http.ParseTime(said)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(s.Now()), 0), longest)
}

// mostWords is how much of a store's own words is kept.
const mostWords = 200

// words are a store's own, on one line.
func words(b []byte) string {
	line := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(string(b), "?"), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if r := []rune(line); len(r) > mostWords {
		return string(r[:mostWords]) + "…"
	}
	return line
}
