package journal

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/vault"
	"tremplin/internal/core/view"
)

// place gives drafts their place at the end of the log and brings the views up to date.
func (j *Journal) place(tx *db.Tx, h *head, c *waiting, drafts []Draft, jobs []job.Job) (answer, err error) {
	drafts, answer, err = j.fresh(tx, h, c, drafts)
	if answer != nil || err != nil {
		return answer, err
	}
	st, err := j.states(c.ctx, tx, h.programme, drafts)
	if err != nil {
		return nil, err
	}
	if st.erased {
		return ErrErased, nil
	}
	entries, err := j.seal(h, c, drafts, st.newest)
	if err != nil {
		return nil, err
	}
	if err := insert(c.ctx, tx, entries); err != nil {
		return nil, err
	}
	if err := j.project(c.ctx, tx, h, entries, st); err != nil {
		return nil, err
	}
	for i, w := range jobs {
		if err := job.Put(c.ctx, tx, h.programme, nth(c.ID, 1<<20+i), w, j.now()); err != nil {
			return nil, err
		}
	}
	for _, d := range drafts {
		h.said[d.ID] = saying{same: d.Same}
	}
	h.written += int64(len(drafts))
	return nil, nil
}

// fresh gives ids to drafts and leaves out those that bring an id which is known already. The first
// that brings none carries the command's fingerprint.
func (j *Journal) fresh(tx *db.Tx, h *head, c *waiting, drafts []Draft) (out []Draft, answer, err error) {
	said, same := map[id.ID][32]byte{}, c.same
	for i, d := range drafts {
		ask := !drafts[0].ID.IsZero() // else the command's own id, asked for already, speaks for all
		if d.ID.IsZero() {
			d.ID, d.Same, same = nth(c.ID, i), same, [32]byte{}
		} else {
			ask = true
		}
		before, known := said[d.ID]
		said[d.ID] = d.Same
		switch {
		case known && before != d.Same:
			return nil, ErrConflict, nil
		case ask && !known:
			if known, answer, err = j.known(c.ctx, tx, h, d.ID, d.Same); answer != nil || err != nil {
				return nil, answer, err
			}
		}
		if !known {
			out = append(out, d)
		}
	}
	return out, nil, nil
}

// state is what the database knows of a command's owners before it is written.
type state struct {
	newest map[id.ID]int64
	known  map[id.ID]bool // owners whose story has begun: the others have no rows to read
	voided map[id.ID]bool // entries that were taken back before they came
	erased bool           // some owner's story has ended
}

func (j *Journal) states(ctx context.Context, tx *db.Tx, programme id.ID, drafts []Draft) (state, error) {
	st := state{newest: map[id.ID]int64{}, known: map[id.ID]bool{}, voided: map[id.ID]bool{}}
	for from := 0; from < len(drafts); from += maxGroup {
		if err := st.read(ctx, tx, programme, drafts[from:min(from+maxGroup, len(drafts))]); err != nil {
			return st, err
		}
	}
	return st, nil
}

func (st *state) read(ctx context.Context, tx *db.Tx, programme id.ID, drafts []Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	text, args := stateText(programme, drafts)
	rows, err := tx.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	for rows.Next() {
		var what, newest int64
		var v id.ID
		if err := rows.Scan(&what, &v, &newest); err != nil {
			return err
		}
		switch what {
		case 0:
			st.newest[v], st.known[v] = newest, true
		case 1:
			st.erased = true
		default:
			st.voided[v] = true
		}
	}
	return rows.Err()
}

// stateText asks for each owner's newest entry by itself: grouping would read their whole stories.
func stateText(programme id.ID, drafts []Draft) (string, []any) {
	args := db.Args{programme}
	seen := map[id.ID]bool{}
	var newest strings.Builder
	var owners, ids []string
	for _, d := range drafts {
		if !seen[d.Owner] {
			seen[d.Owner] = true
			o := args.Add(d.Owner)
			owners = append(owners, o)
			newest.WriteString(" union all select * from (select 0,owner,recorded from entry where programme=$1 and owner=" + o +
				" order by recorded desc limit 1) o")
		}
		ids = append(ids, args.Add(d.ID))
	}
	return "select 1,owner,0 from erased where programme=$1 and owner in (" + strings.Join(owners, ",") + ")" + newest.String() +
		" union all select 2,id,0 from void where programme=$1 and id in (" + strings.Join(ids, ",") + ")", args
}

