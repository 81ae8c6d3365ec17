package learning

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"tremplin/internal/core/access"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
)

// Desk is one module as its authors' list shows it.
type Desk struct {
	ModuleRow         // the zero row's Number: not published yet
	Title, Lang       string
	Stale             map[string]int64 // screens to bring up to date, by language
	Started, Finished int64
	Remarks, Findings int64 // open
	Draft             bool  // somebody is editing it
	Review            ReviewRow
	ToRead, GivenBack bool  // by me; to me
	Newer             int64 // the origin's newest version, where that is newer than what was adopted
}

// Desks lists every module of a programme, what needs attention first: seven queries.
func (s *Service) Desks(ctx context.Context, a access.Actor, lang string) ([]Desk, error) {
	q := s.J.DB()
	rows, err := Modules.Select(ctx, q, a.Programme, "order by slug limit 500")
	if err != nil {
		return nil, err
	}
	out := make([]Desk, len(rows))
	for i, m := range rows {
		out[i] = Desk{ModuleRow: m, Stale: map[string]int64{}}
	}
	for _, fill := range []func(context.Context, access.Actor, string, *[]Desk) error{s.deskTitles, s.deskDrafts, s.deskReviews, s.deskCounts, s.deskRemarks, s.deskFindings} {
		if err := fill(ctx, a, lang, &out); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(x, y Desk) int { return y.urgency() - x.urgency() })
	return out, nil
}

// urgency orders the list: what waits for me, what readers stumble over, what is begun, the rest.
func (d Desk) urgency() int {
	switch {
	case d.Retired:
		return 0
	case d.ToRead:
		return 6
	case d.GivenBack:
		return 5
	case d.Remarks+d.Findings > 0:
		return 4
	case d.Draft:
		return 3
	case d.StaleScreens() > 0:
		return 2
	}
	return 1
}

// StaleScreens counts what translators have to bring up to date.
func (d Desk) StaleScreens() (n int64) {
	for _, v := range d.Stale {
		n += v
	}
	return n
}

func (s *Service) deskTitles(ctx context.Context, a access.Actor, lang string, all *[]Desk) error {
	titles, err := Titles.Select(ctx, s.J.DB(), a.Programme, "")
	for i := range *all {
		d := &(*all)[i]
		o := offer(d.ModuleRow, titles, lang)
		d.Title, d.Lang = o.Title, o.Lang
	}
	eachDesk(*all, titles, func(t TitleRow) id.ID { return t.Owner }, func(d *Desk, t TitleRow) {
		if t.Stale > 0 {
			d.Stale[t.Lang] = t.Stale
		}
	})
	return err
}

// eachDesk hands rows of any table to the desks of their modules.
func eachDesk[T any](all []Desk, rows []T, owner func(T) id.ID, f func(*Desk, T)) {
	at := map[id.ID]int{}
	for i, d := range all {
		at[d.Owner] = i
	}
	for _, r := range rows {
		if i, ok := at[owner(r)]; ok {
			f(&all[i], r)
		}
	}
}

// deskDrafts marks what is being edited, and adds modules that were never published.
func (s *Service) deskDrafts(ctx context.Context, a access.Actor, _ string, all *[]Desk) error {
	return draft.Each(ctx, s.J.DB(), a.Programme, "module", func(slug string, body []byte) error {
		i := slices.IndexFunc(*all, func(d Desk) bool { return d.Slug == slug })
		if i < 0 {
			d := Desk{ModuleRow: ModuleRow{Owner: ModuleID(a.Programme, slug), Slug: slug}, Stale: map[string]int64{}}
			if err := d.begun(body); err != nil {
				return err
			}
			i, *all = len(*all), append(*all, d)
		}
		(*all)[i].Draft = true
		return nil
	})
}

// begun names a module that was never published by what its draft says.
func (d *Desk) begun(body []byte) error {
	var w struct {
		Meta      struct{ Source string }
		Languages map[string]struct{ Title string }
	}
	err := json.Unmarshal(body, &w)
	d.Lang, d.Title = w.Meta.Source, cmp.Or(w.Languages[w.Meta.Source].Title, d.Slug)
	return err
}

