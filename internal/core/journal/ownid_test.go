package journal_test

import (
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// statement is a draft with an id and a fingerprint of its own, as xAPI sends them.
func statement(v id.ID, owner int, name string) journal.Draft {
	d := naming(owner, name)
	d.ID, d.Same = v, journal.Same(name)
	return d
}

func TestKnownStatementIsLeftOut(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		a, b := id.New(), id.New()
		h.do(say(id.New(), "1", statement(a, 1, "Awa")))
		h.do(say(id.New(), "2", statement(a, 1, "Awa"), statement(b, 1, "Bo")))
		h.whole(2)
	})
}

func TestConflictingStatementRefusesAll(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		a := id.New()
		h.do(say(id.New(), "1", statement(a, 1, "Awa")))
		h.refused(journal.ErrConflict, say(id.New(), "2", statement(id.New(), 1, "Bo"), statement(a, 1, "Cem")))
		h.whole(1)
		if got := h.summary(1).Name; got != "Awa" {
			t.Fatal(got)
		}
	})
}

func TestStatementTwiceInOneBatch(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		a := id.New()
		h.do(say(id.New(), "1", statement(a, 1, "Awa"), statement(a, 1, "Awa")))
		h.whole(1)
		b := id.New()
		h.refused(journal.ErrConflict, say(id.New(), "2", statement(b, 1, "Awa"), statement(b, 1, "Bo")))
		h.whole(1)
	})
}

// A batch that begins with a statement leaves no entry under the command's own id: its other drafts
// are recognised by theirs.
func TestMixedBatchAgain(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		c := say(id.New(), "1", statement(id.New(), 1, "Awa"), naming(1, "Bo"))
		h.do(c, c)
		h.whole(2)
	})
}

// A batch larger than one look at the database is looked at whole.
func TestLargeBatch(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		batch := func(last journal.Draft) command {
			var ds []journal.Draft
			for i := range 230 {
				ds = append(ds, visitSaid.Draft(thing("visit", i), id.ID{}, named{}))
			}
			return say(id.New(), "batch", append(ds, last)...)
		}
		gone := id.New()
		h.do(voiding(3, gone), erasing(1), batch(naming(2, "Awa")), batch(statement(gone, 2, "Bo")))
		h.refused(journal.ErrErased, batch(naming(1, "Cem")))
		h.named(2, 1, "Awa")
		h.whole(2 + 2*231)
	})
}

// A statement's id said elsewhere as a command of its own is the same id.
func TestStatementThatWasACommand(t *testing.T) {
	eachHouse(t, func(_ *testing.T, h house) {
		c := say(id.New(), "Awa", naming(1, "Awa"))
		d := naming(1, "Awa")
		d.ID, d.Same = c.ID, c.same
		h.do(c, say(id.New(), "2", d))
		h.whole(1)
	})
}
