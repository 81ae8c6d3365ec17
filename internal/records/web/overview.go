package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/records"
)

// Bounds of the page of records.
const (
	latest    = 20 // statements that are listed
	daysShown = 30
	mostLines = 20 // of a table of totals; the rest is one line
)

// overviewView is the page of all records.
type overviewView struct {
	c       *web.Ctx
	f       ui.Frame
	clients map[id.ID]string
	kept    records.Overview
	told    []told
	next    string // where more are listed
	refused []records.Refused
	faults  []fault.Field // of what was read again
}

// records is the first page of learning records: eight queries.
func (p *Pages) records(c *web.Ctx) error {
	v, err := p.overview(c)
	if err != nil {
		return err
	}
	return c.Page(v.f, recordsPage(v))
}

func (p *Pages) overview(c *web.Ctx) (v overviewView, err error) {
	v = overviewView{c: c, f: c.Frame(c.T("records.title"))}
	if v.clients, err = p.Records.ClientNames(c, c.PID()); err != nil {
		return v, err
	}
	if v.kept, err = p.Records.Overview(c, c.PID()); err != nil {
		return v, err
	}
	if v.refused, err = p.Records.RefusedOf(c, c.PID()); err != nil {
		return v, err
	}
	page, err := p.Records.Ask(c, c.PID(), records.Question{Limit: latest})
	if err != nil {
		return v, err
	}
	if page.Next != 0 {
		v.next = listAt("", "", page.Next)
	}
	v.told, err = p.tell(c, page.Statements...)
	return v, err
}

// tell reads statements as people do, with what is known of the activities that they are about: one query.
func (p *Pages) tell(c *web.Ctx, all ...records.Statement) ([]told, error) {
	known, err := p.Records.DefinitionsOf(c, c.PID(), all...)
	out := make([]told, len(all))
	for i, w := range all {
		out[i] = told{Statement: w, lang: c.Lang(), open: mayMeet(c), known: known}
	}
	return out, err
}

// days are the last thirty, today's the last.
func (v overviewView) days(ctx context.Context) (out []ui.Bar) {
	today := v.c.Now()
	for i := range daysShown {
		d := today.AddDate(0, 0, i+1-daysShown)
		short := fmt.Sprintf("%d %s", d.Day(), i18n.T(ctx, fmt.Sprintf("date.month-short.%d", d.Month())))
		out = append(out, ui.Bar{Label: i18n.Date(ctx, d), Short: short, N: v.kept.Days[d.Format(time.DateOnly)]})
	}
	return out
}

// line is one line of a table of totals.
type line struct {
	name, iri string
	at        string // where they are listed
	n         int64
}

func (v overviewView) byClient(ctx context.Context) []line {
	var out []line
	for client, n := range v.kept.Clients {
		out = append(out, line{name: v.client(ctx, client), at: listAt("client", client.String(), 0), n: n})
	}
	return most(ctx, out)
}

// byVerb names verbs as the latest statements do in the reader's language, others without what a client says.
func (v overviewView) byVerb(ctx context.Context) []line {
	names := map[string]string{}
	for _, t := range slices.Backward(v.told) {
		names[t.verbIRI()] = t.verb(ctx)
	}
	var out []line
	for _, iri := range slices.Sorted(maps.Keys(v.kept.Verbs)) {
		out = append(out, line{cmp.Or(names[iri], verb(ctx, iri, nil, v.c.Lang())), iri, listAt("verb", iri, 0), v.kept.Verbs[iri]})
	}
	return most(ctx, out)
}

// most puts the most first, and what follows the first lines into one.
func most(ctx context.Context, all []line) []line {
	slices.SortStableFunc(all, func(a, b line) int { return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.name, b.name)) })
	if len(all) <= mostLines {
		return all
	}
	rest := line{name: i18n.T(ctx, "records.others")}
	for _, l := range all[mostLines:] {
		rest.n += l.n
	}
	return append(all[:mostLines], rest)
}

// client is what a platform is called; what the player wrote comes from Tremplin itself.
func (v overviewView) client(ctx context.Context, which id.ID) string {
	return sender(ctx, v.c.PID(), v.clients, which)
}

func sender(ctx context.Context, programme id.ID, names platforms, which id.ID) string {
	if which == programme {
		return "Tremplin"
	}
	return names.called(ctx, which)
}

// wrong is what is wrong with something that was read again, in words.
func (v overviewView) wrong(ctx context.Context, which id.ID) string {
	return ui.Input{Name: refusedAt(which), Faults: v.faults}.Fault(ctx)
}
