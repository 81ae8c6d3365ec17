package records

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/xapi"
)

// Statement is one statement as it is read: with its id, when it was stored, and the rest that a store adds.
type Statement struct {
	ID     id.ID
	Stored time.Time
	Object xapi.Object
	Owner  id.ID
	Client id.ID // who sent it
	blobs  map[string]string
}

// Question is what statements somebody asks for. Zero fields ask for nothing.
type Question struct {
	Agent                        xapi.Object // or an identified group
	Verb, Activity, Registration string
	Broadly                      struct{ Agents, Activities bool } // whatever a statement names, not only what it is about
	Since, Until                 time.Time                         // stored after, and not after
	Mine                         id.ID                             // sent by this client
	Home                         string                            // as of Known
	Limit                        int
	Ascending                    bool
	After                        int64 // go on behind this: what Page.Next said
}

// Page is some statements, and where to go on; zero: there are no more.
type Page struct {
	Statements []Statement
	Next       int64
}

// maxPage is how many statements one page holds at most.
const maxPage = 200

// Ask finds statements, the latest first or the earliest. A page says where the next one begins, whatever arrives
// meanwhile.
func (s *Service) Ask(ctx context.Context, programme id.ID, w Question) (Page, error) {
	n, err := s.names(ctx, programme, w.Home)
	if err != nil {
		return Page{}, err
	}
	limit := w.Limit
	if limit <= 0 || limit > maxPage {
		limit = maxPage
	}
	found, err := s.find(ctx, n, w, limit+1)
	if err != nil {
		return Page{}, err
	}
	var out Page
	if len(found) > limit {
		found = found[:limit]
		out.Next = found[limit-1].Stored
	}
	out.Statements, err = s.open(ctx, programme, found)
	return out, err
}

// filter is one thing that a statement must mention.
type filter struct {
	what    id.ID
	broadly bool // named at all; else what the statement is about
}

// filters are what statements must mention: the first is the one that finds fewest, as a rule.
func (n names) filters(w Question) (out []filter) {
	if w.Registration != "" {
		out = append(out, filter{n.of(ofRegistration, strings.ToLower(w.Registration)), false})
	}
	if w.Agent != nil {
		out = append(out, filter{n.actor(w.Agent), w.Broadly.Agents})
	}
	if w.Activity != "" {
		out = append(out, filter{n.of(ofActivity, w.Activity), w.Broadly.Activities})
	}
	if w.Verb != "" {
		out = append(out, filter{n.of(ofVerb, w.Verb), false})
	}
	if !w.Mine.IsZero() && len(out) == 0 { // else bounds is enough
		out = append(out, filter{n.sender(w.Mine.String()), true})
	}
	return out
}

// sender is what statements mention that a client sent. What people do here has no client: the programme itself vouches for it.
func (n names) sender(client string) id.ID {
	if client == n.programme.String() {
		return n.programme
	}
	return n.of(ofClient, client)
}

// found is where a statement stands.
type found struct {
	Owner, Statement id.ID
	Stored           int64
}

// find reads where the statements stand, in one query that reads an index in its order.
func (s *Service) find(ctx context.Context, n names, w Question, limit int) ([]found, error) {
	args := db.Args{n.programme}
	fs := n.filters(w)
	var parts []string
	if len(fs) == 0 {
		parts = []string{"select owner,statement,stored from records_statement m where programme=$1" + w.bounds(&args, nil)}
	} else {
		for _, direct := range []bool{true, false} {
			if direct || fs[0].broadly {
				parts = append(parts, "select owner,statement,stored from records_mention m where programme=$1 and what="+args.Add(fs[0].what)+
					" and direct="+strconv.FormatBool(direct)+w.bounds(&args, fs[1:]))
			}
		}
	}
	order := " order by stored desc limit " + strconv.Itoa(limit)
	if w.Ascending {
		order = " order by stored limit " + strconv.Itoa(limit)
	}
	for i := range parts {
		parts[i] = "select * from (" + parts[i] + order + ") p" + strconv.Itoa(i)
	}
	return s.places(ctx, strings.Join(parts, " union all ")+order, args)
}

