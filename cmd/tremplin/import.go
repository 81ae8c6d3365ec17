package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tremplin/internal/app"
)

// Import brings in what others wrote.
type Import struct {
	Participants ImportParticipants `cmd:"" help:"People from a table: CSV or XLSX."`
	Statements   ImportStatements   `cmd:"" help:"Learning records (xAPI), a statement a line: NDJSON."`
}

// ImportParticipants brings people in.
type ImportParticipants struct {
	Stores
	File       string `arg:"" help:"The table." type:"existingfile"`
	Programme  string `help:"Into which programme." default:"migrantech"`
	Encoding   string `help:"Alphabet of a CSV file; empty: detected." placeholder:"NAME"`
	MonthFirst bool   `help:"Dates are month, day, year."`
}

// Run enters the good rows and reports each bad one by row, column, value and reason.
func (i *ImportParticipants) Run(ctx context.Context) error {
	b, err := os.ReadFile(i.File)
	if err != nil {
		return err
	}
	a, err := i.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	report, err := a.ImportParticipants(ctx, app.Sent{Programme: i.Programme, Name: i.File, Data: b, Encoding: i.Encoding, DayFirst: !i.MonthFirst})
	if err != nil {
		return err
	}
	fmt.Println(report)
	if report.Bad > 0 {
		return errors.New("some rows were not taken: correct them and import the file again")
	}
	return nil
}
