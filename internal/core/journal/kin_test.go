package journal_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// names are the names said in a story, in order.
func (h house) names(owner int) (out []string) {
	h.t.Helper()
	es, err := h.History(h.t.Context(), programme, thing("owner", owner))
	must(h.t, err)
	for i := range es {
		if es[i].Owner != es[0].Owner {
			h.t.Fatalf("an entry of %s in the story of %s", es[i].Owner, es[0].Owner)
		}
		if es[i].Kind == nameSaid.Name {
			body, err := nameSaid.Read(&es[i])
			must(h.t, err)
			out = append(out, body.Name)
		}
	}
	return out
}

func TestJoinedStoriesFoldAsOne(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")), say(id.New(), "b", naming(2, "A. Diop")), say(id.New(), "c", naming(1, "Awa D.")))
		join := joining(1, 2)
		h.do(join, join)
		h.whole(4)
		if s := h.summary(1); s.N != 3 || s.Name != "Awa D." || h.summary(2).N != 0 {
			t.Fatalf("%+v, %+v", s, h.summary(2))
		}
		h.do(say(id.New(), "d", naming(2, "Awa Diop"))) // goes on in the other's rows
		h.whole(5)
		if s := h.summary(1); s.N != 4 || s.Name != "Awa Diop" || h.summary(2).N != 0 {
			t.Fatalf("%+v", s)
		}
		if want := []string{"Awa", "A. Diop", "Awa D.", "Awa Diop"}; !slices.Equal(h.names(1), want) || !slices.Equal(h.names(2), want) {
			t.Fatal(h.names(1), h.names(2))
		}
		es, err := h.History(t.Context(), programme, thing("owner", 1))
		must(t, err)
		if root, ok, err := journal.Where(t.Context(), h.DB(), programme, es[3].ID); root != thing("owner", 1) || !ok || err != nil {
			t.Fatal(root, ok, err)
		}
		if _, ok, err := journal.Where(t.Context(), h.DB(), programme, id.New()); ok || err != nil {
			t.Fatal(ok, err)
		}
		must(t, h.Rebuild(t.Context()))
		h.whole(5)
	})
}

func TestPartedAgain(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")), say(id.New(), "b", naming(2, "Bo")))
		join := joining(1, 2)
		h.do(join, say(id.New(), "c", naming(2, "Bo B.")), voiding(1, join.ID))
		h.whole(5)
		if one, two := h.summary(1), h.summary(2); one.N != 1 || one.Name != "Awa" || two.N != 2 || two.Name != "Bo B." {
			t.Fatalf("%+v, %+v", one, two)
		}
		h.do(joining(1, 2)) // and again
		if s := h.summary(1); s.N != 3 || h.summary(2).N != 0 {
			t.Fatalf("%+v", s)
		}
		h.whole(6)
	})
}

// Rows that came only from another one's entries go with them.
func TestPartedFromNothing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(2, "Bo")))
		join := joining(1, 2)
		h.do(join)
		if h.summary(1).N != 1 {
			t.Fatal("nothing was joined")
		}
		h.do(voiding(3, join.ID))
		if h.summary(1).N != 0 || h.summary(2).N != 1 {
			t.Fatalf("%+v, %+v", h.summary(1), h.summary(2))
		}
		h.whole(3)
	})
}

// What somebody wrote who is one with the owner, the owner wrote; another author stays who they are.
func TestAuthorsOfAJoinedStory(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		own, other := naming(2, "Bo"), naming(2, "Bo")
		own.Author, other.Author = thing("owner", 2), thing("owner", 3)
		h.do(say(id.New(), "a", own, other), joining(1, 2))
		es, err := h.History(t.Context(), programme, thing("owner", 1))
		must(t, err)
		if es[0].Author != thing("owner", 1) || es[1].Author != thing("owner", 3) {
			t.Fatal(es[0].Author, es[1].Author)
		}
	})
}

// Somebody who is joined twice is the one said last; a chain is followed; a circle has one row and not none.
func TestJoinedAndJoined(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		for i := range 4 {
			h.do(say(id.New(), "n", naming(i, "n")))
		}
		h.do(joining(0, 3), joining(1, 3))
		if h.summary(0).N != 1 || h.summary(1).N != 2 || h.summary(3).N != 0 {
			t.Fatal("the joining said last does not stand")
		}
		h.do(joining(2, 1))
		if h.summary(2).N != 3 || h.summary(1).N != 0 {
			t.Fatal("a chain is cut")
		}
		h.do(joining(1, 2))
		if h.summary(1).N+h.summary(2).N != 3 {
			t.Fatal("a circle folds everybody once")
		}
		h.whole(8)
	})
}

