package tutoring

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/text"
	"tremplin/internal/core/view"
)

// GroupRow is a group; its owner is the group.
type GroupRow struct {
	Owner               id.ID
	Name, Folded, Place string
	Organisation        id.ID
	OpenedAt            int64
}

// SessionRow is a session; its owner is the session.
type SessionRow struct {
	Owner                      id.ID
	Kind, HeldOn, Title, Place string
	Mode, Path, Event          string
	Organisation               id.ID
	Hours                      float64
	Participants, Outside      int64
	State                      string // planned, running, held, off
	Starts, Zone, Link, Code   string
	Halves                     int64
	InGroup                    id.ID  // whose people are expected
	Number                     int64  // the version of its module that stood when it began
	Also, Partners, Tutors     string // ids by spaces: further groups; of a training, whose tutors are expected, and which
	Languages, Module, Why     string // languages by spaces
	StartedAt, EndedAt         int64
	Author                     id.ID // who planned or held it
}

// AttendanceRow is what is known of somebody's half-day.
type AttendanceRow struct {
	Owner                         id.ID
	Session                       id.ID `view:"key"`
	Half                          int64 `view:"key"`
	Kind, Path                    string
	Organisation                  id.ID
	At                            int64 // of the first mark
	Entry                         id.ID // the last mark
	State, How, Document, Differs string
	OwnAt, SealedAt               int64 // when the person signed, and whoever held the session
	There, Signed                 bool  // was there; and both have signed
}

// PaperRow is a sheet photographed, or the signature that its author drew who held the session, which owns it.
type PaperRow struct {
	Owner    id.ID
	Entry    id.ID `view:"key"`
	Half, At int64
	Document string
	Drawn    bool
	Author   id.ID
}

// NudgeRow is one time that somebody asked how a person is.
type NudgeRow struct {
	Owner   id.ID
	Entry   id.ID `view:"key"`
	Channel string
	Author  id.ID
	At      int64
}

// HandedRow says when a card or a PIN was last handed over; What is card or pin.
type HandedRow struct {
	Owner id.ID
	What  string `view:"key"`
	At    int64
}

// CertificateRow is a certificate of attendance, the first one issued for a path.
type CertificateRow struct {
	Owner    id.ID
	Path     string `view:"key"`
	Number   string
	Hours    float64
	HalfDays int64
	At       int64
}

// The tables.
var (
	Groups       = view.New("tutoring_group", view.Index[GroupRow]("folded", "owner"), view.Index[GroupRow]("opened_at", "owner"))
	Sessions     = view.New("tutoring_session", view.Index[SessionRow]("held_on"), view.Index[SessionRow]("code"), view.Index[SessionRow]("module"))
	Attendances  = view.New("tutoring_attendance", view.Index[AttendanceRow]("session"))
	Papers       = view.New[PaperRow]("tutoring_paper")
	Nudges       = view.New[NudgeRow]("tutoring_nudge")
	HandedOver   = view.New[HandedRow]("tutoring_handed")
	Certificates = view.New("tutoring_certificate", view.Index[CertificateRow]("number"))
)

// View folds what happens in tutoring.
var View = &journal.View{
	Name: "tutoring", Version: 6,
	Tables: []*view.Table{Groups.Table, Sessions.Table, Attendances.Table, Papers.Table, Nudges.Table, HandedOver.Table, Certificates.Table},
	Rules: []journal.Rule{
		journal.On(KindOpened, func(r *view.Rows, e *journal.Entry, g Opened) {
			Groups.Edit(r, GroupRow{}, func(w *GroupRow) {
				w.Name, w.Folded, w.Place, w.Organisation, w.OpenedAt = g.Name, text.Fold(g.Name), g.Place, g.Organisation, e.At
			})
		}),
		journal.On(KindPlanned, planned),
		journal.On(KindStarted, started),
		journal.On(KindOff, calledOff),
		journal.On(KindHeld, ended),
		journal.On(KindSigned, signed),
		journal.On(KindMarked, marked),
		journal.On(KindPaper, func(r *view.Rows, e *journal.Entry, p Paper) {
			Papers.Edit(r, PaperRow{Entry: e.ID}, func(w *PaperRow) {
				w.Half, w.Document, w.Drawn, w.At, w.Author = p.Half, p.Document, p.Drawn, e.At, e.Author
			})
		}),
		journal.On(KindNudged, func(r *view.Rows, e *journal.Entry, n Nudged) {
			Nudges.Edit(r, NudgeRow{Entry: e.ID}, func(w *NudgeRow) { w.Channel, w.Author, w.At = n.Channel, e.Author, e.At })
		}),
		journal.On(KindPIN, handed("pin")),
		journal.On(KindCard, handed("card")),
		journal.On(KindCertified, certified),
	},
}

func handed(what string) func(*view.Rows, *journal.Entry, Handed) {
	return func(r *view.Rows, e *journal.Entry, _ Handed) {
		HandedOver.Edit(r, HandedRow{What: what}, func(w *HandedRow) { w.At = e.At })
	}
}

// certified keeps the first certificate of a path: its number stands on paper.
func certified(r *view.Rows, e *journal.Entry, c Certified) {
	if _, ok := Certificates.Get(r, CertificateRow{Path: c.Path}); ok {
		return
	}
	Certificates.Edit(r, CertificateRow{Path: c.Path}, func(w *CertificateRow) {
		w.Number, w.Hours, w.HalfDays, w.At = c.Number, c.Hours, c.HalfDays, e.At
	})
}
