package records

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/lrs"
	"tremplin/internal/records/xapi"
)

// Position is how far a forward has come.
type Position struct {
	At      int64     `json:"at"` // stored of the last statement that was passed on, refused, or not asked for
	Sent    int64     `json:"sent"`
	Refused int64     `json:"refused"` // of those in the list
	Success time.Time `json:"success,omitzero"`
	Trouble *Trouble  `json:"trouble,omitempty"` // nil: none

	Retry   bool      `json:"retry,omitempty"`   // those in the list are sent once more
	Retried string    `json:"retried,omitempty"` // up to here they were
	Holder  id.ID     `json:"holder,omitzero"`   // who sends, of several processes
	Until   time.Time `json:"until,omitzero"`    // until then nobody else does
}

// Trouble is why nothing can be passed on. It names no person.
type Trouble struct {
	Kind   string    `json:"kind"` // lrs's, or Full, or Here
	Status int       `json:"status,omitempty"`
	Detail string    `json:"detail,omitempty"`
	Since  time.Time `json:"since"`
	Last   time.Time `json:"last"`
}

// Kinds of trouble that are not the other store's.
const (
	Full = "full" // so much was refused that somebody must look
	Here = "here" // Tremplin itself failed
)

const (
	rest     = 10 * time.Second // between two looks, when all is passed on
	working  = 5 * time.Second  // after this a job begins no other request: other jobs wait
	holding  = 90 * time.Second // longer than a job takes to begin its last request and hear the answer
	mostLook = 500              // statements that are looked through together, where a filter leaves some out
	mostSize = 2 << 20          // bytes of a request, unless one statement is larger
)

var (
	errHeld   = errors.New("another process sends")
	errCutOff = errors.New("another process has taken over")
)

func positionOf(programme, forward id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "xapi.forward.position", Key: forward.String()}
}

// sending is one forward at work, in one process.
type sending struct {
	*Service
	programme id.ID
	row       ForwardRow
	names     names
	to        lrs.Store
	holder    id.ID
	at        Position
}

// Forward does a job of ForwardJob: it passes on what is due, in the order of arrival, one request at a time, for some
// seconds. A position moves on when the other store has answered; a crash between the two sends the same once more, under
// the same ids. So nothing is left out, and nothing overtakes what was stored before it, but what was refused for good.
func (s *Service) Forward(ctx context.Context, j job.Job) error {
	var which id.ID
	if err := json.Unmarshal(j.Payload, &which); err != nil {
		return err
	}
	row, ok, err := Forwards.One(ctx, s.J.DB(), j.Programme, "and owner=$2", which)
	switch {
	case err != nil:
		return err
	case !ok: // the views are being rebuilt
		return job.Later(rest)
	case row.Ended:
		return s.discard(ctx, j.Programme, which)
	}
	w := &sending{Service: s, programme: j.Programme, row: row, holder: id.New()}
	more, err := w.run(ctx)
	var t *lrs.Trouble
	switch {
	case errors.As(err, &t):
		return job.NotBefore(t.After, t)
	case errors.Is(err, errHeld), errors.Is(err, errCutOff), errors.Is(err, journal.ErrErased): // whoever was erased has no rows any more
		return job.Later(rest)
	case err == nil && more:
		return job.Later(0)
	case err == nil:
		return job.Later(rest)
	}
	return err
}

// run looks whether there is anything to do, and does it where nobody else does.
func (w *sending) run(ctx context.Context) (more bool, err error) {
	if _, _, err := draft.Get(ctx, w.J.DB(), positionOf(w.programme, w.row.Owner), &w.at); err != nil {
		return false, err
	}
	_, due, err := Statements.One(ctx, w.J.DB(), w.programme, "and stored>$2", max(w.at.At, w.row.After))
	if err != nil || !due && !w.at.Retry && w.at.Trouble == nil {
		return false, err
	}
	if err := w.hold(ctx); err != nil {
		return false, err
	}
	if more, err = w.work(ctx); err != nil {
		err = errors.Join(err, w.stumble(ctx, err))
	}
	return more, errors.Join(err, w.keep(context.WithoutCancel(ctx), func(p *Position) { p.Until = time.Time{} }))
}

