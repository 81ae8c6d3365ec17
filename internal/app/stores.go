package app

import (
	"cmp"
	"net/url"
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
