package records

import (
	"strings"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/people"
	"tremplin/internal/records/xapi"
)

// StatementRow is a statement that was not voided.
type StatementRow struct {
	Owner     id.ID
	Statement id.ID `view:"key"`
	Stored    int64 // when it arrived; no two at once
	Client    id.ID // who sent it
	Verb      string
}

// MentionRow says what a statement mentions: an actor, an activity, its verb, its registration, or a statement.
type MentionRow struct {
	Owner     id.ID
	Statement id.ID `view:"key"`
	What      id.ID `view:"key"`
	Direct    bool  // what the statement is about
	Stored    int64
}

// NameRow is a name under which an actor was told of; it is empty where one was told of without a name.
type NameRow struct {
	Owner id.ID
	Name  string `view:"key"`
}

// MailboxRow is a participant's mailbox as statements name it.
type MailboxRow struct {
	Owner id.ID
	Sum   string // SHA-1 of its address, in small letters
}

// InvitationRow is a name that somebody was given for another platform.
type InvitationRow struct {
	Owner  id.ID
	Code   string `view:"key"`
	Client id.ID
	At     int64
}

// ActivityRow is all that was said of an activity; it owns itself.
type ActivityRow struct {
	Owner           id.ID
	IRI, Definition string
}

// ClientRow is a program that may send or read statements; it owns itself.
type ClientRow struct {
	Owner   id.ID
	Name    string
	Scopes  string // by spaces
	AddedAt int64
	By      id.ID
	Revoked bool
}

// The tables of learning records.
var (
	Statements  = view.New("records_statement", view.Index[StatementRow]("stored"), view.Totals(counted))
	Mentions    = view.New("records_mention", view.Index[MentionRow]("what", "direct", "stored"))
	Names       = view.New("records_name", view.Index[NameRow]("name", "owner"))
	Mailboxes   = view.New("records_mailbox", view.Index[MailboxRow]("sum", "owner"))
	Invitations = view.New("records_invitation", view.Index[InvitationRow]("code"))
	Activities  = view.New[ActivityRow]("records_activity")
	Clients     = view.New[ClientRow]("records_client")
	Forwards    = view.New[ForwardRow]("records_forward")
	Studies     = view.New[StudyRow]("records_study")
)

// counted is what a statement adds to the totals by day, source and verb.
func counted(w *StatementRow) []view.Cell {
	day := time.UnixMicro(w.Stored).UTC().Format(time.DateOnly)
	return []view.Cell{{Name: "day", Key: day, N: 1}, {Name: "client", Key: w.Client.String(), N: 1}, {Name: "verb", Key: w.Verb, N: 1}}
}

// View folds learning records.
var View = &journal.View{
	Name: "records", Version: 4,
	Tables: []*view.Table{Statements.Table, Mentions.Table, Names.Table, Activities.Table, Clients.Table, Mailboxes.Table, Invitations.Table, Forwards.Table, Studies.Table},
	Rules: []journal.Rule{
		journal.On(KindSaid, said),
		journal.On(KindResolved, resolved),
		journal.On(KindDefined, defined),
		journal.On(people.KindDescribed, described),
		journal.On(KindInvited, func(r *view.Rows, e *journal.Entry, w Invited) {
			Invitations.Edit(r, InvitationRow{Code: w.Code}, func(i *InvitationRow) { i.Client, i.At = w.Client, e.At })
		}),
		journal.On(KindClient, func(r *view.Rows, e *journal.Entry, c Client) {
			Clients.Edit(r, ClientRow{}, func(w *ClientRow) {
				w.Name, w.Scopes, w.AddedAt, w.By = c.Name, strings.Join(c.Scopes, " "), e.At, e.Author
			})
		}),
		journal.On(KindRevoked, func(r *view.Rows, _ *journal.Entry, _ Revoked) {
			Clients.Edit(r, ClientRow{}, func(w *ClientRow) { w.Revoked = true })
		}),
		journal.On(KindForward, forwardSet),
		journal.On(KindForwardEnded, func(r *view.Rows, e *journal.Entry, _ ForwardEnded) {
			Forwards.Edit(r, ForwardRow{}, func(w *ForwardRow) { w.Ended, w.EndedAt = true, e.At })
		}),
	},
}

func said(r *view.Rows, e *journal.Entry, s Said) {
	Statements.Add(r, StatementRow{Statement: e.ID, Stored: e.Arrived, Client: e.Author, Verb: s.Verb})
	for _, what := range s.Related {
		Mentions.Add(r, MentionRow{Statement: e.ID, What: what, Stored: e.Arrived})
	}
	for _, what := range s.Direct { // last: what a statement is about stays that, whatever else it says
		Mentions.Add(r, MentionRow{Statement: e.ID, What: what, Direct: true, Stored: e.Arrived})
	}
	Names.Add(r, NameRow{Name: s.Name})
	studied(r, e, s.Deed)
}

// resolved adds to a statement what the one mentions that it is about.
func resolved(r *view.Rows, _ *journal.Entry, s Resolved) {
	about, ok := Statements.Get(r, StatementRow{Statement: s.Statement})
	if !ok {
		return
	}
	put := func(what id.ID, direct bool) {
		Mentions.Edit(r, MentionRow{Statement: s.Statement, What: what}, func(w *MentionRow) {
			w.Stored, w.Direct = about.Stored, w.Direct || direct
		})
	}
	for _, what := range s.Related {
		put(what, false)
	}
	for _, what := range s.Direct {
		put(what, true)
	}
}

// described keeps by which mailbox somebody may be named, if they have one.
func described(r *view.Rows, _ *journal.Entry, d people.Described) {
	if d.Email == "" {
		Mailboxes.Delete(r, MailboxRow{})
		return
	}
	Mailboxes.Edit(r, MailboxRow{}, func(w *MailboxRow) { w.Sum = xapi.MailboxSum(d.Email) })
}

// defined merges what is said of an activity into what is known.
func defined(r *view.Rows, _ *journal.Entry, d Defined) {
	Activities.Edit(r, ActivityRow{}, func(w *ActivityRow) {
		w.IRI, w.Definition = d.IRI, string(xapi.Append(nil, xapi.Merge(definition(w.Definition), definition(string(d.Definition)))))
	})
}

// definition reads what was checked when it came; what is not there is empty.
func definition(kept string) xapi.Object {
	v, err := xapi.Parse([]byte(kept))
	if o, ok := v.(xapi.Object); ok && err == nil {
		return o
	}
	return xapi.Object{}
}
