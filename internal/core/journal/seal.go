package journal

import (
	"context"
	"encoding/json"
	"slices"

	"tremplin/internal/core/id"
	"tremplin/internal/core/vault"
)

// seal makes entries of what is pending: their place, their sealed payload, their digest. A command about
// a story that has ended is answered with that and brings none.
func (b *batch) seal(ctx context.Context, st state) (entries []Entry, err error) {
	b.pending = slices.DeleteFunc(b.pending, func(p *placing) bool {
		if !st.allows(p.drafts) {
			p.answer = ErrErased
		}
		return p.answer != nil
	})
	if err := b.keys(ctx); err != nil {
		return nil, err
	}
	for _, p := range b.pending {
		for _, d := range p.drafts {
			e, err := b.entry(ctx, p, d, st)
			if err != nil {
				return nil, err
			}
			entries = append(entries, e)
			b.h.said[d.ID] = saying{same: d.Same}
		}
	}
	return entries, nil
}

func (b *batch) entry(ctx context.Context, p *placing, d Draft, st state) (Entry, error) {
	h := b.h
	h.seq++
	h.stamp++
	e := Entry{
		Programme: h.programme, Node: h.node, Seq: h.seq, ID: d.ID, Kind: d.Kind, Owner: d.Owner, Subject: d.Subject,
		At: p.at(d, h.stamp), Recorded: st.next(d.Owner, h.stamp), Arrived: h.stamp, Author: d.Author,
	}
	if e.Author.IsZero() {
		e.Author = p.Author
	}
	return e, b.j.fill(ctx, &e, d)
}

func (c *waiting) at(d Draft, stamp int64) int64 {
	switch {
	case d.At != 0:
		return d.At
	case !c.At.IsZero():
		return c.At.UnixMicro()
	}
	return stamp
}

// keys makes the keys that drafts will be sealed with, in one transaction of the key store.
func (b *batch) keys(ctx context.Context) error {
	var names []vault.Name
	seen := map[id.ID]bool{}
	for _, p := range b.pending {
		for _, d := range p.drafts {
			if d.Sealed && !seen[d.Owner] {
				seen[d.Owner] = true
				names = append(names, vault.Name{Programme: b.h.programme, Owner: d.Owner, Node: b.h.node})
			}
		}
	}
	return b.j.vault.Ensure(ctx, names)
}

func (j *Journal) fill(ctx context.Context, e *Entry, d Draft) error {
	body, err := json.Marshal(d.Body)
	if err != nil {
		return err
	}
	env := envelope{V: d.V, Body: body}
	if d.Same != [32]byte{} {
		env.Same = d.Same[:]
	}
	clear, err := json.Marshal(env)
	if err != nil {
		return err
	}
	e.body, e.v = body, d.V
	e.Payload = append([]byte{plain}, clear...)
	if d.Sealed {
		a, err := j.vault.AEAD(ctx, vault.Name{Programme: e.Programme, Owner: e.Owner, Node: e.Node})
		if err != nil {
			return err
		}
		e.Payload = a.Seal([]byte{sealed}, nil, clear, e.sealedTo())
	}
	e.Digest = e.digest()
	return nil
}
