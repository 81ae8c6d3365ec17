package tutoring

import (
	"cmp"
	"crypto/sha256"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

// States of a session.
const (
	ToCome  = "planned"
	Running = "running"
	Over    = "held"
	Dropped = "off"
)

// code is what one types to join a session: six signs, made of its id.
func code(session id.ID) string {
	h := sha256.Sum256(append([]byte("session code"), session[:]...))
	return crockford.EncodeToString(h[:])[:6]
}

func planned(r *view.Rows, e *journal.Entry, p Planned) {
	Sessions.Edit(r, SessionRow{}, func(w *SessionRow) {
		w.Kind, w.HeldOn, w.Title, w.Place, w.Mode, w.Path, w.Organisation = p.Kind, p.Day, p.Title, p.Place, p.Mode, p.Path, p.Organisation
		w.Starts, w.Zone, w.Link, w.Halves, w.InGroup, w.Module = p.Starts, p.Zone, p.Link, p.Halves, p.Group, p.Module
		w.Also, w.Partners, w.Tutors = joined(p.Also), joined(p.Partners), joined(p.Tutors)
		w.Languages, w.Code, w.Author = strings.Join(p.Languages, " "), code(e.Owner), e.Author
		if w.State == "" || w.State == Dropped {
			w.State = ToCome
		}
		if w.State != Over { // what was held lasted as long as it did
			w.Hours = p.Hours
		}
	})
}

func started(r *view.Rows, e *journal.Entry, b Started) {
	Sessions.Edit(r, SessionRow{}, func(w *SessionRow) {
		if w.State != Over {
			w.State, w.StartedAt = Running, e.At
			w.Number = cmp.Or(b.Number, w.Number)
		}
	})
}

func calledOff(r *view.Rows, _ *journal.Entry, o Off) {
	Sessions.Edit(r, SessionRow{}, func(w *SessionRow) {
		if w.State == ToCome {
			w.State, w.Why = Dropped, o.Why
		}
	})
}

// ended is the end of a session; of several the last one says how long it was.
func ended(r *view.Rows, e *journal.Entry, h Held) {
	Sessions.Edit(r, SessionRow{}, func(w *SessionRow) {
		w.Kind, w.HeldOn, w.Title, w.Place, w.Mode, w.Path, w.Event = h.Kind, h.Day, h.Title, h.Place, h.Mode, h.Path, h.Event
		w.Organisation, w.Hours, w.Participants, w.Outside = h.Organisation, h.Hours, h.Participants, h.Outside
		w.State, w.EndedAt, w.Code = Over, e.At, code(e.Owner)
		if w.Author.IsZero() {
			w.Author = e.Author
		}
	})
}

// signed is a half-day as an import or a paper has it: there, and signed by both.
func signed(r *view.Rows, e *journal.Entry, s Signed) {
	Attendances.Edit(r, AttendanceRow{Session: e.Subject, Half: s.Half}, func(w *AttendanceRow) {
		w.Kind, w.Path, w.Organisation, w.At, w.Entry = s.Kind, s.Path, s.Organisation, e.At, e.ID
		w.State, w.How, w.OwnAt, w.SealedAt, w.There, w.Signed = Present, ByPaper, e.At, e.At, true, true
	})
}

func marked(r *view.Rows, e *journal.Entry, m Marked) {
	Attendances.Edit(r, AttendanceRow{Session: e.Subject, Half: m.Half}, func(w *AttendanceRow) {
		w.Kind, w.Path, w.Organisation, w.Entry = m.Kind, m.Path, m.Organisation, e.ID
		w.State, w.Differs, w.There, w.Signed = m.State, m.Differs, IsThere(m.State), m.Signed
		if w.At == 0 {
			w.At = e.At
		}
		if m.Own || w.How == "" || !w.There {
			w.How = m.How
		}
		if m.Document != "" {
			w.Document = m.Document
		}
		if !w.There { // who was not there has signed nothing
			w.OwnAt, w.SealedAt, w.Document = 0, 0, ""
		}
		if m.Own && w.There {
			w.OwnAt = e.At
		}
		if m.Sealed && w.There {
			w.SealedAt = e.At
		}
	})
}
