package main

import (
	"context"
	"fmt"
)

// Clients are the programs that send or read learning records.
type Clients struct {
	Add AddClient `cmd:"" help:"Make a client. Its secret is said once."`
}

// AddClient makes a client of xAPI.
type AddClient struct {
	Stores
	Name      string   `arg:"" help:"What the client is called: the course platform, the report."`
	Programme string   `help:"Of which programme." default:"migrantech"`
	Scope     []string `help:"What it may do, by commas: statements/write, statements/read/mine, statements/read, state, profile, all/read, all." default:"statements/write,statements/read/mine,state,profile"`
}

// Run makes the client and prints its key and its secret.
func (c *AddClient) Run(ctx context.Context) error {
	a, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the process ends
	key, secret, err := a.AddClient(ctx, c.Programme, c.Name, c.Scope)
	if err != nil {
		return err
	}
	fmt.Printf("key: %s\nsecret: %s\n", key, secret)
	return nil
}
