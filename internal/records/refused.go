package records

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/records/xapi"
)

// Refused is what a client sent and could not be taken for statements: kept for whoever looks after it, who may send
// it again once the client, or Tremplin, is mended. It may name people: what came is sealed.
type Refused struct {
	ID      id.ID     `json:"id"`
	Client  id.ID     `json:"client"`
	At      time.Time `json:"at"`
	Version string    `json:"version"`
	Type    string    `json:"type"`   // of what came: application/json, multipart/mixed …
	Reason  string    `json:"reason"` // its code: xapi.Reasons
	Where   string    `json:"where,omitempty"`
	Quoted  []string  `json:"quoted,omitempty"`
}

// Bounds of what is kept of what was refused.
const (
	refusedKind  = "xapi.refused"
	cameKind     = "xapi.came" // what came, sealed, beside it
	mostRefused  = 200         // of a programme
	largestKept  = 1 << 20     // bytes
	longestKept  = 30 * 24 * time.Hour
	refusedShown = 100
)

// Refuse keeps what could not be taken, and why, if there is room: a client gone wild fills no disk.
func (s *Service) Refuse(ctx context.Context, who Known, r Refused, why *xapi.Fault, came []byte) error {
	if len(came) > largestKept {
		return nil
	}
	all, err := draft.Changed(ctx, s.J.DB(), who.Programme, refusedKind)
	if err != nil || len(all) >= mostRefused {
		return err
	}
	r.ID, r.Client, r.At = id.New(), who.ID, s.J.Now()
	short := why.Short()
	r.Reason, r.Where, r.Quoted = short.Reason.Code, short.At, short.Args
	shut, err := s.J.SealWork(ctx, who.Programme, who.ID, r.ID.String(), came)
	if err != nil {
		return err
	}
	if err := draft.Put(ctx, s.J.DB(), refusedOf(who.Programme, cameKind, r.ID), shut, s.J.Now()); err != nil {
		return err
	}
	return draft.Put(ctx, s.J.DB(), refusedOf(who.Programme, refusedKind, r.ID), r, s.J.Now())
}

func refusedOf(programme id.ID, kind string, which id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: kind, Key: which.String()}
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
	var shut []byte
	_, ok, err := draft.GetWith(ctx, s.J.DB(), refusedOf(programme, refusedKind, which), &r, cameKind, &shut)
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
	came, err = s.J.OpenWork(ctx, programme, r.Client, r.ID.String(), shut)
	return r, who, came, err
}

// Settle ends what was refused: it was taken since, or nobody wants it.
func (s *Service) Settle(ctx context.Context, programme, which id.ID) error {
	return errors.Join(draft.Delete(ctx, s.J.DB(), refusedOf(programme, refusedKind, which)), draft.Delete(ctx, s.J.DB(), refusedOf(programme, cameKind, which)))
}

// Tidy ends what was refused long ago.
func (s *Service) Tidy(ctx context.Context) error {
	long := s.J.Now().Add(-longestKept)
	return errors.Join(draft.Expire(ctx, s.J.DB(), refusedKind, long), draft.Expire(ctx, s.J.DB(), cameKind, long))
}
