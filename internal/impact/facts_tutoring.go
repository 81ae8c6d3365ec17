package impact

import (
	"encoding/json"
	"strconv"
	"strings"

	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/tutoring"
)

func opened(r *view.Rows, _ *journal.Entry, g tutoring.Opened) {
	Groups.Edit(r, GroupRow{}, func(w *GroupRow) { w.Organisation = g.Organisation })
}

func planned(r *view.Rows, _ *journal.Entry, p tutoring.Planned) {
	Sessions.Edit(r, SessionRow{}, func(w *SessionRow) { w.Module = p.Module })
}

func begun(r *view.Rows, _ *journal.Entry, b tutoring.Started) {
	Sessions.Edit(r, SessionRow{}, func(w *SessionRow) { w.Number = b.Number })
}

// tried are what facts about a trial say of its module; nothing where it had none.
func tried(module string, number int64) more {
	m := more{"module": module}
	if number > 0 {
		m["version"] = strconv.FormatInt(number, 10)
	}
	return m
}

// held notes a trial and an event; of trainings, those who signed are what counts.
func held(r *view.Rows, e *journal.Entry, h tutoring.Held) {
	if h.Kind == "trial" {
		of, _ := Sessions.Get(r, SessionRow{})
		note(r, e, "trial-held", "", func(w *FactRow) {
			m := tried(of.Module, of.Number)
			m["mode"] = h.Mode
			w.Subject, w.Organisation, w.Attributes = e.Owner, h.Organisation, m.text()
		})
	}
	if h.Kind != "event" {
		return
	}
	note(r, e, "event-held", "", func(w *FactRow) {
		w.Subject, w.Organisation = e.Owner, h.Organisation
		w.Attributes = more{
			"event": h.Event, "participants": strconv.FormatInt(h.Participants, 10), "signed_from_outside": strconv.FormatInt(h.Outside, 10),
		}.text()
	})
}

// signed notes each half-day as what was signed by then: an indicator takes the one that is enough.
func signed(r *view.Rows, e *journal.Entry, s tutoring.Signed) {
	if s.Kind == "training" {
		trained(r, e, s)
		return
	}
	if s.Kind != "trial" {
		return
	}
	t := TrialRow{Session: e.Subject}
	Trials.Edit(r, t, func(w *TrialRow) { w.Halves |= s.Half })
	t, _ = Trials.Get(r, t)
	note(r, e, "trial-attended", "", func(w *FactRow) {
		w.Subject, w.Organisation = e.Subject, s.Organisation
		m := tried(s.Module, s.Number)
		m["signed"], m["half_days_signed"] = "true", strconv.FormatInt(t.Halves&1+t.Halves>>1&1, 10)
		person(r).onto(w, m)
	})
}

// marked follows a roll: a half-day counts once both have signed, and no more where a correction says that
// the person was not there.
func marked(r *view.Rows, e *journal.Entry, m tutoring.Marked) {
	was, _ := Trials.Get(r, TrialRow{Session: e.Subject})
	switch counted := was.Halves&m.Half != 0; {
	case m.Signed && !counted:
		signed(r, e, tutoring.Signed{Half: m.Half, Kind: m.Kind, Organisation: m.Organisation, Path: m.Path, Module: m.Module, Number: m.Number})
	case !m.Signed && counted:
		uncounted(r, e, m)
	}
}

// uncounted takes a half-day back: what was noted because of it goes, and what remains is noted anew.
func uncounted(r *view.Rows, e *journal.Entry, m tutoring.Marked) {
	t, _ := Trials.Get(r, TrialRow{Session: e.Subject})
	Trials.Edit(r, t, func(w *TrialRow) { w.Halves &^= m.Half })
	if m.Kind == "training" {
		Persons.Edit(r, PersonRow{}, func(p *PersonRow) { p.HalfDays-- })
	}
	most := person(r).HalfDays
	Facts.Each(r, func(w FactRow) {
		if w.Fact == "trial-attended" && w.Subject == e.Subject || w.Fact == "tutor-trained" && halves(w) > most {
			Facts.Delete(r, w)
		}
	})
	switch left := t.Halves &^ m.Half; {
	case m.Kind == "training":
		training(r, e, orTutor(m.Path))
	case left != 0:
		signed(r, e, tutoring.Signed{Half: left, Kind: m.Kind, Organisation: m.Organisation, Module: m.Module, Number: m.Number})
	}
}

// halves is how many half-days a fact says that somebody had signed by then.
func halves(w FactRow) int64 {
	var m more
	if json.Unmarshal([]byte(w.Attributes), &m) != nil {
		return 0
	}
	n, _ := strconv.ParseInt(m["half_days_signed"], 10, 64) // empty: none
	return n
}

// trained adds a half-day of a training. Each session and half counts once, however often it is signed.
func trained(r *view.Rows, e *journal.Entry, s tutoring.Signed) {
	t := TrialRow{Session: e.Subject}
	before, _ := Trials.Get(r, t)
	if before.Halves&s.Half != 0 {
		return
	}
	Trials.Edit(r, t, func(w *TrialRow) { w.Halves |= s.Half })
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		p.HalfDays++
		if p.Organisation.IsZero() {
			p.Organisation = s.Organisation
		}
	})
	training(r, e, orTutor(s.Path))
}

// follow notes that the tutors' path was learnt to its end.
func follow(r *view.Rows, e *journal.Entry) {
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) { p.Followed = with(p.Followed, tutorPath) })
	training(r, e, tutorPath)
}

func certified(r *view.Rows, e *journal.Entry, c tutoring.Certified) {
	path := orTutor(c.Path)
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		p.Certificates, p.Followed = with(p.Certificates, path), with(p.Followed, path)
	})
	training(r, e, path)
}

// training notes how far somebody is with a path, once it was followed: each step is a fact, and an
// indicator takes the first that is enough.
func training(r *view.Rows, e *journal.Entry, path string) {
	p := person(r)
	if !has(p.Followed, path) {
		return
	}
	note(r, e, "tutor-trained", path, func(w *FactRow) {
		w.Subject = e.Subject
		p.onto(w, more{
			"path": path, "half_days_signed": strconv.FormatInt(p.HalfDays, 10), "certificate": strconv.FormatBool(has(p.Certificates, path)),
		})
	})
}

// tutorPath is the path whose modules have the audience "tutor".
const tutorPath = "tutor"

func orTutor(path string) string {
	if path == "" {
		return tutorPath
	}
	return path
}

func has(list, v string) bool { return strings.Contains(list, " "+v+" ") }

func with(list, v string) string {
	if has(list, v) {
		return list
	}
	return strings.TrimRight(list, " ") + " " + v + " "
}
