// Package faults holds what a writer that is killed and the test that kills it must agree on: what is
// written, and how it is opened. The writer goes through the real journal and nothing else.
package faults

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/vault"
	"tremplin/internal/core/view"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// Programme is where everything is written.
var Programme = id.Named("programme", "faults")

// Step is what one entry says.
type Step struct {
	N int64 `json:"n"`
}

// Every command says both, and leaves a job.
var (
	Said  = journal.NewKind[Step]("faults.step.said", journal.OfPerson)
	Heard = journal.NewKind[Step]("faults.step.heard", journal.OfThing)
)

// Tally is one row an owner.
type Tally struct {
	Owner  id.ID
	N, Sum int64
}

// Tallies are kept with totals.
var Tallies = view.New("faults_tally", view.Totals(func(t *Tally) []view.Cell {
	return []view.Cell{{Name: "n", N: t.N}, {Name: "sum", N: t.Sum}}
}))

func tally(r *view.Rows, _ *journal.Entry, b Step) {
	Tallies.Edit(r, Tally{}, func(t *Tally) { t.N, t.Sum = t.N+1, t.Sum+b.N })
}

func views() *journal.View {
	return &journal.View{
		Name: "faults", Version: 1, Tables: []*view.Table{Tallies.Table},
		Rules: []journal.Rule{journal.On(Said, tally), journal.On(Heard, tally)},
	}
}

// Batch is how many statements are sent at once.
const Batch = 20

// House is an open journal with its two databases, and the store of learning records on it.
type House struct {
	*journal.Journal
	data, keys *db.DB
	records    *records.Service
}

// Open opens the journal in data with its keys in another database.
func Open(ctx context.Context, data, keys string) (h House, err error) {
	if h.keys, err = db.Open(ctx, keys); err != nil {
		return h, err
	}
	if h.data, err = db.Open(ctx, data); err != nil {
		return h, err
	}
	v, err := vault.Open(ctx, h.keys)
	if err != nil {
		return h, err
	}
	if h.Journal, err = journal.Open(ctx, h.data, v, time.Now, views(), records.View); err != nil {
		return h, err
	}
	h.records = &records.Service{J: h.Journal}
	return h, h.Create(ctx, Programme)
}

// Close closes all three.
func (h House) Close() error {
	h.Journal.Close()
	return errors.Join(h.data.Close(), h.keys.Close())
}

// Say writes the n-th thing that somebody says, and returns the act's id; every seventh takes something back.
func (h House) Say(ctx context.Context, who, n int, before id.ID) (id.ID, error) {
	a := journal.Act{Programme: Programme, ID: id.New()}
	owner, other := id.Named("owner", fmt.Sprint(who%5)), id.Named("owner", fmt.Sprint(n%5+10))
	return a.ID, h.Do(ctx, a, journal.Same(who, n), func(context.Context, db.Queryer) ([]journal.Draft, []job.Job, error) {
		ds := []journal.Draft{Said.Draft(owner, id.ID{}, Step{int64(n)}), Heard.Draft(other, id.ID{}, Step{1})}
		if n%7 == 6 {
			ds = append(ds, journal.Voided.Draft(owner, before, journal.Reason{}))
		}
		w, err := job.New("faults.tell", Step{int64(n)})
		return ds, []job.Job{w}, err
	})
}

// Send sends a batch of statements, and returns their ids.
func (h House) Send(ctx context.Context, n int) ([]id.ID, error) {
	p := records.Parcel{Version: xapi.V1}
	for i := range Batch {
		p.Statements = append(p.Statements, xapi.Object{
			"actor": xapi.Object{"mbox": fmt.Sprintf("mailto:a%d@example.org", i%7)}, "verb": xapi.Object{"id": "urn:x:did"},
			"object": xapi.Object{"id": fmt.Sprintf("urn:x:%d", n), "definition": xapi.Object{"name": xapi.Object{"fr": fmt.Sprint("Essai ", n)}}},
		})
	}
	return h.records.Take(ctx, records.Known{Programme: Programme, ID: id.Named("client"), Name: "faults"}, p)
}
