package journal_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

// older is the view of a binary that does not know names yet.
func older() *journal.View {
	v := testView()
	return viewOf(0, v.Tables, v.Rules[:1]...)
}

func TestUnknownKindIsStoredAndFoldedLater(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		old := h.reopened(older())
		p := h.peer(0)
		p.do(say(id.New(), "a", naming(1, "Awa")), say(id.New(), "b", naming(1, "Bo")))
		old.learn(p)
		old.do(say(id.New(), "c", naming(2, "Cem")))
		old.whole(3)
		old.named(1, 0, "")
		now := h.reopened(testView())
		now.named(1, 2, "Bo")
		now.named(2, 1, "Cem")
		now.whole(3)
	})
}

func TestOlderBinaryIsRefused(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")))
		p := h.peer(0)
		p.do(say(id.New(), "b", naming(2, "Bo")))
		newer := h.reopened(viewOf(2, testView().Tables, testView().Rules...))
		h.refused(journal.ErrVersion, say(id.New(), "c", naming(1, "Cem")))
		if err := h.Receive(t.Context(), programme, p.since(journal.Vector{})); !errors.Is(err, journal.ErrVersion) {
			t.Fatal(err)
		}
		newer.do(say(id.New(), "d", naming(1, "Dilek")))
		newer.whole(2)
	})
}

// A rule that changed its result under a new version is seen in every row.
func TestNewVersionFoldsAgain(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "Awa")))
		loud := journal.On(nameSaid, func(r *view.Rows, e *journal.Entry, b named) { count(r, e, b.Name+"!") })
		n := h.reopened(viewOf(2, testView().Tables, testView().Rules[0], loud))
		n.named(1, 1, "Awa!")
		n.whole(1)
		same := h.reopened(viewOf(2, testView().Tables, testView().Rules...))
		same.named(1, 1, "Awa!") // the same version is not folded again: that is what versions are for
	})
}

// Processes that open a database at the same moment agree on who makes its views.
func TestManyOpenAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := house{t: t, v: openVault(t), source: fresh(t)}
		must(t, dbtest.Open(t, h.source).Migrate(t.Context()))
		var all sync.WaitGroup
		for range 6 {
			d := dbtest.Open(t, h.source)
			all.Go(func() {
				j, err := journal.Open(t.Context(), d, h.v, time.Now, testView())
				if err != nil {
					t.Error(err)
					return
				}
				j.Close()
			})
		}
		all.Wait()
		h = h.reopened(testView())
		must(t, h.Create(t.Context(), programme))
		h.do(say(id.New(), "a", naming(1, "Awa")))
		h.whole(1)
	})
}

type widerSummary struct {
	Of     string `view:"key"`
	N      int64
	LastAt int64
	Name   string
	Long   int64
}

func TestNewTableTextRebuilds(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		open := referralMoved.Draft(thing("owner", 1), thing("referral", 1), moved{"open"})
		h.do(say(id.New(), "a", naming(1, "Awa"), open))
		wider := view.New("test_summary", view.Index[widerSummary]("long"))
		long := journal.On(nameSaid, func(r *view.Rows, _ *journal.Entry, b named) {
			wider.Edit(r, widerSummary{Of: "all"}, func(s *widerSummary) { s.Long += int64(len(b.Name)) })
		})
		n := h.reopened(viewOf(1, []*view.Table{referrals.Table, wider.Table}, testView().Rules[0], long))
		s, ok, err := wider.One(t.Context(), n.DB(), programme, "and owner=$2 and long=3", thing("owner", 1))
		if err != nil || !ok {
			t.Fatal(s, ok, err)
		}
		n.whole(2)
	})
}

// A table that no view has any more is gone with its totals: it may hold names.
func TestAbandonedTableIsDropped(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		open := referralMoved.Draft(thing("owner", 1), thing("referral", 1), moved{"open"})
		h.do(say(id.New(), "a", naming(1, "Awa"), open))
		n := h.reopened(viewOf(1, []*view.Table{summaries.Table}, testView().Rules[1]))
		n.whole(2)
		if _, err := referrals.Select(t.Context(), n.DB(), programme, ""); err == nil {
			t.Fatal("the table is still there")
		}
		n = h.reopened()
		n.whole(2)
		if _, err := summaries.Select(t.Context(), n.DB(), programme, ""); err == nil {
			t.Fatal("the view is still there")
		}
		h.reopened(testView()).named(1, 2, "Awa")
	})
}

type fullName struct {
	Full string `json:"full"`
}

func TestOldPayloadIsBroughtUp(t *testing.T) {
	up := journal.Kind[fullName]{Name: nameSaid.Name, Whose: journal.OfPerson, Version: 2}
	up.Up = func(v int, old json.RawMessage) (json.RawMessage, error) {
		var b named
		if err := json.Unmarshal(old, &b); err != nil || v != 1 {
			return nil, errors.Join(err, errNo)
		}
		return json.Marshal(fullName{"Full " + b.Name})
	}
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		h := newHouse(t, fresh)
		h.do(say(id.New(), "a", naming(1, "Awa")))
		rule := journal.On(up, func(r *view.Rows, e *journal.Entry, b fullName) { count(r, e, b.Full) })
		n := h.reopened(viewOf(2, testView().Tables, testView().Rules[0], rule))
		n.named(1, 1, "Full Awa")
		n.do(say(id.New(), "b", up.Draft(thing("owner", 1), id.ID{}, fullName{"Bo"})))
		n.named(1, 2, "Bo")
		n.whole(2)
		es, err := n.History(t.Context(), programme, thing("owner", 1))
		must(t, err)
		if b, err := up.Read(&es[0]); err != nil || b.Full != "Full Awa" {
			t.Fatal(b, err)
		}
		if _, err := referralMoved.Read(&es[0]); err == nil {
			t.Fatal("a name was read as a referral")
		}
	})
}

// What a person may type must not stop a fold on one engine and pass on the other.
func TestAnyTextFolds(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		h.do(say(id.New(), "a", naming(1, "a\x00b"), naming(2, "c\xffd"), naming(3, "é\U0001F600ع")))
		h.whole(3)
		p := h.peer(0)
		p.learn(h)
		if a, b := dump(t, h.Journal), dump(t, p.Journal); a != b {
			t.Fatalf("%q\n%q", a, b)
		}
		must(t, h.Rebuild(t.Context()))
		h.whole(3)
	})
}
