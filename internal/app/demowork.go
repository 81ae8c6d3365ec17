package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// work makes every learner learn: some finish, some stop, some are stuck today.
func (d *demo) work(ctx context.Context) error {
	ms, err := learning.Modules.Select(ctx, d.DB, d.p.ID(), "and audience='learner' order by slug")
	if err != nil {
		return err
	}
	d.modules = map[string]learning.Module{}
	for _, m := range ms {
		if d.modules[m.Slug], err = d.Learning.Module(ctx, d.p.ID(), m.Slug); err != nil {
			return err
		}
	}
	var all []learning.Work
	for i, l := range d.learners {
		all = append(all, d.story(l, i, ms)...)
	}
	for i, part := range slices.Collect(slices.Chunk(all, 600)) {
		if err := d.Learning.Bring(ctx, d.act("command", fmt.Sprint("work", i), "", time.Time{}), part); err != nil {
			return err
		}
	}
	return nil
}

// tutorsWork makes the e-tutors follow the module of their own path before their training.
func (d *demo) tutorsWork(ctx context.Context) error {
	m, err := d.Learning.Module(ctx, d.p.ID(), "tutor-online")
	if err != nil {
		return err
	}
	var all []learning.Work
	for _, w := range d.trainees {
		at := time.Date(w.at.Year(), w.at.Month(), 9, 18, 0, 0, 0, time.UTC) // the training is on the 14th
		all = append(all, d.module(invented{id: w.id, lang: "fr"}, m, &at, false, false)...)
	}
	for i, part := range slices.Collect(slices.Chunk(all, 600)) {
		if err := d.Learning.Bring(ctx, d.act("command", fmt.Sprint("tutors' work", i), "", time.Time{}), part); err != nil {
			return err
		}
	}
	return nil
}

// story is one learner's way through a few modules, in order of time.
func (d *demo) story(l invented, n int, ms []learning.ModuleRow) (out []learning.Work) {
	at := d.someday(l.joined)
	order := d.rng.Perm(len(ms))
	many := 1 + d.rng.IntN(min(most, len(ms)))
	if n%7 == 0 { // some are at it these days
		at = d.someday(d.now.AddDate(0, 0, -4))
		many = 2
	}
	for k := range many {
		m := d.modules[ms[order[k]].Slug]
		last := k == many-1
		out = append(out, d.module(l, m, &at, last && n%3 == 0, last && n%11 == 0)...)
		at = d.someday(at.AddDate(0, 0, 1+d.rng.IntN(12)))
		if at.After(d.now) {
			break
		}
	}
	return out
}

// most is how many modules somebody does.
const most = 5

// hard is a screen on which many err, so that its author sees it; its second version has helped, not enough.
const hard = "gaps"

func (d *demo) errs(s content.Screen, at time.Time) bool {
	ten := d.rng.IntN(10)
	switch {
	case s.Activity == nil:
		return false
	case s.ID == hard:
		return ten < 6-2*int(d.number(at))
	}
	return ten == 0
}

func (d *demo) module(l invented, m learning.Module, at *time.Time, stops, stuck bool) (out []learning.Work) {
	text := m.Text(l.lang)
	for i, s := range text.Screens {
		if stops && i >= len(text.Screens)/2 {
			if stuck {
				for try := range learning.StuckAfter {
					out = append(out, d.piece(l, m, at, i, try, false))
				}
			}
			break
		}
		tries := 0
		if d.errs(s, *at) {
			tries = 1 + d.rng.IntN(2)
		}
		for try := range tries {
			out = append(out, d.piece(l, m, at, i, try, false))
		}
		out = append(out, d.piece(l, m, at, i, tries, true))
	}
	return slices.DeleteFunc(out, func(w learning.Work) bool { return w.At > d.now.UnixMicro() })
}

func (d *demo) piece(l invented, m learning.Module, at *time.Time, i, try int, right bool) learning.Work {
	*at = at.Add(time.Duration(40+d.rng.IntN(90)) * time.Second)
	text := m.Text(l.lang)
	s := text.Screens[i]
	said := learning.Answered{
		Number: d.number(*at), Screen: s.ID, At: int64(i + 1), Of: int64(len(text.Screens)), Right: right, Language: text.Lang, Country: l.country,
	}
	if s.Activity != nil {
		said.Activity = string(s.Activity.Kind)
	}
	return learning.Work{
		ID: id.Derive(l.id[:], m.Owner[:], fmt.Appendf(nil, "%s %d", s.ID, try)), Learner: learning.Learner{ID: l.id, Person: true},
		Module: m.ModuleRow, At: at.UnixMicro(), Said: said,
	}
}

// number is the version that was read at a time: the second helped.
func (d *demo) number(at time.Time) int64 {
	if at.After(d.now.Add(-revised)) {
		return 2
	}
	return 1
}

// open tells whether nobody has looked yet at a remark: those of this week.
func open(i int) bool { return i%9 == 0 }

// remarks are those of demo.yaml, with what became of them.
func (d *demo) remarks(ctx context.Context) error {
	for i, r := range d.facts.Remarks {
		m, ok := d.modules[r.Module]
		if !ok {
			continue
		}
		face := int64(0)
		if r.Remark == "thanks" {
			face = 3
		}
		at := d.someday(d.now.Add(-revised).AddDate(0, 0, -10-d.rng.IntN(300)))
		if open(i) {
			at = d.someday(d.now.AddDate(0, 0, -3))
			r.Decision = ""
		}
		if err := d.remark(ctx, m, r.ID, at, learning.Remarked{Screen: r.Screen, Language: r.Language, Text: r.Text, Face: face}, r.Decision, r.Reason); err != nil {
			return err
		}
	}
	return nil
}

// findings are those of demo.yaml, decided a few days after they were written.
func (d *demo) findings(ctx context.Context) error {
	for i, f := range d.facts.Findings {
		m, ok := d.modules[f.Module]
		if !ok {
			continue
		}
		at := d.now.Add(-revised).AddDate(0, 0, -9+i)
		var remarks []id.ID
		for _, r := range f.Remarks {
			remarks = append(remarks, d.id("remark", r))
		}
		wrote := d.act("finding", f.ID, "claire", at)
		err := d.Learning.Conclude(ctx, wrote, learning.Finding{Module: m, Screen: f.Screen, Text: f.Text, Number: 1, Remarks: remarks})
		if err != nil {
			return err
		}
		decided := learning.FindingDecided{Finding: wrote.ID, Change: true, Because: f.Because}
		if err := d.Learning.DecideFinding(ctx, d.act("found", f.ID, "claire", at.AddDate(0, 0, 3)), m.Owner, decided); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) remark(ctx context.Context, m learning.Module, name string, at time.Time, r learning.Remarked, decision, reason string) error {
	remark := d.act("remark", name, "", at)
	if err := d.Learning.Remark(ctx, remark, m, r); err != nil || decision != "keep" {
		return err // a change is said by the version that makes it
	}
	return d.Learning.Decide(ctx, d.act("decision", name, "claire", at.AddDate(0, 0, 5)), m.Owner, learning.Decided{Remark: remark.ID, Because: reason})
}
