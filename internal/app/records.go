package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
)

// AddClient lets a program send or read learning records; its secret is said once.
func (a *App) AddClient(ctx context.Context, slug, name string, scopes []string) (key, secret string, err error) {
	p, err := a.Begun(ctx, slug)
	if err != nil {
		return "", "", err
	}
	act := journal.Act{Programme: p.ID(), ID: id.New()}
	key, secret, err = a.Records.AddClient(ctx, act, records.Client{Name: name, Scopes: scopes})
	var wrong []error
	for _, f := range fault.FieldsOf(err) {
		wrong = append(wrong, map[string]error{
			"name":  errors.New("a client needs a name"),
			"scope": fmt.Errorf("%s: a client's scopes are among %s", strings.Join(scopes, ", "), strings.Join(records.Scopes, ", ")),
		}[f.Name])
	}
	return key, secret, cmp.Or(errors.Join(wrong...), err)
}

// ExportStatements appends to a file what was stored behind its last line, and says how many that were.
func (a *App) ExportStatements(ctx context.Context, slug, file string, step func(done, of int)) (n int, err error) {
	p, err := a.Begun(ctx, slug)
	if err != nil {
		return 0, err
	}
	to, after, err := resume(file)
	if err != nil {
		return 0, err
	}
	all, err := a.Records.Overview(ctx, p.ID())
	if err == nil {
		err = a.Records.Export(ctx, p.ID(), to, beside(file), after, func(some int) {
			n += some
			step(n, all.Statements())
		})
	}
	return n, errors.Join(err, to.Close())
}

// ImportStatements takes the lines of a file that are not known yet. A client, by its key, vouches for those that do
// not say who does.
func (a *App) ImportStatements(ctx context.Context, slug, client, file string, step func(done, of int)) (got records.Imported, err error) {
	p, err := a.Begun(ctx, slug)
	if err != nil {
		return got, err
	}
	who, err := a.Records.Client(ctx, p.ID(), client)
	if err != nil {
		return got, fmt.Errorf("there is no client %q: add one with `tremplin xapi-client add`, and give its key", client)
	}
	f, err := os.Open(file)
	if err != nil {
		return got, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	size, err := f.Stat()
	if err != nil {
		return got, err
	}
	return a.Records.Import(ctx, who, f, beside(file), func(bytes int) { step(bytes, int(size.Size())) })
}

// beside keeps attachments in a folder beside a file.
func beside(file string) records.Files {
	folder := file + ".files"
	return records.Files{
		Put: func(sum string, b []byte) error {
			if err := os.MkdirAll(folder, 0o700); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(folder, sum), b, 0o600)
		},
		Get: func(sum string) ([]byte, error) {
			b, err := os.ReadFile(filepath.Join(folder, sum)) // sum is hexadecimal: it was checked
			if errors.Is(err, fs.ErrNotExist) {
				return nil, nil
			}
			return b, err
		},
	}
}

// tail is how much of a file's end holds its last whole line.
const tail = 16 << 20

// resume opens a file of statements, one a line, to go on behind its last whole line: it says when that one was stored,
// in microseconds. What was begun behind it is cut off; a file that is not there begins.
func resume(name string) (*os.File, int64, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, 0, err
	}
	whole, stored, err := lastLine(f)
	if err == nil {
		err = f.Truncate(whole)
	}
	if err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("%s cannot be gone on with: %w", name, err), f.Close())
	}
	return f, stored, nil
}

// lastLine says where the last whole line ends, and when its statement was stored.
func lastLine(f *os.File) (end, stored int64, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, 0, err
	}
	from := max(0, size-tail)
	b := make([]byte, size-from)
	if _, err := f.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, err
	}
	cut := bytes.LastIndexByte(b, '\n') + 1
	if cut == 0 {
		return 0, 0, nil
	}
	line := b[bytes.LastIndexByte(b[:cut-1], '\n')+1 : cut]
	var said struct {
		Stored time.Time `json:"stored"`
	}
	if err := json.Unmarshal(line, &said); err != nil || said.Stored.IsZero() {
		return 0, 0, errors.New("its last line is no statement with the property stored")
	}
	return from + int64(cut), said.Stored.UnixMicro(), nil
}
