// Package app is the only place where slices meet: it wires them to the core, to routes, commands and
// jobs. It decides nothing itself.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/vault"
	"tremplin/internal/identity"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/records"
	"tremplin/internal/tutoring"
	"tremplin/programmes"
)

// Config says where things are.
type Config struct {
	Data       string // folder of the SQLite files, documents and keys
	Database   string // postgres://…; empty: SQLite in Data
	Keys       string // database of the keys; empty: SQLite in Data
	Programmes string // folder of programmes; empty: those of the binary
	URL        string // the address that people type, where a proxy stands before us
	Content    string // the origin that plays packages, as web.Site.Stage has it; empty: none
	Existing   bool   // only what is there already: nothing is begun
	Now        func() time.Time
}

// Views are every slice's, in one list: a binary writes only where all are its own.
var Views = []*journal.View{people.View, learning.View, tutoring.View, impact.View, records.ViewOf(learning.Ways...)}

// App is the house, opened.
type App struct {
	Config     Config
	DB         *db.DB
	Keys       *db.DB
	Journal    *journal.Journal
	Blobs      *blob.Store
	Jobs       *job.Runner
	Programmes map[string]*programme.Programme // every folder that could run here

	back atomic.Int64 // nanoseconds

	People   *people.Service
	Learning *learning.Service
	Identity *identity.Service
	Tutoring *tutoring.Service
	Impact   *impact.Service
	Records  *records.Service
}

// Open opens the databases, brings the views up to date and wires the services.
func Open(ctx context.Context, c Config) (*App, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	a := &App{Config: c}
	if err := a.openStores(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	v, err := vault.Open(ctx, a.Keys)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if a.Journal, err = journal.Open(ctx, a.DB, v, a.now, Views...); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	books, err := impact.Load(a.Programmes)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.wire(books)
	return a, nil
}

// now is the journal's clock. The demonstration sets it back while it writes its history, so that what
// it writes had arrived when the next report is due.
func (a *App) now() time.Time { return a.Config.Now().Add(time.Duration(a.back.Load())) }

func (a *App) openStores(ctx context.Context) (err error) {
	c := a.Config
	source := cmp.Or(c.Database, filepath.Join(c.Data, "tremplin.db"))
	keys := cmp.Or(c.Keys, filepath.Join(c.Data, "keys.db"))
	if sameStore(source, keys) {
		return errors.New("the keys must be in a database of their own: choose another --keys")
	}
	if a.DB, err = c.open(ctx, source, "head"); err != nil {
		return err
	}
	if a.Keys, err = c.open(ctx, keys, "key"); err != nil {
		return err
	}
	a.Blobs = blob.In(filepath.Join(c.Data, "documents"))
	a.Programmes, err = programme.ReadAll(folder(c.Programmes))
	return err
}

func (a *App) wire(books map[id.ID]*impact.Book) {
	a.People = &people.Service{J: a.Journal}
	a.Learning = &learning.Service{J: a.Journal, Blobs: a.Blobs, People: a.People}
	a.Identity = &identity.Service{J: a.Journal, People: a.People}
	a.Tutoring = &tutoring.Service{J: a.Journal, People: a.People, Learning: a.Learning, Identity: a.Identity}
	a.Impact = &impact.Service{J: a.Journal, Blobs: a.Blobs, People: a.People, Books: books}
	a.Records = &records.Service{J: a.Journal, Blobs: a.Blobs, People: a.People, Ways: learning.Ways, Things: a.Learning.Activities, Home: strings.TrimSuffix(a.Config.URL, "/")}
	a.Jobs = a.jobs()
}

// Running lists the programmes that this database has begun, by slug.
func (a *App) Running(ctx context.Context) (out []*programme.Programme, err error) {
	heads, err := a.Journal.Programmes(ctx, a.DB)
	for _, p := range a.Programmes {
		if slices.Contains(heads, p.ID()) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(x, y *programme.Programme) int { return len(x.Slug) - len(y.Slug) })
	return out, err
}

// Begin starts a programme in this database: its head, its organisations, its modules, published as of
// at (zero: now). Again is a no-op.
func (a *App) Begin(ctx context.Context, slug string, at time.Time) (*programme.Programme, error) {
	p := a.Programmes[slug]
	if p == nil {
		return nil, fmt.Errorf("there is no programme folder %q", slug)
	}
	if err := a.Journal.Create(ctx, p.ID()); err != nil {
		return nil, err
	}
	if err := a.People.Found(ctx, p); err != nil {
		return nil, err
	}
	return p, a.publish(ctx, p, at)
}

// publish puts the modules of a programme's folder into the library.
func (a *App) publish(ctx context.Context, p *programme.Programme, at time.Time) error {
	found, err := fs.Glob(p.Files, "modules/*/module.yaml")
	if err != nil {
		return err
	}
	for _, f := range found {
		if err := a.publishFolder(ctx, p, filepath.Dir(f), at); err != nil {
			return fmt.Errorf("%s: %w", filepath.Dir(f), err)
		}
	}
	return nil
}

// Close ends everything in order.
func (a *App) Close() error {
	if a.Journal != nil {
		a.Journal.Close()
	}
	var errs []error
	for _, d := range []*db.DB{a.DB, a.Keys} {
		if d != nil {
			errs = append(errs, d.Close())
		}
	}
	return errors.Join(errs...)
}

func folder(dir string) fs.FS {
	if dir == "" {
		return programmes.Files
	}
	return osDir(dir)
}
