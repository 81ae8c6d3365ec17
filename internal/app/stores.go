package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"tremplin/internal/core/db"
)

// sameStore tells whether two sources name one database, however they are spelled.
func sameStore(a, b string) bool { return place(a) == place(b) }

// place is where a source leads: a file, or a server's database and, where it is named, its schema.
func place(source string) string {
	if !db.IsPostgreSQL(source) {
		if p, err := filepath.Abs(source); err == nil {
			return p
		}
		return source
	}
	u, err := url.Parse(source)
	if err != nil {
		return source // opening it will say why
	}
	return u.Hostname() + ":" + cmp.Or(u.Port(), "5432") + u.Path + " " + u.Query().Get("search_path")
}

// ErrNowhere is returned where something that exists was asked for and nothing is there.
var ErrNowhere = errors.New("there is no Tremplin here")

// open opens a database; one that must exist already is known by a table, and nothing is made in its place.
func (c Config) open(ctx context.Context, source, table string) (*db.DB, error) {
	if !c.Existing {
		return db.Open(ctx, source)
	}
	if _, err := os.Stat(source); !db.IsPostgreSQL(source) && errors.Is(err, fs.ErrNotExist) {
		return nil, nowhere(source)
	}
	d, err := db.Open(ctx, source)
	if err != nil {
		return d, err
	}
	has, err := d.Has(ctx, table)
	if err == nil && !has {
		err = nowhere(source)
	}
	return d, err
}

// nowhere names the place, without the password, and says what to do.
func nowhere(source string) error {
	at := source
	if u, err := url.Parse(source); err == nil && db.IsPostgreSQL(source) {
		at = u.Redacted()
	} else if p, err := filepath.Abs(source); err == nil {
		at = p
	}
	return fmt.Errorf("%w: %s\nCheck --data, --database and --keys. A new Tremplin is begun with `tremplin serve`", ErrNowhere, at)
}
