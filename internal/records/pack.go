package records

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/lrs"
	"tremplin/internal/records/xapi"
)

// pack is what one request brings: statements of one version, in order, with what is attached.
type pack struct {
	version    xapi.Version
	statements []Statement
	files      map[string]Attachment
}

// pack takes as many statements as one request may bring; left are those behind them.
func (w *sending) pack(ctx context.Context, from []Statement) (p pack, left []Statement, err error) {
	p = pack{version: version(from[0].Object), files: map[string]Attachment{}}
	size := 0
	for i, one := range from {
		files, err := w.Attachments(ctx, w.programme, one)
		if err != nil {
			return p, nil, err
		}
		size += len(xapi.Append(nil, one.Object))
		for _, a := range files {
			size += len(a.Bytes)
		}
		if i > 0 && (size > mostSize || version(one.Object) != p.version) {
			return p, from[i:], nil
		}
		p.statements = append(p.statements, one)
		maps.Copy(p.files, files)
	}
	return p, nil, nil
}

func (w *sending) send(ctx context.Context, p pack) error {
	list := make([]any, len(p.statements))
	for i, one := range p.statements {
		list[i] = one.Object
	}
	kind, body, err := "application/json", xapi.Append(nil, list), error(nil)
	if len(p.files) > 0 {
		kind, body, err = Mixed(body, p.files)
	}
	if err != nil {
		return err
	}
	return w.to.Send(ctx, p.version, kind, body)
}

// Mixed writes statements, as JSON, and attachments by their SHA-2, as xAPI sends them together.
func Mixed(statements []byte, files map[string]Attachment) (kind string, body []byte, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	err = writePart(w, textproto.MIMEHeader{"Content-Type": {"application/json"}}, statements)
	for _, sum := range slices.Sorted(maps.Keys(files)) {
		h := textproto.MIMEHeader{"Content-Type": {files[sum].Type}, "Content-Transfer-Encoding": {"binary"}}
		h["X-Experience-API-Hash"] = []string{sum}
		err = errors.Join(err, writePart(w, h, files[sum].Bytes))
	}
	err = errors.Join(err, w.Close())
	return "multipart/mixed; boundary=" + w.Boundary(), b.Bytes(), err
}

func writePart(w *multipart.Writer, h textproto.MIMEHeader, b []byte) error {
	part, err := w.CreatePart(h)
	if err == nil {
		_, err = part.Write(b)
	}
	return err
}

// pass sends a pack; one that is refused is sent statement by statement, so that what is refused stops nothing else.
func (w *sending) pass(ctx, soon context.Context, p pack) error {
	last := p.statements[len(p.statements)-1].Stored.UnixMicro()
	err := w.send(ctx, p)
	var no *lrs.RefusedError
	switch {
	case err == nil:
		return w.keep(ctx, func(at *Position) {
			at.At, at.Sent, at.Success, at.Trouble = last, at.Sent+int64(len(p.statements)), w.J.Now(), nil
		})
	case !errors.As(err, &no):
		return err
	case len(p.statements) == 1:
		return w.refuse(ctx, p.statements[0], no, last)
	}
	for i := range p.statements {
		one, _, err := w.pack(ctx, p.statements[i:i+1])
		if err == nil {
			err = w.pass(ctx, soon, one)
		}
		if err != nil || soon.Err() != nil {
			return err
		}
	}
	return nil
}

// Unwanted is a statement that another store refused for good.
type Unwanted struct {
	Statement id.ID     `json:"statement"`
	Owner     id.ID     `json:"owner"`
	Root      id.ID     `json:"root"` // in whose rows it stood
	Status    int       `json:"status"`
	Words     []byte    `json:"words"` // the store's, sealed with the actor's key: they may name them
	At        time.Time `json:"at"`
}

// mostUnwanted is how many stand in the list of a forward: when it is full somebody must look.
const mostUnwanted = 200

const unwantedKind = "xapi.forward.refused"

// unwantedOf is where what was refused of a forward stands, in the order of arrival.
func unwantedOf(programme, forward id.ID) draft.Draft {
	return draft.Draft{Programme: programme, Kind: unwantedKind, Key: forward.String() + "/"}
}

func (w *sending) unwanted(one Statement) draft.Draft {
	n := unwantedOf(w.programme, w.row.Owner)
	n.Key += fmt.Sprintf("%020d/%s", one.Stored.UnixMicro(), one.ID)
	return n
}

// list are the keys of what was refused.
func (w *sending) list(ctx context.Context) ([]string, error) {
	return draft.Under(ctx, w.J.DB(), unwantedOf(w.programme, w.row.Owner), time.Time{})
}

// refuse puts a statement on the list, and goes on behind it.
func (w *sending) refuse(ctx context.Context, one Statement, no *lrs.RefusedError, at int64) error {
	if w.at.Refused >= mostUnwanted {
		return &lrs.Trouble{Kind: Full}
	}
	if err := w.blame(ctx, one, no); err != nil {
		return err
	}
	return w.recount(ctx, func(p *Position) { p.At, p.Trouble = at, nil })
}

func (w *sending) blame(ctx context.Context, one Statement, no *lrs.RefusedError) error {
	shut, err := w.J.SealWork(ctx, w.programme, one.Owner, "refused "+one.ID.String(), []byte(no.Words))
	if err != nil {
		return err
	}
	root, err := journal.Root(ctx, w.J.DB(), w.programme, one.Owner)
	if err != nil {
		return err
	}
	return draft.Put(ctx, w.J.DB(), w.unwanted(one), Unwanted{one.ID, one.Owner, root, no.Status, shut, w.J.Now()}, w.J.Now())
}

// recount writes down how many are on the list, and what else has changed.
func (w *sending) recount(ctx context.Context, f func(*Position)) error {
	keys, err := w.list(ctx)
	if err != nil {
		return err
	}
	return w.keep(ctx, func(p *Position) {
		p.Refused = int64(len(keys))
		f(p)
	})
}

// retry sends once more what was refused, one by one.
func (w *sending) retry(ctx, soon context.Context) error {
	keys, err := w.list(ctx)
	for _, key := range keys {
		if err != nil || soon.Err() != nil {
			return err
		}
		if key > w.at.Retried {
			err = w.again(ctx, key)
		}
	}
	if err != nil {
		return err
	}
	return w.recount(ctx, func(p *Position) { p.Retry, p.Retried = false, "" })
}

// again sends one of the list. Who was erased, and what was taken back, leaves it.
func (w *sending) again(ctx context.Context, key string) error {
	n := unwantedOf(w.programme, w.row.Owner)
	n.Key = key
	which, err := id.Parse(key[strings.LastIndexByte(key, '/')+1:])
	if err != nil {
		return err
	}
	one, voided, err := w.One(ctx, w.programme, which)
	if voided || errors.Is(err, ErrNone) || errors.Is(err, journal.ErrErased) {
		return errors.Join(draft.Delete(ctx, w.J.DB(), n), w.keep(ctx, func(p *Position) { p.Retried = key }))
	}
	if err != nil {
		return err
	}
	p, _, err := w.pack(ctx, []Statement{one})
	if err == nil {
		err = w.send(ctx, p)
	}
	var no *lrs.RefusedError
	if errors.As(err, &no) {
		return errors.Join(w.blame(ctx, one, no), w.keep(ctx, func(p *Position) { p.Retried = key }))
	}
	if err != nil {
		return err
	}
	err = draft.Delete(ctx, w.J.DB(), n)
	return errors.Join(err, w.keep(ctx, func(p *Position) { p.Retried, p.Sent, p.Success, p.Trouble = key, p.Sent+1, w.J.Now(), nil }))
}
