package main

import (
	"context"
	"fmt"
)

// Password lets somebody of the staff back in: nobody can read a password, and Tremplin sends no mail.
type Password struct {
	Stores
	Email string `arg:"" help:"Of the account."`
}

// Run gives the account a new password and says it.
func (p *Password) Run(ctx context.Context) error {
	a, err := p.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	password, err := a.Identity.Renew(ctx, p.Email)
	if err != nil {
		return err
	}
	fmt.Printf("The new password of %s is %s\nIt can be changed on the page /account.\n", p.Email, password)
	return nil
}
