package app

import (
	"context"
	"io/fs"
	"path"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// revised is when the second versions came out, before now.
const revised = 60 * 24 * time.Hour

// changed tells whether a remark that led to a change stands on a screen.
func (d *demo) changed(module, screen string) bool {
	for _, r := range d.facts.Remarks {
		if r.Module == module && r.Screen == screen && r.Decision == "change" {
			return true
		}
	}
	return false
}

// before takes out of a text the sentences that remarks asked for.
func (d *demo) before(module string, t *content.Text) {
	for i, s := range t.Screens {
		if n := len(s.Blocks); n > 1 && d.changed(module, s.ID) {
			t.Screens[i].Blocks = s.Blocks[:n-1]
		}
	}
}

// first publishes what the modules were two years ago: without the sentences that remarks asked for.
func (d *demo) first(ctx context.Context) error {
	return d.eachModule(func(m *content.Module) error {
		for _, t := range m.Languages {
			d.before(m.Slug, t)
		}
		began := d.act("first", m.Slug, "", d.now.AddDate(-2, 0, 0))
		return d.Learning.Publish(ctx, began, learning.Publication{Module: m, Partner: d.p.OrganisationID("amsed")})
	})
}

// revise publishes the modules as they are now, in answer to the remarks.
func (d *demo) revise(ctx context.Context) error {
	return d.eachModule(func(m *content.Module) error {
		var answered []id.ID
		for i, r := range d.facts.Remarks {
			if r.Module == m.Slug && r.Decision == "change" && !open(i) {
				answered = append(answered, d.id("remark", r.ID))
			}
		}
		if len(answered) == 0 {
			return nil
		}
		if m.Slug == "looking-for-work" { // the translator has not come to it yet
			d.before(m.Slug, m.Languages["tr"])
		}
		var found []id.ID
		for _, f := range d.facts.Findings {
			if f.Module == m.Slug {
				found = append(found, d.id("finding", f.ID))
			}
		}
		return d.Learning.Publish(ctx, d.act("revised", m.Slug, "claire", d.now.Add(-revised)), learning.Publication{
			Module: m, Remarks: answered, Findings: found, Note: "Des phrases de plus, à la demande de celles et ceux qui apprennent",
		})
	})
}

func (d *demo) eachModule(f func(*content.Module) error) error {
	found, err := fs.Glob(d.p.Files, "modules/*/module.yaml")
	if err != nil {
		return err
	}
	for _, name := range found {
		sub, err := fs.Sub(d.p.Files, path.Dir(name))
		if err != nil {
			return err
		}
		m, err := content.ReadDir(sub)
		if err != nil {
			return err
		}
		if err := f(m); err != nil {
			return err
		}
	}
	return nil
}

// reports freezes the three progress reports that are past, and draws a sample of the last. Of what else was
// due, two were handed in; the proof of the tutors' meeting is late, as such proofs are.
func (d *demo) reports(ctx context.Context) error {
	for name, at := range map[string]string{"study": "2025-06-27", "guide": "2026-03-30"} {
		day, err := time.Parse(time.DateOnly, at)
		if err != nil {
			return err
		}
		if err := d.Impact.HandIn(ctx, d.act("handed", name, "nadia", day.Add(10*time.Hour)), impact.Handed{Deliverable: name}); err != nil {
			return err
		}
	}
	var last id.ID
	for name, at := range map[string]string{"progress-1": "2025-05-20", "progress-2": "2025-11-21", "progress-3": "2026-05-22"} {
		day, err := time.Parse(time.DateOnly, at)
		if err != nil {
			return err
		}
		freezing := d.act("report", name, "nadia", day.Add(15*time.Hour))
		if name == "progress-3" {
			last = impact.ReportID(freezing)
		}
		if err := d.Impact.Freeze(ctx, freezing, impact.Freeze{Deliverable: name, Known: d.Journal.Now()}); err != nil {
			return err
		}
	}
	drawing := d.act("sample", "tutors", "nadia", d.now.AddDate(0, 0, -6))
	return d.Impact.Draw(ctx, drawing, impact.Draw{Indicator: "tutors-trained", Report: last, Seed: "2026-11-16"})
}
