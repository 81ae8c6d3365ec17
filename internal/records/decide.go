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

// decide says what is written of a parcel: each statement, what it takes back, and, of those that are about another
// one, what that mentions, whichever came first.
func (n names) decide(ctx context.Context, q db.Queryer, who Known, said []*saying) (out []journal.Draft, err error) {
	here := map[id.ID]*saying{}
	for _, w := range said {
		here[w.id] = w
	}
	for _, w := range said {
		body := w.body
		if !w.refers.IsZero() {
			direct, related, voiding, err := n.mentioned(ctx, q, here, w.refers)
			if err != nil {
				return nil, err
			}
			if w.voids && voiding {
				return nil, &xapi.Fault{At: "object", Why: "what takes a statement back cannot be taken back"}
			}
			if w.voids && here[w.refers] == nil {
				if err := n.mayVoid(ctx, q, who, w.refers); err != nil {
					return nil, err
				}
			}
			body.Direct, body.Related = together(body.Direct, direct), together(body.Related, related)
		}
		out = append(out, w.drafts(n, body)...)
	}
	late, err := n.late(ctx, q, said)
	return append(out, late...), err
}

// ErrNotYours says that a client takes back what another one sent.
var ErrNotYours = errors.New("this statement was sent by somebody else: a client takes back its own, or has the scope all")

// mayVoid refuses a client that takes back what another one sent.
func (n names) mayVoid(ctx context.Context, q db.Queryer, who Known, which id.ID) error {
	if who.May(All) {
		return nil
	}
	owners, err := journal.Owners(ctx, q, n.programme, which)
	if err != nil || len(owners) == 0 {
		return err
	}
	row, ok, err := Statements.One(ctx, q, n.programme, "and owner=$2 and statement=$3", owners[which], which)
	if err == nil && ok && row.Client != who.ID {
		err = ErrNotYours
	}
	return err
}

func (w *saying) drafts(n names, body Said) []journal.Draft {
	d := KindSaid.Draft(w.owner, id.ID{}, body).When(w.at)
	d.ID, d.Same = w.id, w.same
	if !w.voids {
		return []journal.Draft{d}
	}
	v := journal.Voided.Draft(n.of(ofStatement, w.refers.String()), w.refers, journal.Reason{})
	v.ID = id.Derive(w.id[:], []byte("voids"))
	return []journal.Draft{d, v}
}

// mentioned is what a statement mentions, of this parcel or of one before, and whether it takes another back.
func (n names) mentioned(ctx context.Context, q db.Queryer, here map[id.ID]*saying, which id.ID) (direct, related []id.ID, voiding bool, err error) {
	if w := here[which]; w != nil {
		return w.body.Direct, w.body.Related, w.voids, nil
	}
	owners, err := journal.Owners(ctx, q, n.programme, which)
	if err != nil || len(owners) == 0 {
		return nil, nil, false, err
	}
	rows, err := Mentions.Select(ctx, q, n.programme, "and owner=$2 and statement=$3", owners[which], which)
	for _, r := range rows {
		voiding = voiding || r.What == n.of(ofVerb, xapi.Voided)
		if r.Direct {
			direct = append(direct, r.What)
		} else {
			related = append(related, r.What)
		}
	}
	return direct, related, voiding, err
}

// late are the statements that were about one of these before it came: one query.
func (n names) late(ctx context.Context, q db.Queryer, said []*saying) (out []journal.Draft, err error) {
	about := map[id.ID]*saying{}
	var asked []id.ID
	for _, w := range said {
		what := n.of(ofStatement, w.id.String())
		about[what], asked = w, append(asked, what)
	}
	args := db.Args{n.programme}
	rows, err := Mentions.Select(ctx, q, n.programme, "and what in ("+db.List(&args, asked)+")", args[1:]...)
	for _, r := range rows {
		w := about[r.What]
		d := KindResolved.Draft(r.Owner, id.ID{}, Resolved{r.Statement, w.body.Direct, w.body.Related})
		d.ID = id.Derive(r.Statement[:], w.id[:], []byte("resolved"))
		out = append(out, d)
	}
	return out, err
}

func together(a, b []id.ID) []id.ID {
	out := slices.Concat(a, b)
	slices.SortFunc(out, func(x, y id.ID) int { return strings.Compare(string(x[:]), string(y[:])) })
	return slices.Compact(out)
}
