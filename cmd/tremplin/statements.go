package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tremplin/internal/app"
	"tremplin/internal/records"
)

// Export writes out what is kept.
type Export struct {
	Statements ExportStatements `cmd:"" help:"Learning records (xAPI), a statement a line: NDJSON. Again goes on where the file ends."`
}

// ExportStatements writes statements.
type ExportStatements struct {
	Stores
	File      string `arg:"" help:"The file to write; attachments stand in a folder beside it, named after it."`
	Programme string `help:"Of which programme." default:"migrantech"`
}

// Run appends to the file what was stored behind its last line.
func (e *ExportStatements) Run(ctx context.Context) error {
	a, err := e.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	p, err := a.Begun(ctx, e.Programme)
	if err != nil {
		return err
	}
	to, after, err := app.Resume(e.File)
	if err != nil {
		return err
	}
	all, err := a.Records.Overview(ctx, p.ID())
	if err == nil {
		done, show := 0, bar("Exporting statements")
		err = a.Records.Export(ctx, p.ID(), to, beside(e.File), after, func(n int) {
			done += n
			show(done, all.Statements())
		})
		fmt.Fprintf(os.Stderr, "\n%d statements were written.\n", done)
	}
	return errors.Join(err, to.Close())
}

// ImportStatements brings statements in.
type ImportStatements struct {
	Stores
	File      string `arg:"" help:"The file, as export statements writes it." type:"existingfile"`
	Programme string `help:"Into which programme." default:"migrantech"`
	Client    string `help:"Key of the client that vouches for statements which do not say who does." required:""`
}

// Run takes what is not known yet and names the lines that cannot be taken.
func (i *ImportStatements) Run(ctx context.Context) error {
	a, err := i.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	p, err := a.Begun(ctx, i.Programme)
	if err != nil {
		return err
	}
	who, err := a.Records.Client(ctx, p.ID(), i.Client)
	if err != nil {
		return fmt.Errorf("there is no client %q: add one with `tremplin xapi-client add`, and give its key", i.Client)
	}
	got, err := i.take(ctx, a, who)
	fmt.Printf("%d statements were taken, %d were known.\n", got.Taken, got.Known)
	if got.Wrong > 0 {
		fmt.Println(strings.Join(got.Bad, "\n"))
		err = errors.Join(err, fmt.Errorf("%d lines were not taken: correct them and import the file again", got.Wrong))
	}
	return err
}

func (i *ImportStatements) take(ctx context.Context, a *app.App, who records.Known) (records.Imported, error) {
	f, err := os.Open(i.File)
	if err != nil {
		return records.Imported{}, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	size, err := f.Stat()
	if err != nil {
		return records.Imported{}, err
	}
	show := bar("Importing statements")
	got, err := a.Records.Import(ctx, who, f, beside(i.File), func(bytes int) { show(bytes, int(size.Size())) })
	fmt.Fprintln(os.Stderr)
	return got, err
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
