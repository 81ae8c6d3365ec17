package records

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/xapi"
)

// deciding is a parcel on its way into the journal, with what each of its statements mentions in the end.
type deciding struct {
	names
	q    db.Queryer
	who  Known
	here map[id.ID]*saying
	full map[id.ID]Said // what was found out so far
}

// decide says what is written of a parcel: each statement, what it takes back, and, of those that are about another
// one, what that mentions, whichever came first.
func (n names) decide(ctx context.Context, q db.Queryer, who Known, said []*saying) (out []journal.Draft, err error) {
	d := &deciding{n, q, who, map[id.ID]*saying{}, map[id.ID]Said{}}
	for _, w := range said {
		d.here[w.id] = w
	}
	for _, w := range said {
		body, err := d.body(ctx, w)
		if err != nil {
			return nil, err
		}
		out = append(out, w.drafts(n, body)...)
	}
	late, err := d.late(ctx, said)
	return append(out, late...), err
}

// body is what a statement says, with all that is mentioned by the one that it is about. In a circle each keeps what
// is its own.
func (d *deciding) body(ctx context.Context, w *saying) (Said, error) {
	if body, ok := d.full[w.id]; ok {
		return body, nil
	}
	body := w.body
	d.full[w.id] = body
	if w.refers.IsZero() {
		return body, nil
	}
	direct, related, voiding, err := d.mentioned(ctx, w.refers)
	if err == nil && w.voids && voiding {
		err = xapi.Under("object", xapi.Wrong(xapi.VoidsVoiding))
	}
	if err == nil && w.voids && d.here[w.refers] == nil {
		err = d.mayVoid(ctx, w.refers)
	}
	body.Direct, body.Related = together(body.Direct, direct), together(body.Related, related)
	d.full[w.id] = body
	return body, err
}

// ErrNotYours says that a client takes back what another one sent.
var ErrNotYours = errors.New("this statement was sent by somebody else: a client takes back its own, or has the scope all")

// mayVoid refuses a client that takes back what another one sent.
func (d *deciding) mayVoid(ctx context.Context, which id.ID) error {
	if d.who.May(All) {
		return nil
	}
	owner, known, err := journal.Where(ctx, d.q, d.programme, which)
	if err != nil || !known {
		return err
	}
	row, ok, err := Statements.One(ctx, d.q, d.programme, "and owner=$2 and statement=$3", owner, which)
	if err == nil && ok && row.Client != d.who.ID {
		err = ErrNotYours
	}
	return err
}

func (w *saying) drafts(n names, body Said) []journal.Draft {
	d := KindSaid.Draft(w.owner, id.ID{}, body).When(w.at)
	d.ID, d.Same, d.AtOnce = w.id, w.same, !w.refers.IsZero() // who is spoken of must see it: late
	if !w.voids {
		return []journal.Draft{d}
	}
	v := journal.Voided.Draft(n.of(ofStatement, w.refers.String()), w.refers, journal.Reason{})
	v.ID = id.Derive(w.id[:], []byte("voids"))
	return []journal.Draft{d, v}
}

// mentioned is what a statement mentions, of this parcel or of one before, and whether it takes another back.
func (d *deciding) mentioned(ctx context.Context, which id.ID) (direct, related []id.ID, voiding bool, err error) {
	if w := d.here[which]; w != nil {
		body, err := d.body(ctx, w)
		return body.Direct, body.Related, w.voids, err
	}
	owner, known, err := journal.Where(ctx, d.q, d.programme, which)
	if err != nil || !known {
		return nil, nil, false, err
	}
	rows, err := Mentions.Select(ctx, d.q, d.programme, "and owner=$2 and statement=$3", owner, which)
	for _, r := range rows {
		voiding = voiding || r.What == d.of(ofVerb, xapi.Voided)
		if r.Direct {
			direct = append(direct, r.What)
		} else {
			related = append(related, r.What)
		}
	}
	return direct, related, voiding, err
}

// late are the statements that were about one of these before it came: one query, where any has an id that was known before.
func (d *deciding) late(ctx context.Context, said []*saying) (out []journal.Draft, err error) {
	about := map[id.ID]*saying{}
	var asked []id.ID
	for _, w := range said {
		if w.named {
			what := d.of(ofStatement, w.id.String())
			about[what], asked = w, append(asked, what)
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	args := db.Args{d.programme}
	rows, err := Mentions.Select(ctx, journal.Standing(d.q), d.programme, "and what in ("+db.List(&args, asked)+")", args[1:]...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var waiting []id.ID
	for _, r := range rows {
		waiting = append(waiting, r.Statement)
	}
	owners, err := journal.Owners(ctx, d.q, d.programme, waiting...) // whoever they are joined with: both go together
	for _, r := range rows {
		w := about[r.What]
		body := d.full[w.id]
		found := KindResolved.Draft(owners[r.Statement], id.ID{}, Resolved{r.Statement, body.Direct, body.Related})
		found.ID = id.Derive(r.Statement[:], w.id[:], []byte("resolved"))
		out = append(out, found)
	}
	return out, err
}

func together(a, b []id.ID) []id.ID {
	out := slices.Concat(a, b)
	slices.SortFunc(out, func(x, y id.ID) int { return strings.Compare(string(x[:]), string(y[:])) })
	return slices.Compact(out)
}
