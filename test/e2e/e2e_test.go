// Package e2e_test walks through the running site as people do: a real browser, the demonstration, each
// engine. It knows pages by what is seen and heard on them, and may look into the journal afterwards; it
// may not reach behind a page to make a step easier.
package e2e_test

import (
	"testing"

	"tremplin/internal/core/dbtest"
)

// walks are done on each engine, in one house, in this order: those that only look come last, so that they
// see what the others left.
var walks = []struct {
	name string
	walk func(*testing.T, *house)
}{
	{"newcomer", newcomer},
	{"listens", listens},
	{"noscript", noscript},
	{"keyboard", keyboard},
	{"import", importing},
	{"twice", twice},
	{"hostile names", hostileNames},
	{"too long", tooLong},
	{"tutor", tutor},
	{"author", author},
	{"figures", figures},
	{"next door", nextDoor},
	{"every door", everyDoor},
	{"queries", queries},
	{"weights", weights},
	{"looks", looks},
}

// looksOnce: what a page looks like does not depend on the engine behind it, and looking takes longest.
const looksOnce = "looks"

func TestWalks(t *testing.T) {
	browser, looked := start(t), false
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := open(browser, t, fresh)
		for _, w := range walks {
			if w.name == looksOnce && looked {
				continue
			}
			looked = looked || w.name == looksOnce
			t.Run(w.name, func(t *testing.T) {
				w.walk(t, h)
				h.check(t)
			})
		}
	})
}
