// Command tremplin is the whole house in one binary. Every flag is also an environment variable,
// TREMPLIN_ and its name.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"tremplin/internal/app"
)

// Stores are the flags that every command shares.
type Stores struct {
	Data       string `help:"Folder of the database, the keys and the documents. Processes that share a --database share this folder too." default:"tremplin-data" placeholder:"DIR"`
	Database   string `help:"PostgreSQL instead of SQLite: postgres://…" placeholder:"URL"`
	Keys       string `help:"A second PostgreSQL database for the keys; else they stay in DIR. Processes that share a --database share it, and all give the same." placeholder:"URL"`
	Programmes string `help:"Folder of programmes, instead of those in the binary." placeholder:"DIR"`
}

func (s Stores) config() app.Config {
	return app.Config{Data: s.Data, Database: s.Database, Keys: s.Keys, Programmes: s.Programmes}
}

// existing opens what is there already: a mistyped place is said, never begun.
func (s Stores) existing(ctx context.Context) (*app.App, error) {
	c := s.config()
	c.Existing = true
	return app.Open(ctx, c)
}

type commands struct {
	Serve    Serve    `cmd:"" help:"Serve the site. The first visit creates the administrator."`
	Demo     Demo     `cmd:"" help:"Serve the site with invented people and two years of history."`
	Verify   Verify   `cmd:"" help:"Hold every entry of the journal against its digest."`
	Rebuild  Rebuild  `cmd:"" help:"Make every view again from the journal."`
	Export   Export   `cmd:"" help:"Write out what is kept."`
	Password Password `cmd:"" help:"Give an account a new password."`
	Client   Clients  `cmd:"" name:"xapi-client" help:"Let a program send or read learning records (xAPI)."`
	Import   Import   `cmd:"" help:"Bring in what others wrote."`
}

func main() {
	app.Sweep()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks twice does not want to wait
	k := kong.Parse(&commands{}, kong.Name("tremplin"), kong.ShortUsageOnError(), kong.DefaultEnvars("TREMPLIN"),
		kong.Description("The open system on which professional-insertion programmes run."),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "tremplin:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has run
	}
}
