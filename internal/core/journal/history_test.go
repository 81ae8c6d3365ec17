package journal_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
	"tremplin/internal/core/view"
)

// A story that is hard on purpose: a state machine, a last-writer-wins, a counter and kept totals.
type moved struct {
	State string `json:"state"`
}
type named struct {
	Name string `json:"name"`
}

var (
	referralMoved = journal.NewKind[moved]("test.referral.moved", journal.OfPerson)
	nameSaid      = journal.NewKind[named]("test.name.said", journal.OfPerson)
)

type referral struct {
	Owner        id.ID
	ID           id.ID `view:"key"`
	State        string
	Moves, Wrong int64
}
type summary struct {
	Of     string `view:"key"`
	N      int64
	LastAt int64
	Name   string
}

var (
	referrals = view.New("test_referral", view.Totals(func(r *referral) []view.Cell {
		return []view.Cell{{Name: "state", Key: r.State, N: 1}, {Name: "moves", N: r.Moves}}
	}), view.Index[referral]("state"))
	summaries = view.New[summary]("test_summary")
)

func count(r *view.Rows, e *journal.Entry, name string) {
	summaries.Edit(r, summary{Of: "all"}, func(s *summary) {
		s.N++
		s.LastAt = max(s.LastAt, e.At)
		if name != "" {
			s.Name = name
		}
	})
}

var allowed = map[string][]string{"": {"open"}, "open": {"accepted", "closed"}, "accepted": {"closed"}, "closed": {"open"}}

func testView() *journal.View {
	return &journal.View{
		Name: "test", Version: 1, Tables: []*view.Table{referrals.Table, summaries.Table},
		Rules: []journal.Rule{
			journal.On(referralMoved, func(r *view.Rows, e *journal.Entry, b moved) {
				count(r, e, "")
				if b.State == "gone" {
					referrals.Delete(r, referral{ID: e.Subject})
					return
				}
				referrals.Edit(r, referral{ID: e.Subject}, func(w *referral) {
					if slices.Contains(allowed[w.State], b.State) {
						w.State, w.Moves = b.State, w.Moves+1
					} else {
						w.Wrong++
					}
				})
			}),
			journal.On(nameSaid, func(r *view.Rows, e *journal.Entry, b named) { count(r, e, b.Name) }),
		},
	}
}

var programme = id.Named("programme", "test")

func thing(kind string, n int) id.ID { return id.Named(kind, fmt.Sprint(n)) }

func openVault(t testing.TB) *vault.Vault {
	v, err := vault.Open(t.Context(), dbtest.Open(t, dbtest.SQLite(t)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func openJournal(t testing.TB, source string, v *vault.Vault, skew time.Duration) *journal.Journal {
	d := dbtest.Open(t, source)
	j, err := journal.Open(t.Context(), d, v, func() time.Time { return time.Now().Add(skew) }, testView())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	if err := j.Create(t.Context(), programme); err != nil {
		t.Fatal(err)
	}
	return j
}

// say is a command that needs to read nothing.
func say(v id.ID, same string, drafts ...journal.Draft) command {
	return command{act(v), journal.Same(same), journal.Known(drafts...)}
}

// world is three databases with clocks hours apart, one of them of the engine under test.
type world struct {
	t      history
	v      *vault.Vault
	js     []*journal.Journal
	said   []command
	ids    []id.ID
	erased map[int]bool
}

// history is one of many in a test: it fails with what was drawn for it, and closes what it opened.
type history struct {
	testing.TB
	drawn *rapid.T
}

func (h history) Cleanup(f func()) { h.drawn.Cleanup(f) }

func (h history) Fatal(args ...any) {
	h.drawn.Helper()
	h.drawn.Fatal(args...)
}

func (h history) Fatalf(text string, args ...any) {
	h.drawn.Helper()
	h.drawn.Fatalf(text, args...)
}

func TestAnyHistoryAnyOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		rapid.Check(t, func(rt *rapid.T) {
			t := history{t, rt}
			v := openVault(t)
			w := &world{t: t, v: v, erased: map[int]bool{}, js: []*journal.Journal{
				openJournal(t, fresh(t), v, 0), openJournal(t, dbtest.SQLite(t), v, -3*time.Hour), openJournal(t, dbtest.SQLite(t), v, 5*time.Hour),
			}}
			for i := range rapid.IntRange(20, 60).Draw(rt, "steps") {
				w.step(i)
				if i%12 == 0 {
					w.equal()
				}
			}
			w.finish()
		})
	})
}

