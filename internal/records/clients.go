package records

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/secret"
	"tremplin/internal/records/xapi"
)

// Scopes of a client, as xAPI names them ("OAuth Authorization Scope", 1.0.3 Communication 4.2).
const (
	Write    = "statements/write"
	ReadMine = "statements/read/mine"
	Read     = "statements/read"
	States   = "state"
	Profiles = "profile"
	ReadAll  = "all/read"
	All      = "all"
)

// Scopes are all of them, from the least to the most.
var Scopes = []string{Write, ReadMine, Read, States, Profiles, ReadAll, All}

// ErrUnknown says that nobody is known by this key and secret.
var ErrUnknown = errors.New("no client has this key and secret")

// ErrAdded says that a client was made by the same act before: its secret was told then.
var ErrAdded = errors.New("this client was added before")

// Known is a client that has proved who it is.
type Known struct {
	Programme, ID id.ID
	Name          string
	Home          string // the address of this Tremplin; empty: nobody knows it here, and the programme stands for it
	Scopes        []string
}

// May tells whether a client has one of some scopes.
func (k Known) May(scopes ...string) bool {
	return slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(k.Scopes, s) })
}

// Authority is the client as statements name who vouches for them.
func (k Known) Authority() xapi.Object {
	return xapi.Object{"objectType": "Agent", "name": k.Name, "account": xapi.Object{"homePage": homeOf(k.Programme, k.Home), "name": k.ID.String()}}
}

// proof is a client whose secret was right a moment ago.
type proof struct {
	known Known
	until time.Time
}

// remembered is how long a secret that was right is not asked for again: the hash takes 30 ms. A client that is revoked
// is refused at once where it was, and elsewhere after this.
const remembered = time.Minute

// secretOf is where a client's secret stands, hashed: beside its story, since it is nothing that happened.
func secretOf(programme, client id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "xapi.secret", Key: client.String()}
}

// usedOf is where it stands when a client was last known by its secret, to the minute.
func usedOf(programme, client id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "xapi.used", Key: client.String()}
}

// check says what is wrong with a client.
func (c Client) check() (out []fault.Field) {
	if c.Name == "" {
		out = append(out, fault.Field{Name: "name", Key: "records.client.name"})
	}
	if len(c.Scopes) == 0 || slices.ContainsFunc(c.Scopes, func(v string) bool { return !slices.Contains(Scopes, v) }) {
		out = append(out, fault.Field{Name: "scope", Key: "records.client.scope"})
	}
	return out
}

// AddClient makes a client and gives its key and its secret; nobody can read the secret again. Again is ErrAdded.
func (s *Service) AddClient(ctx context.Context, a journal.Act, c Client) (key, said string, err error) {
	c.Name = strings.TrimSpace(c.Name)
	if err := fault.Fields(c.check()...); err != nil {
		return "", "", err
	}
	if err := s.J.Do(ctx, a, journal.Same(c), journal.Known(KindClient.Draft(a.ID, a.ID, c))); err != nil {
		return "", "", err
	}
	b := make([]byte, 20)
	_, _ = rand.Read(b) // never fails
	said = strings.ToLower(base32.StdEncoding.EncodeToString(b))
	_, err = draft.Change(ctx, s.J.DB(), secretOf(a.Programme, a.ID), s.J.Now(), func(kept *string, there bool) error {
		if there { // a second click: the secret that was told stays the right one
			return ErrAdded
		}
		*kept = secret.Seal(said)
		return nil
	})
	return a.ID.String(), said, err
}

// Revoke ends a client. Again is a no-op.
func (s *Service) Revoke(ctx context.Context, a journal.Act, client id.ID) error {
	if _, err := Clients.Find(ctx, s.J.DB(), a.Programme, "and owner=$2", client); err != nil {
		return err
	}
	if err := s.J.Do(ctx, a, journal.Same(client), journal.Known(KindRevoked.Draft(client, client, Revoked{}))); err != nil {
		return err
	}
	s.forget()
	return draft.Delete(ctx, s.J.DB(), secretOf(a.Programme, client))
}

// Prove tells which client has this key and this secret, in one of some programmes.
func (s *Service) Prove(ctx context.Context, programmes []id.ID, key, said string) (Known, error) {
	at := sha256.Sum256([]byte(key + "\n" + said))
	if p, ok := s.proven.Get(at); ok && s.J.Now().Before(p.until) {
		return p.known, nil
	}
	k, err := s.prove(ctx, programmes, key, said)
	if err == nil {
		s.proven.Put(at, proof{k, s.J.Now().Add(remembered)})
	}
	return k, err
}

func (s *Service) prove(ctx context.Context, programmes []id.ID, key, said string) (Known, error) {
	client, err := id.Parse(key)
	if err != nil { // a key is no secret: that there is none may be known at once
		return Known{}, ErrUnknown
	}
	for _, p := range programmes {
		row, ok, err := Clients.One(ctx, s.J.DB(), p, "and owner=$2", client)
		if err != nil {
			return Known{}, err
		}
		var sealed string
		if ok && !row.Revoked {
			_, ok, err = draft.Get(ctx, s.J.DB(), secretOf(p, client), &sealed)
		}
		if err != nil {
			return Known{}, err
		}
		if ok && secret.Matches(said, sealed) {
			if err := draft.Put(ctx, s.J.DB(), usedOf(p, client), true, s.J.Now()); err != nil {
				return Known{}, err
			}
			return Known{Programme: p, ID: client, Name: row.Name, Scopes: strings.Fields(row.Scopes)}, nil
		}
	}
	return Known{}, ErrUnknown
}

// Client finds a client by its key, without its secret: for whoever looks after the store.
func (s *Service) Client(ctx context.Context, programme id.ID, key string) (Known, error) {
	which, err := id.Parse(key)
	if err != nil {
		return Known{}, ErrUnknown
	}
	row, err := Clients.Find(ctx, s.J.DB(), programme, "and owner=$2", which)
	return Known{Programme: programme, ID: which, Name: row.Name, Scopes: []string{All}}, err
}

// Listed is a client, with when it was last used; zero: never.
type Listed struct {
	ClientRow
	Used time.Time
}

// Connected are the clients of a programme, the latest first: one query.
func (s *Service) Connected(ctx context.Context, programme id.ID) ([]ClientRow, error) {
	return Clients.Select(ctx, s.J.DB(), programme, "order by added_at desc,owner limit 200")
}

// ClientNames are what the clients of a programme are called: one query.
func (s *Service) ClientNames(ctx context.Context, programme id.ID) (map[id.ID]string, error) {
	rows, err := s.Connected(ctx, programme)
	out := map[id.ID]string{}
	for _, r := range rows {
		out[r.Owner] = r.Name
	}
	return out, err
}

// ClientsOf lists the clients of a programme, the latest first: two queries.
func (s *Service) ClientsOf(ctx context.Context, programme id.ID) (out []Listed, err error) {
	rows, err := s.Connected(ctx, programme)
	if err != nil {
		return nil, err
	}
	used, err := draft.Changed(ctx, s.J.DB(), programme, "xapi.used")
	for _, r := range rows {
		out = append(out, Listed{r, used[r.Owner.String()]})
	}
	return out, err
}
