package records

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/xapi"
)

// Parcel is what a client sends at once: all of it is kept, or nothing.
type Parcel struct {
	Version     xapi.Version
	Statements  []xapi.Object // each checked by xapi.Check
	Attachments map[string]Attachment
	Vouched     bool // who vouches for a statement is as it says: of an import
}

// Attachment is what came beside a statement, by its SHA-2 in small letters.
type Attachment struct {
	Type  string
	Bytes []byte
}

// Take keeps statements and gives their ids, in order. One whose id is known and that says the same is kept already;
// one that says something else is journal.ErrConflict.
func (s *Service) Take(ctx context.Context, who Known, p Parcel) ([]id.ID, error) {
	n, err := s.names(ctx, who.Programme, who.Home)
	if err != nil {
		return nil, err
	}
	if len(p.Statements) == 0 {
		return nil, nil
	}
	said, err := s.sayings(ctx, n, who, p)
	if err != nil {
		return nil, err
	}
	ids := make([]id.ID, len(said))
	for i, w := range said {
		ids[i] = w.id
	}
	if twice := slices.Clone(ids); hasTwice(twice) {
		return nil, xapi.Wrong(xapi.SameID)
	}
	if err := s.deeds(ctx, who.Programme, said); err != nil {
		return nil, err
	}
	err = s.write(ctx, n, who, said)
	if errors.Is(err, journal.ErrConflict) {
		if said, err = s.unlike(ctx, n, said); err == nil && len(said) > 0 {
			err = s.write(ctx, n, who, said)
		}
	}
	return ids, err
}

// unlike leaves out what is known but for the timestamp that a store gave it: who reads a statement that was sent
// without one, and sends it back, says nothing new ("Statement Comparison Requirements").
func (s *Service) unlike(ctx context.Context, n names, said []*saying) (out []*saying, err error) {
	for _, w := range said {
		es, err := s.J.Find(ctx, n.programme, w.id)
		if err != nil {
			return nil, err
		}
		if len(es) == 0 {
			out = append(out, w)
			continue
		}
		was, err := s.standing(&es[0])
		if errors.Is(err, ErrNone) {
			err = journal.ErrConflict
		}
		if err != nil {
			return nil, err
		}
		now := definition(string(w.body.Statement))
		_, had := was["timestamp"]
		_, has := now["timestamp"]
		if had != has {
			delete(was, "timestamp")
			delete(now, "timestamp")
		}
		if xapi.Same(was) != xapi.Same(now) {
			return nil, journal.ErrConflict
		}
	}
	return out, nil
}

// standing is what an entry says, as it came or as the player's own is read; ErrNone: it is no statement.
func (s *Service) standing(e *journal.Entry) (Object, error) {
	if w, ok, err := s.spoken(e); ok || err != nil {
		return w.Object, err
	}
	if e.Kind != KindSaid.Name {
		return nil, ErrNone
	}
	body, err := KindSaid.Read(e)
	return definition(string(body.Statement)), err
}

// saying is a statement on its way into the journal.
type saying struct {
	id, owner id.ID
	named     bool // by whoever sent it, who may have spoken of it before
	same      [32]byte
	at        time.Time
	body      Said
	refers    id.ID // the statement that it is about, or zero
	voids     bool
	meets     meeting
	deed      Deed
	defines   []xapi.Mention // the activities of which it says something
}

