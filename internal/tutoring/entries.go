package tutoring

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen in tutoring. A group's and a session's story is a thing's; what is done for somebody
// stands in that person's own, sealed.
var (
	KindOpened    = journal.NewKind[Opened]("tutoring.group.opened", journal.OfThing)
	KindPlanned   = journal.NewKind[Planned]("tutoring.session.planned", journal.OfThing)
	KindStarted   = journal.NewKind[Started]("tutoring.session.started", journal.OfThing)
	KindOff       = journal.NewKind[Off]("tutoring.session.called-off", journal.OfThing)
	KindPaper     = journal.NewKind[Paper]("tutoring.paper.kept", journal.OfThing)
	KindHeld      = journal.NewKind[Held]("tutoring.session.held", journal.OfThing)
	KindSigned    = journal.NewKind[Signed]("tutoring.attendance.signed", journal.OfPerson)
	KindMarked    = journal.NewKind[Marked]("tutoring.attendance.marked", journal.OfPerson)
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

// Planned is a session to come. Of several plans the last one counts.
type Planned struct {
	Kind         string   `json:"kind"` // trial, training, event
	Title        string   `json:"title"`
	Day          string   `json:"day"`    // yyyy-mm-dd, where it is held
	Starts       string   `json:"starts"` // hh:mm there
	Zone         string   `json:"zone"`   // of that place: Europe/Paris
	Halves       int64    `json:"halves"` // half-days: 1 or 2
	Hours        float64  `json:"hours"`
	Mode         string   `json:"mode"` // on-site, remote, both
	Place        string   `json:"place,omitempty"`
	Link         string   `json:"link,omitempty"` // https: where those at a distance meet
	Organisation id.ID    `json:"organisation,omitzero"`
	Group        id.ID    `json:"group,omitzero"`     // whose people are expected
	Also         []id.ID  `json:"also,omitempty"`     // and those of these groups
	Partners     []id.ID  `json:"partners,omitempty"` // of a training: organisations whose tutors are expected
	Tutors       []id.ID  `json:"tutors,omitempty"`   // and tutors by themselves
	Languages    []string `json:"languages,omitempty"`
	Module       string   `json:"module,omitempty"` // what is learnt: its slug
	Path         string   `json:"path,omitempty"`   // of a training
}

// Started says that a session begins now.
type Started struct {
	Number int64 `json:"number,omitempty"` // the version of its module that stands then
}

// Off says that a session will not be held.
type Off struct {
	Why string `json:"why"`
}

// Paper is what signs a half-day for more than one: the sheet that was signed with a pen, photographed, or what
// whoever held the session drew. The picture is sealed: it names people.
type Paper struct {
	Half     int64  `json:"half"`
	Document string `json:"document"`        // SHA-256 of the sealed picture
	Drawn    bool   `json:"drawn,omitempty"` // by whoever held the session
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
	Module       string `json:"module,omitempty"` // what was learnt: its slug
	Number       int64  `json:"number,omitempty"` // its version
}

// Marked is what is known of somebody's half-day in a session. A correction is one more; the last one counts.
type Marked struct {
	Half     int64  `json:"half"` // 1 or 2
	State    string `json:"state"`
	How      string `json:"how"`                // on what it rests: see Ways
	Own      bool   `json:"own,omitempty"`      // the person signs by this
	Sealed   bool   `json:"sealed,omitempty"`   // whoever held the session signs by this
	Signed   bool   `json:"signed"`             // was there, and by now both have signed
	Document string `json:"document,omitempty"` // SHA-256 of the signature drawn, or of the sheet photographed
	Differs  string `json:"differs,omitempty"`  // the state that another device said at the same time
	// What the session was, so that a person's story can be read alone.
	Kind         string `json:"kind"`
	Organisation id.ID  `json:"organisation,omitzero"`
	Path         string `json:"path,omitempty"`
	Module       string `json:"module,omitempty"` // what was learnt: its slug
	Number       int64  `json:"number,omitempty"` // its version
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