// seal makes entries of drafts: their place, their sealed payload, their digest.
func (j *Journal) seal(h *head, c *waiting, drafts []Draft, newest map[id.ID]int64) ([]Entry, error) {
	if err := j.keys(c.ctx, h, drafts); err != nil {
		return nil, err
	}
	entries := make([]Entry, len(drafts))
	for i, d := range drafts {
		h.seq++
		h.stamp++
		newest[d.Owner] = max(h.stamp, newest[d.Owner]+1) // a local entry is always its owner's last
		e := Entry{
			Programme: h.programme, Node: h.node, Seq: h.seq, ID: d.ID, Kind: d.Kind, Owner: d.Owner, Subject: d.Subject,
			At: c.at(d, h.stamp), Recorded: newest[d.Owner], Arrived: h.stamp, Author: d.Author,
		}
		if e.Author.IsZero() {
			e.Author = c.Author
		}
		if err := j.fill(c.ctx, &e, d); err != nil {
			return nil, err
		}
		entries[i] = e
	}
	return entries, nil
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

// keys makes the keys that the drafts will be sealed with, in one transaction of the key store.
func (j *Journal) keys(ctx context.Context, h *head, drafts []Draft) error {
	var names []vault.Name
	seen := map[id.ID]bool{}
	for _, d := range drafts {
		if d.Sealed && !seen[d.Owner] {
			seen[d.Owner] = true
			names = append(names, vault.Name{Programme: h.programme, Owner: d.Owner, Node: h.node})
		}
	}
	return j.vault.Ensure(ctx, names)
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

// insert writes entries, many in one statement.
func insert(ctx context.Context, tx *db.Tx, entries []Entry) error {
	for part := range slices.Chunk(entries, maxInsert) {
		args := make([]any, 0, 13*len(part))
		for i := range part {
			args = append(args, part[i].values()...)
		}
		if err := tx.Later(ctx, insertText(len(part)), args...); err != nil {
			return err
		}
	}
	return nil
}

func (e *Entry) values() []any {
	return []any{e.Programme, e.Node, e.Seq, e.ID, e.Kind, e.Owner, e.Subject, e.At, e.Recorded, e.Arrived, e.Author, e.Payload, e.Digest}
}

func insertText(n int) string {
	var b strings.Builder
	b.WriteString("insert into entry(programme,node,seq,id,kind,owner,subject,at,recorded,arrived,author,payload,digest) values ")
	for i := range n * 13 {
		b.WriteString([]string{"($", ",$"}[min(i%13, 1)])
		b.WriteString(strconv.Itoa(i + 1))
		if i%13 == 12 {
			b.WriteString([]string{"),", ")"}[(i+1)/(n*13)])
		}
	}
	return b.String()
}

// rows gives an owner's rows to fold on: there is nothing to read where no story has begun.
func (st *state) rows(ctx context.Context, tx *db.Tx, programme, owner id.ID) *view.Rows {
	if !st.known[owner] {
		return view.Empty(ctx, programme, owner)
	}
	return view.Load(ctx, tx, programme, owner)
}

// project applies entries that come last in their owners' stories and refolds the owners whose past
// they change.
func (j *Journal) project(ctx context.Context, tx *db.Tx, h *head, entries []Entry, st state) error {
	stale, err := j.touched(ctx, tx, entries)
	if err != nil {
		return err
	}
	rows := map[id.ID]*view.Rows{}
	var order []*view.Rows
	for i := range entries {
		e := &entries[i]
		if stale[e.Owner] || st.voided[e.ID] {
			continue
		}
		r := rows[e.Owner]
		if r == nil {
			r = st.rows(ctx, tx, h.programme, e.Owner)
			rows[e.Owner], order = r, append(order, r)
		}
		if err := j.all.apply(r, e); err != nil {
			return err
		}
	}
	if err := view.Flush(ctx, tx, order...); err != nil {
		return err
	}
	return j.refoldAll(ctx, tx, h.programme, stale)
}