// hold makes sure that nobody else sends meanwhile.
func (w *sending) hold(ctx context.Context) (err error) {
	now := w.J.Now()
	w.at, err = draft.Change(ctx, w.J.DB(), positionOf(w.programme, w.row.Owner), now, func(p *Position, _ bool) error {
		if p.Until.After(now) {
			return errHeld
		}
		p.Holder, p.Until, p.At = w.holder, now.Add(holding), max(p.At, w.row.After)
		return nil
	})
	return err
}

// keep writes down how far we have come, if it is still for us to say.
func (w *sending) keep(ctx context.Context, f func(*Position)) (err error) {
	now := w.J.Now()
	w.at, err = draft.Change(ctx, w.J.DB(), positionOf(w.programme, w.row.Owner), now, func(p *Position, _ bool) error {
		if p.Holder != w.holder {
			return errCutOff
		}
		p.Until = now.Add(holding)
		f(p)
		return nil
	})
	return err
}

// stumble writes down why nothing can be passed on.
func (w *sending) stumble(ctx context.Context, why error) error {
	if errors.Is(why, errCutOff) || errors.Is(why, journal.ErrErased) {
		return nil
	}
	said := Trouble{Kind: Here, Since: w.J.Now(), Last: w.J.Now()}
	var t *lrs.Trouble
	if errors.As(why, &t) {
		said.Kind, said.Status, said.Detail = t.Kind, t.Status, t.Detail
	}
	return w.keep(context.WithoutCancel(ctx), func(p *Position) {
		if p.Trouble != nil && p.Trouble.Kind == said.Kind {
			said.Since = p.Trouble.Since
		}
		p.Trouble = &said
	})
}

// work passes on until all is done or it is another job's turn.
func (w *sending) work(ctx context.Context) (more bool, err error) {
	soon, done := context.WithTimeout(ctx, working)
	defer done()
	n, err := w.Service.names(ctx, w.programme, "")
	if err != nil {
		return false, err
	}
	w.names = n
	l, err := w.login(ctx, w.programme, w.row.Owner)
	if err != nil {
		return false, err
	}
	w.to = lrs.Store{URL: w.row.URL, Key: l.Key, Secret: l.Secret, Now: w.J.Now}
	if w.at.Retry {
		err = w.retry(ctx, soon)
	}
	for more = true; more && err == nil && soon.Err() == nil; {
		more, err = w.page(ctx, soon)
	}
	return more, err
}

// page passes on the next statements, and tells whether there may be more.
func (w *sending) page(ctx, soon context.Context) (more bool, err error) {
	row, err := Forwards.Find(ctx, w.J.DB(), w.programme, "and owner=$2", w.row.Owner)
	if err != nil || row.Ended {
		return false, err
	}
	at, end, err := w.next(ctx)
	if err != nil {
		return false, err
	}
	left, err := w.open(ctx, w.programme, at)
	for err == nil && len(left) > 0 && soon.Err() == nil {
		var p pack
		if p, left, err = w.pack(ctx, left); err == nil {
			err = w.pass(ctx, soon, p)
		}
	}
	if err != nil || soon.Err() != nil {
		return true, err
	}
	more = end > w.at.At || len(at) > 0
	return more, w.keep(ctx, func(p *Position) { p.At, p.Trouble = max(p.At, end), nil })
}

// next reads where the next statements stand that are asked for, and up to where was looked.
func (w *sending) next(ctx context.Context) (out []found, end int64, err error) {
	args := db.Args{w.programme}
	text := "select owner,statement,stored," + w.asked(&args) + " from records_statement m where programme=$1 and stored>" + args.Add(w.at.At) +
		" order by stored limit " + args.Add(mostLook)
	rows, err := w.J.DB().Query(ctx, text, args...)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() && len(out) < atOnce {
		var f found
		var asked bool
		if err := rows.Scan(&f.Owner, &f.Statement, &f.Stored, &asked); err != nil {
			return nil, 0, err
		}
		if end = f.Stored; asked {
			out = append(out, f)
		}
	}
	return out, end, rows.Err()
}

// asked is the condition under which a statement is passed on. What is about a statement goes with it: so what takes one
// back goes where that one went.
func (w *sending) asked(args *db.Args) string {
	out := "true"
	for _, names := range w.row.named(w.names) {
		out += " and exists (select 1 from records_mention o where o.programme=m.programme and o.owner=m.owner and o.statement=m.statement and o.what in (" +
			db.List(args, names) + "))"
	}
	return out
}

// version is the one in which a statement was said.
func version(o xapi.Object) xapi.Version {
	said, _ := o["version"].(string)
	return xapi.VersionOf(said)
}
