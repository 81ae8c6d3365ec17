package impact

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen to figures. A report's and a sample's story is a thing's and names people by id only.
// The record of entry and of leaving, which ESF+ asks for, stands in the person's own story, sealed.
var (
	KindFrozen  = journal.NewKind[Frozen]("impact.report.frozen", journal.OfThing)
	KindHanded  = journal.NewKind[Handed]("impact.deliverable.handed", journal.OfThing)
	KindDrawn   = journal.NewKind[Drawn]("impact.sample.drawn", journal.OfThing)
	KindJudged  = journal.NewKind[Judged]("impact.sample.judged", journal.OfThing)
	KindEntered = journal.NewKind[Entered]("impact.record.entered", journal.OfPerson)
	KindLeft    = journal.NewKind[Left]("impact.record.left", journal.OfPerson)
)

// Frozen is a report closed at its cut-off. What it says is in the document and never changes.
type Frozen struct {
	Deliverable string `json:"deliverable,omitempty"` // of the calendar; empty: a report of its own
	CutOff      string `json:"cut_off"`               // the last day counted, yyyy-mm-dd
	Until       int64  `json:"until"`                 // the midnight that ends it, µs
	Known       int64  `json:"known"`                 // what had arrived by then is in it, µs
	Document    string `json:"document"`              // SHA-256 of the JSON
}

// Handed says that a deliverable of the calendar was handed in.
type Handed struct {
	Deliverable string `json:"deliverable"`
}

// Drawn is a sample of what a figure counts: anybody can draw it again from the seed.
type Drawn struct {
	Indicator string      `json:"indicator"`
	Version   int64       `json:"version"`
	Report    id.ID       `json:"report,omitzero"` // frozen; zero: as of the moment
	Until     int64       `json:"until"`
	Known     int64       `json:"known"`
	Of        int64       `json:"of"` // how many there were to draw from
	Seed      string      `json:"seed"`
	Lines     []DrawnLine `json:"lines"`
}

// DrawnLine is one fact of a sample, from 1.
type DrawnLine struct {
	Entry        id.ID  `json:"entry"`
	Key          string `json:"key"`
	Fact         string `json:"fact"`
	Unit         string `json:"unit"`
	Owner        id.ID  `json:"owner"`
	Person       bool   `json:"person,omitempty"`
	Organisation string `json:"organisation,omitempty"` // slug
	At           int64  `json:"at"`
}

// Judged is one word about one line of a sample.
type Judged struct {
	Line  int64  `json:"line"`
	State string `json:"state"`
	Why   string `json:"why,omitempty"`
}

// Entered is where a person stood on entering. Of several, the first is the one that counts.
type Entered struct {
	Organisation id.ID  `json:"organisation,omitzero"`
	Country      string `json:"country,omitempty"`
	Gender       string `json:"gender,omitempty"`
	BirthDate    string `json:"birth_date,omitempty"` // yyyy-mm-dd
	Employment   string `json:"employment,omitempty"`
	Education    string `json:"education,omitempty"`
}

// Left is where a person stands after leaving.
type Left struct {
	Organisation id.ID  `json:"organisation,omitzero"`
	Employment   string `json:"employment,omitempty"`
	DaysAfter    int64  `json:"days_after"` // when that was asked, after the last day
}
