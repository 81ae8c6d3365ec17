package journal_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
	"tremplin/internal/core/view"
)

var errNo = errors.New("the rule says no")

// house is one journal of the engine under test, with what most tests need beside it.
type house struct {
	*journal.Journal
	t      *testing.T
	v      *vault.Vault
	source string
}

func newHouse(t *testing.T, fresh dbtest.New) house {
	h := house{t: t, v: openVault(t), source: fresh(t)}
	h.Journal = openJournal(t, h.source, h.v, 0)
	return h
}

// eachHouse runs f on a new house of every engine.
func eachHouse(t *testing.T, f func(t *testing.T, h house)) {
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) { f(t, newHouse(t, fresh)) })
}

// peer is another database that shares the keys.
func (h house) peer(skew time.Duration) house {
	p := house{t: h.t, v: h.v, source: dbtest.SQLite(h.t)}
	p.Journal = openJournal(h.t, p.source, h.v, skew)
	return p
}

// reopened is a second journal on the same database, as another process has one.
func (h house) reopened(views ...*journal.View) house {
	h.t.Helper()
	j, err := journal.Open(h.t.Context(), dbtest.Open(h.t, h.source), h.v, time.Now, views...)
	must(h.t, err)
	h.t.Cleanup(j.Close)
	h.Journal = j
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h house) do(cs ...command) {
	h.t.Helper()
	for _, c := range cs {
		must(h.t, c.to(h.t.Context(), h.Journal))
	}
}

func (h house) refused(want error, c command) {
	h.t.Helper()
	if err := c.to(h.t.Context(), h.Journal); !errors.Is(err, want) {
		h.t.Fatalf("answer %v, want %v", err, want)
	}
}

// command is an act with what it says and decides, kept to be done again or elsewhere.
type command struct {
	journal.Act
	same   [32]byte
	decide journal.Decision
}

func act(v id.ID) journal.Act { return journal.Act{Programme: programme, ID: v} }

// in is the same command in another programme.
func (c command) in(other id.ID) command {
	c.Programme = other
	return c
}

func (c command) to(ctx context.Context, j *journal.Journal) error {
	return j.Do(ctx, c.Act, c.same, c.decide)
}

// exec alters the database behind the journal's back.
func (h house) exec(q string, args ...any) {
	h.t.Helper()
	_, err := h.DB().Exec(h.t.Context(), q, args...)
	must(h.t, err)
}

// whole holds that the log has n entries and that log and views are sound.
func (h house) whole(n int64) {
	h.t.Helper()
	got, err := h.Verify(h.t.Context())
	must(h.t, err)
	if got != n {
		h.t.Fatalf("%d entries, want %d", got, n)
	}
	if bad := h.differences(); len(bad) > 0 {
		h.t.Fatal(strings.Join(bad, "\n"))
	}
}

func (h house) differences() []string {
	h.t.Helper()
	bad, err := h.Check(h.t.Context())
	must(h.t, err)
	return bad
}

func (h house) summary(owner int) summary {
	h.t.Helper()
	s, _, err := summaries.One(h.t.Context(), h.DB(), programme, "and owner=$2", thing("owner", owner))
	must(h.t, err)
	return s
}

// since is everything that a peer with nothing lacks.
func (h house) since(v journal.Vector) []journal.Entry {
	h.t.Helper()
	es, err := h.Since(h.t.Context(), programme, v, 10000)
	must(h.t, err)
	return es
}

func (h house) vector() journal.Vector {
	h.t.Helper()
	v, err := h.Vector(h.t.Context(), programme)
	must(h.t, err)
	return v
}

// learn takes everything that the others have.
func (h house) learn(from ...house) {
	h.t.Helper()
	for _, f := range from {
		must(h.t, h.Receive(h.t.Context(), programme, f.since(h.vector())))
	}
}

// naming says a name in an owner's story.
func naming(owner int, name string) journal.Draft {
	return nameSaid.Draft(thing("owner", owner), id.ID{}, named{name})
}

func voiding(owner int, gone id.ID) command {
	return say(id.New(), "void", journal.Voided.Draft(thing("owner", owner), gone, journal.Reason{}))
}

// joining says that other is the same person as owner.
func joining(owner, other int) command {
	return say(id.New(), "join", journal.Joined.Draft(thing("owner", owner), thing("owner", other), journal.Reason{}))
}

func erasing(owner int) command {
	return say(id.New(), "erase", journal.Erased.Draft(thing("owner", owner), id.ID{}, journal.Reason{}))
}

// deciding is a command of its own id with a decision to be tested.
func deciding(f func(ctx context.Context, q db.Queryer) ([]journal.Draft, error)) command {
	return command{Act: act(id.New()), decide: func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds, err := f(ctx, q)
		return ds, nil, err
	}}
}

// grouped sends commands so that they wait together and are served in this order; it returns the answers.
func (h house) grouped(cs ...command) []error {
	h.t.Helper()
	gate, entered := make(chan struct{}), make(chan struct{})
	first := sync.OnceFunc(func() { close(entered) })
	answers := make([]error, len(cs))
	var all sync.WaitGroup
	all.Go(func() {
		_ = deciding(func(context.Context, db.Queryer) ([]journal.Draft, error) {
			first()
			<-gate
			return nil, nil
		}).to(h.t.Context(), h.Journal)
	})
	<-entered
	for i, c := range cs {
		all.Go(func() { answers[i] = c.to(h.t.Context(), h.Journal) })
		for h.Waiting(programme) <= i {
			runtime.Gosched()
		}
	}
	close(gate)
	all.Wait()
	return answers
}

func viewOf(version int, tables []*view.Table, rules ...journal.Rule) *journal.View {
	return &journal.View{Name: "test", Version: version, Tables: tables, Rules: rules}
}
