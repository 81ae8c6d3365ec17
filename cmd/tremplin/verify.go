package main

import (
	"context"
	"fmt"
	"strings"
)

// Verify holds the log against its digests.
type Verify struct{ Stores }

// Run fails with the first broken entry.
func (v *Verify) Run(ctx context.Context) error {
	a, err := v.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	n, err := a.Journal.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d entries, all whole\n", n)
	return nil
}

// Rebuild makes the views again.
type Rebuild struct {
	Stores
	Check bool `help:"Compare only: fold everything in memory and write nothing."`
}

// Run rebuilds, or with --check fails where a view is not the fold of its entries.
func (r *Rebuild) Run(ctx context.Context) error {
	a, err := r.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	if !r.Check {
		return a.Journal.Rebuild(ctx)
	}
	bad, err := a.Journal.Check(ctx)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return fmt.Errorf("%d differences:\n%s", len(bad), strings.Join(bad, "\n"))
	}
	fmt.Println("every view is the fold of its entries")
	return nil
}
