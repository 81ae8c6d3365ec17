package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
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
	n, err := a.ExportStatements(ctx, e.Programme, e.File, bar("Exporting statements"))
	if err == nil || n > 0 {
		fmt.Printf("Statements written: %d.\n", n)
	}
	return err
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
	got, err := a.ImportStatements(ctx, i.Programme, i.Client, i.File, bar("Importing statements"))
	if err != nil && got.Taken+got.Known+got.Wrong == 0 {
		return err
	}
	fmt.Printf("Statements taken: %d. Known before: %d.\n", got.Taken, got.Known)
	if got.Wrong > 0 {
		fmt.Println(strings.Join(got.Bad, "\n"))
		err = errors.Join(err, fmt.Errorf("lines not taken: %d. Correct them and import the file again", got.Wrong))
	}
	return err
}
