// Package e2e_test walks through the running site as people do: a real browser, the demonstration, each
// engine. It knows pages by what is seen and heard on them, and may look into the journal afterwards; it
// may not reach behind a page to make a step easier.
package e2e_test

import (
	"os"
	"testing"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
)

// walks are done on each engine, in one house, in this order: those that only look come last, so that they
// see what the others left.
//
// A walk whose work lies in the browser names one engine: where both run, the two houses share such walks.
var walks = []struct {
	name string
	walk func(*testing.T, *house)
	on   db.Engine
}{
	{"newcomer", newcomer, ""},
	{"listens", listens, db.PostgreSQL},
	{"noscript", noscript, db.SQLite},
	{"keyboard", keyboard, db.SQLite},
	{"import", importing, ""},
	{"twice", twice, ""},
	{"hostile names", hostileNames, ""},
	{"too long", tooLong, db.SQLite},
	{"tutor", tutor, ""},
	{"room", room, db.PostgreSQL},
	{"scans", scans, db.SQLite},
	{"judges", judges, db.PostgreSQL},
	{"takes along", takesAlong, db.SQLite},
	{"calls offline", callsOffline, db.PostgreSQL},
	{"signs offline", signsOffline, db.SQLite},
	{"ends offline", endsOffline, db.PostgreSQL},
	{"shakes", shakes, db.SQLite},
	{"author", author, db.SQLite},
	{"document", documents, db.SQLite},
	{"trial", trial, db.PostgreSQL},
	{"figures", figures, ""},
	{"next door", nextDoor, ""},
	{"every door", everyDoor, ""},
	{"queries", queries, ""},
	{"endures", endures, db.SQLite},
	{"packages", packages, db.SQLite},
	{"weights", weights, db.PostgreSQL},
	{"weights taken along", alongs, db.SQLite},
	{"client", client, ""},
	{"forwards", forwards, db.PostgreSQL},
	{"claims", claims, db.PostgreSQL},
	{"speaks", speaks, db.SQLite},
	{"looks", looks, ""},
}

func TestWalks(t *testing.T) {
	browser := start(t)
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		t.Parallel()
		h := open(browser, t, fresh)
		for _, w := range walks {
			if w.on != "" && w.on != h.app.DB.Engine && os.Getenv(dbtest.Env) != "" {
				continue
			}
			t.Run(w.name, func(t *testing.T) {
				w.walk(t, h)
				h.check(t)
			})
		}
	})
}

// languages are those in which a house is looked at. The pages are the same on each engine, so that two
// houses share the work.
func (h *house) languages() []string {
	switch {
	case os.Getenv(dbtest.Env) == "":
		return []string{"fr", "ar"}
	case h.app.DB.Engine == db.SQLite:
		return []string{"fr"}
	}
	return []string{"ar"}
}