func (s *Service) deskReviews(ctx context.Context, a access.Actor, _ string, all *[]Desk) error {
	rows, err := Reviews.Select(ctx, s.J.DB(), a.Programme, "")
	eachDesk(*all, rows, func(r ReviewRow) id.ID { return r.Owner }, func(d *Desk, r ReviewRow) {
		d.Review = r
		d.ToRead = d.Draft && r.Sender != a.Person && r.ReturnedAt == 0
		d.GivenBack = d.Draft && r.Sender == a.Person && r.ReturnedAt > 0
	})
	return err
}

func (s *Service) deskCounts(ctx context.Context, a access.Actor, _ string, all *[]Desk) error {
	sums, err := view.ReadCells(ctx, s.J.DB(), a.Programme, "", "learning_run/started", "learning_run/finished")
	byModule := sorted(sums)
	for i := range *all {
		d := &(*all)[i]
		for _, e := range byModule[d.Owner.String()] {
			d.Started, d.Finished = d.Started+e.Started, d.Finished+e.Finished
		}
	}
	return err
}

// deskRemarks counts what learners said and nobody has decided; a thousand is "many" anyway.
func (s *Service) deskRemarks(ctx context.Context, a access.Actor, _ string, all *[]Desk) error {
	rows, err := Remarks.Select(ctx, s.J.DB(), a.Programme, "and state='open' and text<>'' order by at desc limit 1000")
	eachDesk(*all, rows, func(r RemarkRow) id.ID { return r.Owner }, func(d *Desk, _ RemarkRow) { d.Remarks++ })
	return err
}

// deskFindings counts what was found in trials and nobody has decided.
func (s *Service) deskFindings(ctx context.Context, a access.Actor, _ string, all *[]Desk) error {
	rows, err := Findings.Select(ctx, s.J.DB(), a.Programme, "and state='open' order by at desc limit 1000")
	eachDesk(*all, rows, func(w FindingRow) id.ID { return w.Owner }, func(d *Desk, _ FindingRow) { d.Findings++ })
	return err
}

// Study is one module as its author's page shows it: six queries.
type Study struct {
	Module
	Titles   []TitleRow
	Versions []VersionRow // the newest first
	Remarks  []RemarkRow  // the newest first
	Findings []FindingRow // the newest first
	Effects  map[int64]*Effect
	Rooms    map[string]*Effect // what was done in each session, by its code
}

// Study reads it.
func (s *Service) Study(ctx context.Context, programme id.ID, slug string) (Study, error) {
	m, err := s.Module(ctx, programme, slug)
	if err != nil {
		return Study{}, err
	}
	q, t := s.J.DB(), Study{Module: m}
	if t.Titles, err = Titles.Select(ctx, q, programme, "and owner=$2 order by lang", m.Owner); err != nil {
		return t, err
	}
	if t.Versions, err = Versions.Select(ctx, q, programme, "and owner=$2 order by number desc limit 20", m.Owner); err != nil {
		return t, err
	}
	if t.Remarks, err = Remarks.Select(ctx, q, programme, "and owner=$2 order by at desc limit 300", m.Owner); err != nil {
		return t, err
	}
	if t.Findings, err = s.FindingsOf(ctx, programme, m.Owner); err != nil {
		return t, err
	}
	t.Effects, t.Rooms, err = doneWith(ctx, q, programme, m.Owner)
	return t, err
}

// ReviewOf reads whether a module's draft waits to be read.
func (s *Service) ReviewOf(ctx context.Context, programme id.ID, slug string) (ReviewRow, error) {
	row, _, err := Reviews.One(ctx, s.J.DB(), programme, "and owner=$2", ModuleID(programme, slug))
	return row, err
}

// Newest reads the modules of another programme that runs here, by slug: who adopts looks there.
func (s *Service) Newest(ctx context.Context, programme id.ID) (map[string]ModuleRow, error) {
	rows, err := Modules.Select(ctx, s.J.DB(), programme, "and not retired order by slug limit 500")
	out := map[string]ModuleRow{}
	for _, m := range rows {
		out[m.Slug] = m
	}
	return out, err
}
