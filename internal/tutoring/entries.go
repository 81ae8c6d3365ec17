package tutoring

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen in tutoring. A group's and a session's story is a thing's; what is done for somebody
// stands in that person's own, sealed.
var (
	KindOpened    = journal.NewKind[Opened]("tutoring.group.opened", journal.OfThing)
	KindHeld      = journal.NewKind[Held]("tutoring.session.held", journal.OfThing)
	KindSigned    = journal.NewKind[Signed]("tutoring.attendance.signed", journal.OfPerson)
	KindNudged    = journal.NewKind[Nudged]("tutoring.nudge.sent", journal.OfPerson)
	KindPIN       = journal.NewKind[Handed]("tutoring.pin.reset", journal.OfPerson)
	KindCard      = journal.NewKind[Handed]("tutoring.card.printed", journal.OfPerson)
	KindCertified = journal.NewKind[Certified]("tutoring.certificate.issued", journal.OfPerson)
)

// Opened begins a group.
type Opened struct {
	Name         string `json:"name"`
	Organisation id.ID  `json:"organisation,omitzero"`
	Place        string `json:"place,omitempty"`
}

// Held is a dated meeting: a trial of modules, a training of tutors, or an event.
type Held struct {
	Kind         string  `json:"kind"` // trial, training, event
	Day          string  `json:"day"`  // yyyy-mm-dd
	Title        string  `json:"title"`
	Place        string  `json:"place,omitempty"`
	Organisation id.ID   `json:"organisation,omitzero"`
	Hours        float64 `json:"hours"`
	Mode         string  `json:"mode,omitempty"`         // on-site, remote, both
	Path         string  `json:"path,omitempty"`         // of a training: the path's id
	Event        string  `json:"event,omitempty"`        // of an event: multiplier, training, partners
	Participants int64   `json:"participants,omitempty"` // of an event: how many came
	Outside      int64   `json:"outside,omitempty"`      // of an event: how many of them signed from outside the partnership
}

// Signed is one half-day of a session, signed by whoever was there. What the session was is repeated
// here, so that a person's story can be read alone.
type Signed struct {
	Half         int64  `json:"half"` // 1 or 2
	Kind         string `json:"kind"`
	Organisation id.ID  `json:"organisation,omitzero"`
	Path         string `json:"path,omitempty"`
}

// Nudged says that somebody asked how a person is; what was written is theirs alone.
type Nudged struct {
	Channel string `json:"channel"` // whatsapp, sms, mail, talk
}

// Handed says that a PIN or a card was handed over; neither is in the entry.
type Handed struct{}

// Certified is a certificate of attendance of a path.
type Certified struct {
	Path     string  `json:"path"`
	Number   string  `json:"number"`
	Hours    float64 `json:"hours"`
	HalfDays int64   `json:"half_days"`
}