// Whoever is one person is erased as one; what is joined to an erased person stays out of sight.
func TestErasedWhenJoined(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")), say(id.New(), "b", naming(2, "Bo")), say(id.New(), "c", naming(3, "Cy")))
		h.do(joining(1, 2), joining(3, 1), erasing(2))
		h.whole(6)
		if h.summary(3).N != 2 {
			t.Fatal("somebody erased takes others with them")
		}
		h.do(erasing(3))
		h.refused(journal.ErrErased, say(id.New(), "d", naming(1, "Awa")))
		if h.summary(3).N != 0 || h.summary(1).N != 0 {
			t.Fatal("an erased story is folded")
		}
		h.whole(7)
	})
}

// Who was joined to somebody erased can be erased too: else nobody could end their keys, and parting would bring them back.
func TestErasedAfterWhoTheyAre(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		join := joining(1, 2)
		h.do(say(id.New(), "a", naming(2, "Bo")), join, erasing(1))
		h.refused(journal.ErrErased, say(id.New(), "b", naming(2, "Bo")))
		h.do(erasing(2))
		h.refused(journal.ErrErased, erasing(2))
		must(t, h.Erase(t.Context(), programme, thing("owner", 2)))
		h.do(voiding(3, join.ID))
		h.whole(5)
		if jobs := h.jobs(); len(jobs) != 2 || h.summary(2).N != 0 {
			t.Fatal(jobs, h.summary(2))
		}
	})
}

// Erasing somebody leaves nothing of whoever is one with them, and says who that is.
func TestErasingAllWhoAreOne(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "b", naming(2, "Bo")), say(id.New(), "c", naming(3, "Cy")))
		join := joining(1, 2)
		h.do(join, joining(1, 3), joining(4, 3))
		got, err := journal.Joinings(t.Context(), h.DB(), programme, thing("owner", 1))
		must(t, err)
		if len(got) != 1 || got[thing("owner", 2)] != join.ID {
			t.Fatal(got)
		}
		h.do(deciding(func(ctx context.Context, q db.Queryer) ([]journal.Draft, error) {
			return journal.Erasing(ctx, q, programme, thing("owner", 1), "")
		}))
		if jobs := h.jobs(); len(jobs) != 2 {
			t.Fatalf("%d keys are destroyed", len(jobs))
		}
		h.refused(journal.ErrErased, say(id.New(), "d", naming(2, "Bo")))
		h.do(say(id.New(), "e", naming(3, "Cy")))
		h.whole(8)
	})
}

// A story joined elsewhere, under a clock of its own, arrives and goes on behind all that is there.
func TestJoinedElsewhere(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		p := h.peer(time.Hour)
		h.do(say(id.New(), "a", naming(1, "Awa")))
		p.do(say(id.New(), "b", naming(2, "Bo")), joining(1, 2))
		h.learn(p)
		h.do(say(id.New(), "c", naming(1, "Awa last")), say(id.New(), "d", naming(2, "Bo last")))
		if s := h.summary(1); s.N != 4 || s.Name != "Bo last" {
			t.Fatalf("%+v", s)
		}
		h.whole(5)
		p.do(say(id.New(), "e", naming(2, "Bo there"))) // nothing arrives of whom h would have to ask
		h.learn(p)
		p.learn(h)
		h.whole(6)
		p.whole(6)
		if dump(t, h.Journal) != dump(t, p.Journal) {
			t.Fatal("databases differ")
		}
	})
}

// A check finds rows that stand under somebody who was joined away.
func TestCheckFindsRowsOfTheJoined(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")), joining(1, 2))
		for _, owner := range []int{1, 2} {
			h.exec("insert into test_referral(programme,owner,id,state,moves,wrong) values($1,$2,$3,'open',1,0)", programme, thing("owner", owner), thing("referral", 1))
			if len(h.differences()) == 0 {
				t.Fatalf("nothing is wrong with owner %d", owner)
			}
			must(t, h.Rebuild(t.Context()))
			h.whole(2)
		}
	})
}
