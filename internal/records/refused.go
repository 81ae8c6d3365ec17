package records

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
)

// Refused is what a client sent and could not be taken for statements: kept for whoever looks after it, who may send
// it again once the client, or Tremplin, is mended. It may name people: what came is sealed.
type Refused struct {
	ID      id.ID     `json:"id"`
	Client  id.ID     `json:"client"`
	At      time.Time `json:"at"`
	Version string    `json:"version"`
	Type    string    `json:"type"` // of what came: application/json, multipart/mixed …
	Why     string    `json:"why"`
	Bytes   []byte    `json:"bytes"` // sealed
}

// Bounds of what is kept of what was refused.
const (
	refusedKind  = "xapi.refused"
	mostRefused  = 200     // of a programme
	largestKept  = 1 << 20 // bytes
	longestKept  = 30 * 24 * time.Hour
	refusedShown = 100
)

// Refuse keeps what could not be taken, if there is room: a client gone wild fills no disk.
func (s *Service) Refuse(ctx context.Context, who Known, r Refused, came []byte) error {
	if len(came) > largestKept {
		return nil
	}
	all, err := draft.Changed(ctx, s.J.DB(), who.Programme, refusedKind)
	if err != nil || len(all) >= mostRefused {
		return err
	}
	r.ID, r.Client, r.At = id.New(), who.ID, s.J.Now()
	if r.Bytes, err = s.J.SealWork(ctx, who.Programme, who.ID, r.ID.String(), came); err != nil {
		return err
	}
	return draft.Put(ctx, s.J.DB(), refusedOf(who.Programme, r.ID), r, s.J.Now())
}

func refusedOf(programme, which id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: refusedKind, Key: which.String()}
}

// RefusedOf lists what could not be taken, the latest first.
func (s *Service) RefusedOf(ctx context.Context, programme id.ID) (out []Refused, err error) {
	err = draft.Each(ctx, s.J.DB(), programme, refusedKind, func(_ string, b []byte) error {
		var r Refused
		err := json.Unmarshal(b, &r)
		out = append(out, r)
		return err
	})
	return out[:min(len(out), refusedShown)], err
}

// Came opens what was refused, with the client that sent it, to be read again.
func (s *Service) Came(ctx context.Context, programme, which id.ID) (r Refused, who Known, came []byte, err error) {
	_, ok, err := draft.Get(ctx, s.J.DB(), refusedOf(programme, which), &r)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "")
	}
	if err != nil {
		return r, who, nil, err
	}
	rows, err := s.ClientsOf(ctx, programme)
	if err != nil {
		return r, who, nil, err
	}
	i := slices.IndexFunc(rows, func(l Listed) bool { return l.Owner == r.Client })
	if i >= 0 {
		who = Known{Programme: programme, ID: r.Client, Name: rows[i].Name, Scopes: []string{Write}}
	}
	came, err = s.J.OpenWork(ctx, programme, r.Client, r.ID.String(), r.Bytes)
	return r, who, came, err
}

// Settle ends what was refused: it was taken since, or nobody wants it.
func (s *Service) Settle(ctx context.Context, programme, which id.ID) error {
	return draft.Delete(ctx, s.J.DB(), refusedOf(programme, which))
}

// Tidy ends what was refused long ago.
func (s *Service) Tidy(ctx context.Context) error {
	return draft.Expire(ctx, s.J.DB(), refusedKind, s.J.Now().Add(-longestKept))
}