// sayings makes the statements of a parcel ready, and keeps their attachments.
func (s *Service) sayings(ctx context.Context, n names, who Known, p Parcel) ([]*saying, error) {
	out := make([]*saying, len(p.Statements))
	s.J.Turns.Behind(s.J.Now(), func() {
		for i, o := range p.Statements {
			out[i] = n.saying(who, p, o)
		}
	})
	for i, w := range out {
		if err := s.keep(ctx, n, p, w, p.Statements[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (n names) saying(who Known, p Parcel, o xapi.Object) *saying {
	out := &saying{id: id.New(), same: xapi.Same(o)}
	if text, ok := o["id"].(string); ok {
		out.id, _ = id.Parse(text) // it was checked
		out.named = true
	}
	actor, _ := o["actor"].(xapi.Object)
	out.owner = n.actor(actor)
	out.meets, out.deed = meetingOf(out.owner, actor), deedOf(o)
	out.body.Name, _ = actor["name"].(string)
	if text, ok := o["timestamp"].(string); ok {
		out.at, _ = xapi.Time(text)
	}
	xapi.Tidy(o)
	if _, said := o["authority"]; !said || !p.Vouched {
		o["authority"] = who.Authority()
	}
	if _, ok := o["version"]; !ok {
		o["version"] = map[xapi.Version]string{xapi.V1: "1.0.0", xapi.V2: string(xapi.V2)}[p.Version]
	}
	delete(o, "id")
	delete(o, "stored")
	out.body.Statement, out.body.Verb = xapi.Append(nil, o), xapi.Verb(o)
	out.body.Direct, out.body.Related = n.mentions(o)
	out.body.Related = append(out.body.Related, n.of(ofClient, who.ID.String()))
	if to := xapi.Refers(o); to != "" {
		out.refers, _ = id.Parse(to)
		out.voids = xapi.Verb(o) == xapi.Voided
	}
	out.defines = slices.DeleteFunc(xapi.Activities(o), func(m xapi.Mention) bool { return m.Definition() == nil })
	return out
}

// mentions are the names of all that a statement mentions.
func (n names) mentions(o xapi.Object) (direct, related []id.ID) {
	put := func(what id.ID, about bool) {
		if about && !slices.Contains(direct, what) {
			direct = append(direct, what)
		}
		if !about && !slices.Contains(related, what) {
			related = append(related, what)
		}
	}
	for _, m := range xapi.Agents(o) {
		put(n.actor(m.Of), m.Direct)
	}
	for _, m := range xapi.Activities(o) {
		put(n.of(ofActivity, m.ID()), m.Direct)
	}
	put(n.of(ofVerb, xapi.Verb(o)), true)
	if r := xapi.Registration(o); r != "" {
		put(n.of(ofRegistration, strings.ToLower(r)), true)
	}
	if to := xapi.Refers(o); to != "" {
		put(n.of(ofStatement, strings.ToLower(to)), true)
	}
	return direct, slices.DeleteFunc(related, func(v id.ID) bool { return slices.Contains(direct, v) })
}

// keep keeps the attachments of a statement, sealed with its actor's key.
func (s *Service) keep(ctx context.Context, n names, p Parcel, out *saying, o xapi.Object) error {
	for _, said := range xapi.Attachments(o) {
		sum := strings.ToLower(fmt.Sprint(said["sha2"]))
		a, ok := p.Attachments[sum]
		if !ok {
			continue
		}
		b, err := json.Marshal(a)
		if err != nil {
			return err
		}
		shut, err := s.J.SealWork(ctx, n.programme, out.owner, "attachment "+sum, b)
		if err != nil {
			return err
		}
		kept, err := s.Blobs.Put(shut)
		if err != nil {
			return err
		}
		if out.body.Blobs == nil {
			out.body.Blobs = map[string]string{}
		}
		out.body.Blobs[sum] = string(kept)
	}
	return nil
}

func (s *Service) write(ctx context.Context, n names, who Known, said []*saying) error {
	known, err := s.newDefinitions(ctx, n, said)
	if err != nil {
		return err
	}
	act, some := journal.Act{Programme: who.Programme, ID: id.New(), Author: who.ID}, s.toMeet(said)
	return s.J.Do(ctx, act, [32]byte{}, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds, err := n.decide(ctx, q, who, said)
		if err != nil {
			return nil, nil, err
		}
		met, err := meet(ctx, q, n, who, some)
		return slices.Concat(ds, known, met), nil, err
	})
}

// newDefinitions are what was said of activities that was not known. Two who say the same at once say it twice: it
// comes to the same.
func (s *Service) newDefinitions(ctx context.Context, n names, said []*saying) (out []journal.Draft, err error) {
	latest := map[string]xapi.Object{} // of several in one parcel, all
	for _, w := range said {
		for _, m := range w.defines {
			latest[m.ID()] = xapi.Merge(latest[m.ID()], m.Definition())
		}
	}
	iris := slices.Sorted(maps.Keys(latest))
	known, err := s.told(ctx, n.programme, iris)
	if err != nil {
		return nil, err
	}
	for _, iri := range iris {
		was := known[iri]
		if !bytes.Equal(xapi.Append(nil, xapi.Merge(was, latest[iri])), xapi.Append(nil, xapi.Merge(was, nil))) {
			at := n.of(ofActivity, iri)
			out = append(out, KindDefined.Draft(at, at, Defined{iri, xapi.Append(nil, latest[iri])}))
		}
	}
	return out, nil
}

func hasTwice(ids []id.ID) bool {
	slices.SortFunc(ids, func(a, b id.ID) int { return strings.Compare(string(a[:]), string(b[:])) })
	return len(slices.Compact(ids)) < len(ids)
}
