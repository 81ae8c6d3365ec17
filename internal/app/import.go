package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
	"tremplin/internal/people"
	peopleweb "tremplin/internal/people/web"
)

// Sent is a table of people that somebody sent.
type Sent struct {
	Programme, Name string
	Data            []byte
	Encoding        string
	DayFirst        bool
}

// Imported is what became of it, in words.
type Imported struct {
	people.Report
	words *i18n.Words
}

// String says the numbers and each row that was not taken, with what to do.
func (r Imported) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d new, %d changed, %d as before, %d not taken", r.New, r.Changed, r.Same, r.Bad)
	for _, f := range r.Faults {
		fmt.Fprintf(&b, "\nrow %d, %s, %q: %s", f.Row, f.Column, f.Value, r.words.T(f.Key, f.Args...))
	}
	return b.String()
}

// ImportParticipants takes the good rows of a table. Its columns are known by their headings.
func (a *App) ImportParticipants(ctx context.Context, s Sent) (out Imported, err error) {
	p := a.Programmes[s.Programme]
	if p == nil {
		return out, fmt.Errorf("there is no programme folder %q", s.Programme)
	}
	if err := a.begun(ctx, p); err != nil {
		return out, err
	}
	words, err := i18n.Load(peopleweb.Locale)
	if err != nil {
		return out, err
	}
	out.words = words.In(i18n.Source)
	ts, err := sheet.Read(s.Name, s.Data, sheet.Options{Encoding: s.Encoding})
	if err != nil {
		return out, out.said(people.Problems(err))
	}
	for _, t := range ts {
		in := people.Import{Programme: p, Table: t, Columns: people.Guess(t.Header), DayFirst: s.DayFirst}
		r, err := a.People.Import(ctx, journal.Act{Programme: p.ID()}, in)
		if err != nil {
			return out, err
		}
		out.add(r)
	}
	return out, nil
}

// Begun finds a programme that runs here by its slug.
func (a *App) Begun(ctx context.Context, slug string) (*programme.Programme, error) {
	p := a.Programmes[slug]
	if p == nil {
		return nil, fmt.Errorf("there is no programme folder %q", slug)
	}
	return p, a.begun(ctx, p)
}

// begun refuses a programme that does not run here, and names those that do.
func (a *App) begun(ctx context.Context, p *programme.Programme) error {
	running, err := a.Running(ctx)
	if err != nil || slices.Contains(running, p) {
		return err
	}
	if len(running) == 0 {
		return errors.New("no programme has begun here: start `tremplin serve`, open its address and set the site up, then import again")
	}
	var slugs []string
	for _, r := range running {
		slugs = append(slugs, r.Slug)
	}
	return fmt.Errorf("the programme %s has not begun here: an administrator begins it on the page /admin; or choose --programme %s", p.Slug, strings.Join(slugs, " or "))
}

// said puts what is wrong with a file into words.
func (r Imported) said(err error) error {
	e := fault.Of(err)
	if len(e.Fields) == 0 {
		return err
	}
	lines := []string{r.words.T(e.Key)}
	for _, f := range e.Fields {
		lines = append(lines, r.words.T(f.Key, f.Args...))
	}
	return errors.New(strings.Join(lines, "\n"))
}

func (r *Imported) add(more people.Report) {
	r.New, r.Changed, r.Same, r.Bad = r.New+more.New, r.Changed+more.Changed, r.Same+more.Same, r.Bad+more.Bad
	r.Faults = append(r.Faults, more.Faults...)
}
