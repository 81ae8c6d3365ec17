package learning

import (
	"context"
	"maps"
	"slices"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/learning/content"
	"tremplin/internal/records"
)

// Ways are the entries of the player that are learning records: what a platform reads and what these pages show are the
// same entries. docs/xapi-profile.jsonld says what they say.
var Ways = []records.Way{
	records.Through(KindAnswered, func(a Answered, e *journal.Entry) records.Deed {
		d := records.Deed{
			Verb: records.Experienced, Activity: records.IRI(e.Subject, a.Screen), Within: records.IRI(e.Subject, ""),
			Number: a.Number, At: a.At, Of: a.Of, Points: a.Points, Most: a.Most, Took: a.Took, Language: a.Language,
		}
		if a.Activity != "" {
			d.Verb, d.Success = records.Answered, &a.Right
		}
		return d
	}),
	records.Through(KindFinished, func(f Finished, e *journal.Entry) records.Deed {
		return records.Deed{Verb: records.Completed, Activity: records.IRI(e.Subject, ""), Number: f.Number, Language: f.Language}
	}),
}

// told follows what another platform says of a module, as if it had been done here. What that platform offers is none of ours.
func told(r *view.Rows, e *journal.Entry, s records.Said) {
	if s.Deed == nil {
		return
	}
	d := *s.Deed
	module, screen, ours := records.Thing(d.Activity)
	if !ours {
		return
	}
	own := *e
	own.Subject, own.Author = module, e.Owner
	success := d.Success == nil || *d.Success
	switch {
	case screen == "" && success && slices.Contains([]string{records.Completed, records.Passed}, d.Verb):
		if run := begin(r, &own, d); run.FinishedAt == 0 {
			finished(r, &own, Finished{Number: d.Number, Language: d.Language})
		}
	case screen != "" && slices.Contains([]string{records.Answered, records.Experienced, records.Completed, records.Passed, records.Failed}, d.Verb):
		answered(r, &own, Answered{
			Number: d.Number, Screen: screen, At: d.At, Of: d.Of, Right: success && d.Verb != records.Failed,
			Language: d.Language, Points: d.Points, Most: d.Most,
		})
	}
}

// begin begins a module that was learnt elsewhere as a whole.
func begin(r *view.Rows, e *journal.Entry, d records.Deed) RunRow {
	Runs.Edit(r, RunRow{Module: e.Subject}, func(w *RunRow) {
		if w.StartedAt == 0 {
			w.StartedAt, w.Number, w.Of, w.At, w.Lang, w.Person = e.At, d.Number, d.Of, d.Of, d.Language, true
		}
		w.LastAt = max(w.LastAt, e.At)
	})
	run, _ := Runs.Get(r, RunRow{Module: e.Subject})
	return run
}

// Activities are the modules and screens that some IRIs name, as platforms are told of them: one query. Of what is not
// offered here nothing is said.
func (s *Service) Activities(ctx context.Context, programme id.ID, iris []string) (map[string]records.Activity, error) {
	modules := map[id.ID]bool{}
	for _, iri := range iris {
		if m, _, ok := records.Thing(iri); ok {
			modules[m] = true
		}
	}
	rows, err := Modules.Among(ctx, s.J.DB(), programme, slices.Collect(maps.Keys(modules)), "")
	if err != nil {
		return nil, err
	}
	out := map[string]records.Activity{}
	for _, row := range rows {
		c, err := s.Package(blob.Hash(row.Package))
		if err != nil {
			return nil, err
		}
		for _, iri := range iris {
			if m, screen, _ := records.Thing(iri); m == row.Owner {
				if a, ok := activity(row, c, screen); ok {
					out[iri] = a
				}
			}
		}
	}
	return out, nil
}

// activity is a module, or one of its screens, in all its languages.
func activity(row ModuleRow, c *content.Module, screen string) (records.Activity, bool) {
	kind, name, summary := records.AModule, records.Object{}, records.Object{}
	out := records.Activity{Number: row.Number, Of: row.Screens}
	for lang, t := range c.Languages {
		if screen == "" {
			name[lang], summary[lang] = t.Title, t.Summary
			continue
		}
		i := slices.IndexFunc(t.Screens, func(s content.Screen) bool { return s.ID == screen })
		if i < 0 {
			return out, false
		}
		kind, name[lang], out.At = records.AScreen, t.Screens[i].Title, int64(i)+1
	}
	out.Definition = records.Object{"type": kind, "name": name}
	if len(summary) > 0 {
		out.Definition["description"] = summary
	}
	return out, true
}