func (s *Service) places(ctx context.Context, text string, args db.Args) (out []found, err error) {
	rows, err := s.J.DB().Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var f found
		if err := rows.Scan(&f.Owner, &f.Statement, &f.Stored); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// bounds are the conditions that hold beside what leads the query.
func (w Question) bounds(args *db.Args, more []filter) string {
	var b strings.Builder
	if !w.Since.IsZero() {
		b.WriteString(" and stored>" + args.Add(w.Since.UnixMicro()))
	}
	if !w.Until.IsZero() {
		b.WriteString(" and stored<=" + args.Add(w.Until.UnixMicro()))
	}
	if w.After != 0 {
		b.WriteString(map[bool]string{true: " and stored>", false: " and stored<"}[w.Ascending] + args.Add(w.After))
	}
	if !w.Mine.IsZero() { // what is about another statement mentions that one's client, too
		b.WriteString(" and exists (select 1 from records_statement s where s.programme=m.programme and s.owner=m.owner and s.statement=m.statement and s.client=" + args.Add(w.Mine) + ")")
	}
	for _, f := range more {
		b.WriteString(" and exists (select 1 from records_mention o where o.programme=m.programme and o.owner=m.owner and o.statement=m.statement and o.what=" + args.Add(f.what))
		if !f.broadly {
			b.WriteString(" and o.direct")
		}
		b.WriteString(")")
	}
	return b.String()
}

// open opens statements, one by one, in order.
func (s *Service) open(ctx context.Context, programme id.ID, at []found) ([]Statement, error) {
	ids := make([]id.ID, len(at))
	for i, f := range at {
		ids[i] = f.Statement
	}
	es, err := s.J.Find(ctx, programme, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]Statement, 0, len(es))
	for i := range es {
		w, err := s.read(&es[i])
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, s.describe(ctx, programme, out)
}

// describe says what this programme's own activities are, as a platform would: one query where there are any.
func (s *Service) describe(ctx context.Context, programme id.ID, all []Statement) error {
	var own []Statement
	for _, w := range all {
		if w.Client == programme {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return nil
	}
	known, err := s.offered(ctx, programme, named(own))
	for _, w := range own {
		for _, m := range xapi.Activities(w.Object) {
			if a, ok := known[m.ID()]; ok {
				m.Of["definition"] = a.Definition
			}
		}
	}
	return err
}

// read makes a statement of an entry, with what a store adds; of an entry that is none it is ErrNone.
func (s *Service) read(e *journal.Entry) (Statement, error) {
	if w, ok, err := s.spoken(e); ok || err != nil {
		return w, err
	}
	if e.Kind != KindSaid.Name {
		return Statement{}, ErrNone
	}
	body, err := KindSaid.Read(e)
	if err != nil {
		return Statement{}, err
	}
	v, err := xapi.Parse(body.Statement)
	o, ok := v.(xapi.Object)
	if err != nil || !ok {
		return Statement{}, err
	}
	out := Statement{ID: e.ID, Stored: time.UnixMicro(e.Arrived).UTC(), Object: o, Owner: e.Owner, Client: e.Author, blobs: body.Blobs}
	o["id"], o["stored"] = e.ID.String(), Stamp(out.Stored)
	if _, ok := o["timestamp"]; !ok {
		o["timestamp"] = o["stored"]
	}
	return out, nil
}

// Stamp writes an instant as statements do: UTC, to the microsecond.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// One reads a statement by its id; voided tells whether it was taken back. What is not there is "not found".
func (s *Service) One(ctx context.Context, programme, which id.ID) (w Statement, voided bool, err error) {
	es, err := s.J.Find(ctx, programme, which)
	if err != nil {
		return w, false, err
	}
	if len(es) == 0 {
		return w, false, ErrNone
	}
	if w, err = s.read(&es[0]); err != nil {
		return w, false, err
	}
	if err := s.describe(ctx, programme, []Statement{w}); err != nil {
		return w, false, err
	}
	root, err := journal.Root(ctx, s.J.DB(), programme, w.Owner)
	if err != nil {
		return w, false, err
	}
	_, stands, err := Statements.One(ctx, s.J.DB(), programme, "and owner=$2 and statement=$3", root, which)
	if err != nil || stands {
		return w, false, err
	}
	if voided, err = journal.TakenBack(ctx, s.J.DB(), programme, which); err == nil && !voided {
		return Statement{}, false, ErrNone // its actor was erased
	}
	return w, voided, err
}

// Attachments opens what came beside a statement, by SHA-2.
func (s *Service) Attachments(ctx context.Context, programme id.ID, w Statement) (map[string]Attachment, error) {
	out := map[string]Attachment{}
	for sum, kept := range w.blobs {
		shut, err := s.Blobs.Get(blob.Hash(kept))
		if err != nil {
			return nil, err
		}
		b, err := s.J.OpenWork(ctx, programme, w.Owner, "attachment "+sum, shut)
		if err != nil {
			return nil, err
		}
		var a Attachment
		if err := json.Unmarshal(b, &a); err != nil {
			return nil, err
		}
		out[sum] = a
	}
	return out, nil
}

// Person is all under which an agent is known: what it was asked by, and its names.
func (s *Service) Person(ctx context.Context, who Known, agent xapi.Object) (xapi.Object, error) {
	n, err := s.names(ctx, who.Programme, who.Home)
	if err != nil {
		return nil, err
	}
	rows, err := Names.Select(ctx, s.J.DB(), who.Programme, "and owner=$2 and name<>'' order by name limit 50", n.actor(agent))
	if err != nil {
		return nil, err
	}
	return xapi.Person(agent, rowsNames(rows)), nil
}

func rowsNames(rows []NameRow) (out []string) {
	for _, r := range rows {
		out = append(out, r.Name)
	}
	return out
}
