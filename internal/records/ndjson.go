package records

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records/xapi"
)

// Lines of NDJSON, a statement each.
const (
	longestLine = 8 << 20 // bytes
	atOnce      = 50      // statements that are taken together
)

// Files keeps attachments beside the lines, by their SHA-2. Either may be nil.
type Files struct {
	Put func(sum string, b []byte) error
	Get func(sum string) ([]byte, error) // nil: there is none
}

// Export writes statements, one a line, as they were stored, and after each page says how many. It goes on behind a
// moment: zero is the beginning. What was voided is left out.
func (s *Service) Export(ctx context.Context, programme id.ID, to io.Writer, files Files, after int64, step func(n int)) error {
	w := Question{Ascending: true, After: after}
	for {
		page, err := s.Ask(ctx, programme, w)
		if err != nil {
			return err
		}
		for _, one := range page.Statements {
			if _, err := to.Write(append(xapi.Append(nil, one.Object), '\n')); err != nil {
				return err
			}
			if err := s.exportFiles(ctx, programme, one, files); err != nil {
				return err
			}
		}
		step(len(page.Statements))
		if w.After = page.Next; w.After == 0 {
			return nil
		}
	}
}

func (s *Service) exportFiles(ctx context.Context, programme id.ID, one Statement, files Files) error {
	all, err := s.Attachments(ctx, programme, one)
	for sum, a := range all {
		if err == nil {
			err = files.Put(sum, a.Bytes)
		}
	}
	return err
}

// Imported says what became of lines.
type Imported struct {
	Taken, Known int
	Bad          []string // "line 7: verb: …", the first hundred
	Wrong        int      // how many lines were bad
}

// Import takes statements, one a line. Whoever vouched for one goes on doing so. What is known is left out, so that an
// import that was broken off is simply begun again; a line that is bad stops no other. After each portion step is told
// how many bytes were read.
func (s *Service) Import(ctx context.Context, who Known, from io.Reader, files Files, step func(bytes int)) (out Imported, err error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	var some []line
	n, read := 0, 0
	for more := true; more && err == nil; {
		if more = lines.Scan(); more {
			n++
			read += len(lines.Bytes()) + 1
			if b := bytes.TrimSpace(lines.Bytes()); len(b) > 0 {
				some = append(some, line{n, bytes.Clone(b)})
			}
		}
		if len(some) == atOnce || !more && len(some) > 0 {
			err = s.takeLines(ctx, who, some, files, &out)
			step(read)
			some = nil
		}
	}
	return out, errors.Join(err, lines.Err())
}

type line struct {
	at   int
	text []byte
}

// parsed is a line that is a statement, with what is attached to it.
type parsed struct {
	line
	statement xapi.Object
	files     map[string]Attachment
}

// takeLines takes some lines together; where that fails, each alone, so that its reason is its own.
func (s *Service) takeLines(ctx context.Context, who Known, some []line, files Files, out *Imported) error {
	var good []parsed
	for _, l := range some {
		p := parsed{line: l, files: map[string]Attachment{}}
		var err error
		if p.statement, err = s.statementOf(l.text, files, p.files); err != nil {
			out.bad(l, err)
			continue
		}
		good = append(good, p)
	}
	err := s.takeParsed(ctx, who, good, out)
	if err == nil || len(good) == 1 {
		return out.refused(good, err)
	}
	for i := range good {
		if again := out.refused(good[i:i+1], s.takeParsed(ctx, who, good[i:i+1], out)); again != nil {
			return again
		}
	}
	return nil
}

func (s *Service) takeParsed(ctx context.Context, who Known, good []parsed, out *Imported) error {
	p := Parcel{Version: xapi.V2, Attachments: map[string]Attachment{}, Vouched: true}
	for _, w := range good {
		p.Statements = append(p.Statements, maps.Clone(w.statement)) // taking one changes it
		maps.Copy(p.Attachments, w.files)
	}
	fresh, err := s.unknown(ctx, who.Programme, p.Statements)
	if err == nil {
		_, err = s.Take(ctx, who, p)
	}
	if err == nil {
		out.Taken, out.Known = out.Taken+fresh, out.Known+len(good)-fresh
	}
	return err
}

// statementOf reads a line, in whichever version it is written.
func (s *Service) statementOf(text []byte, files Files, beside map[string]Attachment) (xapi.Object, error) {
	v, err := xapi.Parse(text)
	if err != nil {
		return nil, err
	}
	if err := xapi.Check(v, xapi.V2); err != nil {
		return nil, err
	}
	o := v.(xapi.Object)
	for _, a := range xapi.Attachments(o) {
		sum := strings.ToLower(fmt.Sprint(a["sha2"]))
		b, err := files.Get(sum)
		if err != nil {
			return nil, err
		}
		if b != nil {
			beside[sum] = Attachment{Type: fmt.Sprint(a["contentType"]), Bytes: b}
		}
	}
	return o, nil
}

// unknown counts the statements whose ids are not known.
func (s *Service) unknown(ctx context.Context, programme id.ID, all []xapi.Object) (int, error) {
	var ids []id.ID
	for _, o := range all {
		if text, ok := o["id"].(string); ok {
			which, _ := id.Parse(text) // it was checked
			ids = append(ids, which)
		}
	}
	owners, err := journal.Owners(ctx, s.J.DB(), programme, ids...)
	return len(all) - len(owners), err
}

// refused notes why one line was not taken; what is no fault of the line stops the import.
func (i *Imported) refused(one []parsed, err error) error {
	var f *xapi.Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
	case errors.Is(err, journal.ErrConflict):
		err = errors.New("other content was already said under this id")
	case errors.Is(err, ErrNotYours):
	case errors.Is(err, journal.ErrErased):
		err = errors.New("its actor was erased")
	default:
		return err
	}
	i.bad(one[0].line, err)
	return nil
}

func (i *Imported) bad(l line, err error) {
	if i.Wrong++; len(i.Bad) < 100 {
		i.Bad = append(i.Bad, fmt.Sprintf("line %d: %v", l.at, err))
	}
}