func (w *world) step(i int) {
	rt := w.t.drawn
	j := w.js[rapid.IntRange(0, 2).Draw(rt, "at")]
	owner := rapid.IntRange(0, 3).Draw(rt, "owner")
	switch op := rapid.IntRange(0, 21).Draw(rt, "op"); {
	case op < 11:
		w.move(j, owner, i)
	case op < 13 && len(w.said) > 0: // the same command again, here or elsewhere
		w.do(j, w.said[rapid.IntRange(0, len(w.said)-1).Draw(rt, "again")])
	case op < 15 && len(w.ids) > 0:
		gone := w.ids[rapid.IntRange(0, len(w.ids)-1).Draw(rt, "void")]
		w.do(j, say(id.New(), "void", journal.Voided.Draft(thing("owner", owner), gone, journal.Reason{})))
	case (op == 15 || op == 16) && i > 12 && len(w.erased) < 2:
		w.erased[owner] = true
		w.do(j, say(id.New(), "erase", journal.Erased.Draft(thing("owner", owner), id.ID{}, journal.Reason{})))
	case op > 19: // what is joined is parted by op 13 and 14
		c := joining(owner, rapid.IntRange(0, 3).Draw(rt, "joined"))
		if w.do(j, c) {
			w.said, w.ids = append(w.said, c), append(w.ids, c.ID)
		}
	default:
		w.exchange(j, w.js[rapid.IntRange(0, 2).Draw(rt, "from")], rapid.IntRange(1, 20).Draw(rt, "n"))
	}
}

func (w *world) move(j *journal.Journal, owner, i int) {
	rt := w.t.drawn
	state := rapid.SampledFrom([]string{"open", "accepted", "closed", "gone"}).Draw(rt, "state")
	about := thing("referral", rapid.IntRange(0, 2).Draw(rt, "referral"))
	d := referralMoved.Draft(thing("owner", owner), about, moved{state})
	d.At = int64(rapid.IntRange(1, 1000).Draw(rt, "claimed"))
	c := say(id.New(), fmt.Sprint(i), d, nameSaid.Draft(thing("owner", (owner+i%2)%4), id.ID{}, named{fmt.Sprint("n", i)}))
	if w.do(j, c) {
		w.said, w.ids = append(w.said, c), append(w.ids, c.ID)
	}
}

// do sends a command; the story of an erased owner is refused, anything else must be accepted.
func (w *world) do(j *journal.Journal, c command) bool {
	err := c.to(w.t.Context(), j)
	if err != nil && !errors.Is(err, journal.ErrErased) {
		w.t.Fatal(err)
	}
	return err == nil
}

func (w *world) exchange(to, from *journal.Journal, n int) {
	if to == from {
		return
	}
	v, err := to.Vector(w.t.Context(), programme)
	if err != nil {
		w.t.Fatal(err)
	}
	es, err := from.Since(w.t.Context(), programme, v, n)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := to.Receive(w.t.Context(), programme, es); err != nil {
		w.t.Fatal(err)
	}
}

// equal holds that every database's views are the fold of its entries.
func (w *world) equal() {
	w.t.Helper()
	for i, j := range w.js {
		bad, err := j.Check(w.t.Context())
		if err != nil || len(bad) > 0 {
			w.t.Fatalf("database %d: %v\n%s", i, err, strings.Join(bad, "\n"))
		}
		if _, err := j.Verify(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// finish lets everybody know everything: then all rows are the same everywhere, with the keys of the
// erased gone too.
func (w *world) finish() {
	for range 3 {
		for _, a := range w.js {
			for _, b := range w.js {
				w.exchange(a, b, 10000)
			}
		}
	}
	w.equal()
	for o := range w.erased {
		if err := w.js[0].Erase(w.t.Context(), programme, thing("owner", o)); err != nil {
			w.t.Fatal(err)
		}
	}
	w.equal()
	a, b, c := dump(w.t, w.js[0]), dump(w.t, w.js[1]), dump(w.t, w.js[2])
	if a != b || b != c {
		w.t.Fatalf("databases differ:\n%s\n%s\n%s", a, b, c)
	}
}

// dump is every row of the views, in words.
func dump(t testing.TB, j *journal.Journal) string {
	rs, err := referrals.Select(t.Context(), j.DB(), programme, "order by owner,id")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := j.DB().Query(t.Context(), "select owner,n,last_at,name from test_summary where programme=$1 order by owner", programme)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // a test
	var b strings.Builder
	fmt.Fprintln(&b, rs)
	for rows.Next() {
		var o id.ID
		var s summary
		if err := rows.Scan(&o, &s.N, &s.LastAt, &s.Name); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, o, s)
	}
	return b.String()
}
