package learning

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

// What can happen in learning. A module's story is a thing's; a learner's is sealed if the learner is
// a person, and readable if it is a visit: a random number on a device, of which nothing else is known.
var (
	KindPublished = journal.NewKind[Published]("learning.module.published", journal.OfThing)
	KindRetired   = journal.NewKind[Retired]("learning.module.retired", journal.OfThing)
	KindSubmitted = journal.NewKind[Submitted]("learning.module.submitted", journal.OfThing)
	KindReread    = journal.NewKind[Reread]("learning.module.reread", journal.OfThing)
	KindReturned  = journal.NewKind[Returned]("learning.module.returned", journal.OfThing)
	KindRemarked  = journal.NewKind[Remarked]("learning.remark.made", journal.OfThing)
	KindDecided   = journal.NewKind[Decided]("learning.remark.decided", journal.OfThing)
	KindAnswered  = journal.NewKind[Answered]("learning.screen.answered", journal.OfPerson)
	KindFinished  = journal.NewKind[Finished]("learning.module.finished", journal.OfPerson)
	KindKept      = journal.NewKind[Kept]("learning.progress.kept", journal.OfPerson)
	KindClaimed   = journal.NewKind[Claimed]("learning.visit.claimed", journal.OfThing)
)

// Published is one immutable version of a module.
type Published struct {
	Slug      string           `json:"slug"`
	Number    int64            `json:"number"`  // 1, 2, 3 … within the module
	Package   string           `json:"package"` // the document: SHA-256 of the ZIP
	Source    string           `json:"source"`
	Needs     []string         `json:"needs,omitempty"`
	Sector    string           `json:"sector,omitempty"`
	Level     string           `json:"level"`
	Minutes   int64            `json:"minutes"`
	Countries []string         `json:"countries,omitempty"`
	Audience  string           `json:"audience"`
	Cover     string           `json:"cover,omitempty"` // path of the first picture
	Screens   int64            `json:"screens"`
	Titles    map[string]Title `json:"titles"`             // by language
	Note      string           `json:"note,omitempty"`     // what changed, in the author's words
	Remarks   []id.ID          `json:"remarks,omitempty"`  // that this version answers
	Findings  []id.ID          `json:"findings,omitempty"` // that this version answers
	From      id.ID            `json:"from,omitzero"`      // the programme from which it was adopted
	Of        int64            `json:"of,omitempty"`       // the version there
	Wrote     id.ID            `json:"wrote,omitzero"`     // who submitted it; the entry's author published it
	Alone     bool             `json:"alone,omitempty"`    // published by its writer: there was nobody else to read it
	// Organisation is the partner whose work it is; zero in a later version: as before.
	Organisation id.ID `json:"organisation,omitzero"`
}

// Title is a module's face in one language.
type Title struct {
	Title   string   `json:"title"`
	Summary string   `json:"summary"`
	Stale   []string `json:"stale,omitempty"` // screens whose source changed since they were translated
	// From is the state of the source that each screen was translated from: content.Text.Hashes, by screen.
	From map[string]string `json:"from,omitempty"`
}

// Submitted asks a colleague to read a draft before it is published.
type Submitted struct {
	Draft string `json:"draft"` // fingerprint of the draft: what is changed later was not read
	Note  string `json:"note,omitempty"`
}

// Reread says that somebody who knows the field has read a version again, and it still holds.
type Reread struct {
	Number int64 `json:"number"`
}

// Returned gives a submitted draft back to whoever wrote it.
type Returned struct {
	Why string `json:"why"`
}

// Retired takes a module out of the library; those who have begun it may finish.
type Retired struct {
	Why string `json:"why,omitempty"`
}

// Remarked is what somebody said of a screen, or of the module as a whole.
type Remarked struct {
	Number   int64  `json:"number"`
	Screen   string `json:"screen,omitempty"`
	Language string `json:"language"`
	Face     int64  `json:"face,omitempty"` // 1 sad, 2 so-so, 3 glad; 0: words only
	Text     string `json:"text,omitempty"`
}

// Decided is what became of a remark: changed, or kept because.
type Decided struct {
	Remark  id.ID  `json:"remark"`
	Change  bool   `json:"change"`
	Because string `json:"because,omitempty"`
}

// Answered is one screen left by "next", with or without an activity on it.
type Answered struct {
	Number   int64  `json:"number"` // the module's version
	Screen   string `json:"screen"`
	At       int64  `json:"at"` // its place, from 1
	Of       int64  `json:"of"`
	Right    bool   `json:"right"`
	Activity string `json:"activity,omitempty"`
	Language string `json:"language"`
	Country  string `json:"country,omitempty"`
	Room     string `json:"room,omitempty"` // the code of the session in which it was done
	Took     int64  `json:"took,omitempty"` // seconds since the screen before; 0: not known
	Points   int64  `json:"points,omitempty"`
	Most     int64  `json:"most,omitempty"` // points that there are; 0: the screen gives none
}

// Finished says that every screen of a module is done.
type Finished struct {
	Number   int64  `json:"number"`
	Language string `json:"language"`
	Country  string `json:"country,omitempty"`
	Audience string `json:"audience,omitempty"`
}

// Kept carries over what an anonymous visit had done, when its learner chose to keep it.
type Kept struct {
	Visit id.ID     `json:"visit"`
	Runs  []KeptRun `json:"runs"`
}

// KeptRun is one module of a kept visit.
type KeptRun struct {
	Module     id.ID    `json:"module"`
	Number     int64    `json:"number"`
	Done       []string `json:"done"`
	Last       string   `json:"last"`
	LastAt     int64    `json:"last_at"`
	Of         int64    `json:"of"`
	StartedAt  int64    `json:"started_at"`
	FinishedAt int64    `json:"finished_at,omitempty"`
	Language   string   `json:"language"`
	Room       string   `json:"room,omitempty"`  // the code of the session in which it was last learnt
	Ended      bool     `json:"ended,omitempty"` // the last screen was done in that session
}

// Claimed ends an anonymous visit whose learner is now known: its runs count with the person.
type Claimed struct{}
