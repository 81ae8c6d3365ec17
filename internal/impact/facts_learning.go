package impact

import (
	"strconv"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/learning"
)

// published notes a fact a language: a version that adds one counts for it from that day.
func published(r *view.Rows, e *journal.Entry, p learning.Published) {
	Modules.Edit(r, ModuleRow{}, func(w *ModuleRow) {
		if !p.Organisation.IsZero() {
			w.Organisation = p.Organisation
		}
		for _, v := range p.Remarks {
			w.Answered += " " + v.String()
		}
		w.Slug = p.Slug
	})
	for _, v := range p.Findings {
		acted(r, e, v, more{"decision": "change", "published": "true", "version": strconv.FormatInt(p.Number, 10)})
	}
	m, _ := Modules.Get(r, ModuleRow{})
	for lang := range p.Titles {
		note(r, e, "module-published", lang, func(w *FactRow) {
			w.Subject, w.Organisation, w.Lang = e.Owner, m.Organisation, lang
			w.Attributes = more{"audience": p.Audience, "level": p.Level, "sector": p.Sector, "version": strconv.FormatInt(p.Number, 10)}.text()
		})
	}
}

// remarked notes a remark in words; a face alone asks for nothing.
func remarked(r *view.Rows, e *journal.Entry, b learning.Remarked) {
	if b.Text == "" {
		return
	}
	w := RemarkRow{Entry: e.ID}
	Remarks.Edit(r, w, func(w *RemarkRow) { w.Screen, w.Lang, w.Said = b.Screen, b.Language, said(b.Face) })
	w, _ = Remarks.Get(r, w)
	remark(r, e, "remark-made", w, more{})
}

// said tells what a remark asks for, by the face that goes with its words.
func said(face int64) string {
	switch face {
	case 3:
		return "thanks"
	case 1:
		return "unclear"
	}
	return "wish"
}

func remark(r *view.Rows, e *journal.Entry, fact string, about RemarkRow, m more) {
	module, _ := Modules.Get(r, ModuleRow{})
	m["screen"], m["remark"] = about.Screen, about.Said
	note(r, e, fact, "", func(w *FactRow) {
		w.Subject, w.Organisation, w.Lang, w.Attributes = about.Entry, module.Organisation, about.Lang, m.text()
	})
}

// decided notes what became of a remark: a change counts as published with the version that answers it.
func decided(r *view.Rows, e *journal.Entry, d learning.Decided) {
	about, ok := Remarks.Get(r, RemarkRow{Entry: d.Remark})
	if !ok {
		return
	}
	m := more{"decision": "keep"}
	if d.Change {
		module, _ := Modules.Get(r, ModuleRow{})
		m["decision"] = "change"
		m["published"] = strconv.FormatBool(strings.Contains(module.Answered, d.Remark.String()))
	}
	remark(r, e, "remark-acted-on", about, m)
}

func findingWritten(r *view.Rows, e *journal.Entry, b learning.FindingWritten) {
	w := FindingRow{Entry: e.ID}
	Findings.Edit(r, w, func(w *FindingRow) { w.Screen, w.Trials = b.Screen, int64(len(b.Rooms)) })
	w, _ = Findings.Get(r, w)
	m := more{"version": strconv.FormatInt(b.Number, 10)}
	finding(r, e, "finding-written", w, m)
}

// findingDecided notes what was decided; what is to be changed counts with the version that answers it.
func findingDecided(r *view.Rows, e *journal.Entry, b learning.FindingDecided) {
	m := more{"decision": "keep"}
	if b.Change {
		m["decision"] = "change"
	}
	acted(r, e, b.Finding, m)
}

func acted(r *view.Rows, e *journal.Entry, which id.ID, m more) {
	if w, ok := Findings.Get(r, FindingRow{Entry: which}); ok {
		finding(r, e, "finding-acted-on", w, m)
	}
}

func finding(r *view.Rows, e *journal.Entry, fact string, about FindingRow, m more) {
	module, _ := Modules.Get(r, ModuleRow{})
	m["module"], m["screen"], m["trials"] = module.Slug, about.Screen, strconv.FormatInt(about.Trials, 10)
	note(r, e, fact, about.Entry.String(), func(w *FactRow) {
		w.Subject, w.Organisation, w.Attributes = about.Entry, module.Organisation, m.text()
	})
}

// answered notes the first screen of each module. Staff who try a module are no learners.
func answered(r *view.Rows, e *journal.Entry, a learning.Answered) {
	named := e.Author == e.Owner
	if named && !person(r).Learner {
		return
	}
	started(r, e, "", e.Subject, e.At, a.Language, a.Country, named)
}

func started(r *view.Rows, e *journal.Entry, part string, module id.ID, at int64, lang, country string, named bool) {
	if _, ok := Begun.Get(r, BegunRow{Module: module}); ok {
		return
	}
	Begun.Edit(r, BegunRow{Module: module}, func(*BegunRow) {})
	note(r, e, "learner-started", part, func(w *FactRow) {
		w.Subject, w.At = module, at
		learnt := more{"kept": strconv.FormatBool(named)}
		onLearner(r, w, learnt, lang, country, named)
	})
}

func onLearner(r *view.Rows, w *FactRow, m more, lang, country string, named bool) {
	w.Lang, w.Country, w.Attributes = lang, country, m.text()
	if named {
		person(r).onto(w, m)
	}
}

func finished(r *view.Rows, e *journal.Entry, f learning.Finished) {
	named := e.Author == e.Owner
	if named && f.Audience == "tutor" {
		follow(r, e)
	}
	if named && !person(r).Learner {
		return
	}
	note(r, e, "module-finished", "", func(w *FactRow) {
		w.Subject = e.Subject
		onLearner(r, w, more{"audience": f.Audience, "kept": strconv.FormatBool(named)}, f.Language, f.Country, named)
	})
}

// kept carries over what a visit had done: it happened then, and is known now.
func kept(r *view.Rows, e *journal.Entry, k learning.Kept) {
	for _, run := range k.Runs {
		part := run.Module.String()
		started(r, e, part, run.Module, run.StartedAt, run.Language, "", true)
		if run.FinishedAt > 0 {
			note(r, e, "module-finished", part, func(w *FactRow) {
				w.Subject, w.At = run.Module, run.FinishedAt
				onLearner(r, w, more{"kept": "true"}, run.Language, "", true)
			})
		}
	}
}

// claimed ends a visit whose learner is known now: what it did counts with the person.
func claimed(r *view.Rows, _ *journal.Entry, _ learning.Claimed) {
	Facts.Each(r, func(w FactRow) { Facts.Delete(r, w) })
}
