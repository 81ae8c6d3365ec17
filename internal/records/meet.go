package records

import (
	"context"
	"maps"
	"slices"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/xapi"
)

// meeting is how an actor of a statement may be somebody whom the programme knows: by their mailbox, or by the name
// that they were given for another platform.
type meeting struct {
	actor         id.ID
	mailbox, name string
}

// askedAgain is after how long an actor whom nobody knew is looked up again.
const askedAgain = time.Minute

// toMeet are the actors of statements who may be somebody, and were not looked up a moment ago.
func (s *Service) toMeet(said []*saying) (out []meeting) {
	for _, w := range said {
		if w.meets.mailbox+w.meets.name != "" && !s.metLately(w.owner) {
			out = append(out, w.meets)
		}
	}
	return out
}

// meet joins actors to the participants that they are. Whom a professional parted stays parted: the entry is known.
func meet(ctx context.Context, q db.Queryer, n names, who Known, some []meeting) (out []journal.Draft, err error) {
	if len(some) == 0 {
		return nil, nil
	}
	found, err := participants(ctx, journal.Standing(q), n.programme, who, some) // whoever comes this moment is met next time
	for _, m := range some {
		person, ok := found[m.actor]
		if !ok || err != nil {
			continue
		}
		root, failed := journal.Root(ctx, q, n.programme, m.actor)
		if err = failed; err == nil && root == m.actor && person != m.actor {
			d := journal.Joined.Draft(person, m.actor, journal.Reason{})
			d.ID = id.Derive(person[:], m.actor[:], []byte("met"))
			out = append(out, d)
		}
		delete(found, m.actor) // once a parcel
	}
	return out, err
}

func (s *Service) metLately(actor id.ID) bool {
	if at, ok := s.met.Get(actor); ok && s.J.Now().Sub(at) < askedAgain {
		return true
	}
	s.met.Put(actor, s.J.Now())
	return false
}

// participants finds who actors are: two queries. Of a mailbox that several share nothing is said.
func participants(ctx context.Context, q db.Queryer, programme id.ID, who Known, some []meeting) (map[id.ID]id.ID, error) {
	out := map[id.ID]id.ID{}
	boxes, codes := map[string]id.ID{}, map[string]id.ID{}
	for _, m := range some {
		boxes[m.mailbox], codes[m.name] = m.actor, m.actor
	}
	delete(boxes, "")
	delete(codes, "")
	if len(boxes) > 0 {
		args := db.Args{programme}
		rows, err := Mailboxes.Select(ctx, q, programme, "and sum in ("+db.List(&args, slices.Collect(maps.Keys(boxes)))+")", args[1:]...)
		if err != nil {
			return nil, err
		}
		for _, r := range alone(rows) {
			out[boxes[r.Sum]] = r.Owner
		}
	}
	if len(codes) == 0 {
		return out, nil
	}
	args := db.Args{programme}
	rows, err := Invitations.Select(ctx, q, programme, "and code in ("+db.List(&args, slices.Collect(maps.Keys(codes)))+")", args[1:]...)
	for _, r := range rows {
		if r.Client.IsZero() || r.Client == who.ID {
			out[codes[r.Code]] = r.Owner
		}
	}
	return out, err
}

// alone leaves out the mailboxes that several share.
func alone(rows []MailboxRow) []MailboxRow {
	n := map[string]int{}
	for _, r := range rows {
		n[r.Sum]++
	}
	return slices.DeleteFunc(rows, func(r MailboxRow) bool { return n[r.Sum] > 1 })
}

// meetingOf is how an actor may be known.
func meetingOf(owner id.ID, actor xapi.Object) meeting {
	_, name := xapi.Account(actor)
	return meeting{owner, xapi.Mailbox(actor), name}
}
