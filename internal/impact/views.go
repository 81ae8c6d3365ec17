package impact

import (
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// FactRow is one thing that can count. An entry may hold several: Part tells them apart.
type FactRow struct {
	Owner                     id.ID
	Entry                     id.ID  `view:"key"`
	Fact                      string `view:"key"`
	Part                      string `view:"key"`
	Subject                   id.ID
	Person                    bool // the owner is a person, not a thing or a visit without a name
	At, Recorded              int64
	Organisation              id.ID // a partner, or a group of one
	Country, Lang, Attributes string
}

// PersonRow is what facts about a person carry: what was known of them at that time.
type PersonRow struct {
	Owner                 id.ID
	Learner               bool
	Gender, BirthDate     string
	BirthYear             int64
	Country, Lang         string
	Organisation          id.ID
	Entered               bool // what follows, gender and birth are fixed
	Employment, Education string
	Followed              string // paths, " tutor "
	HalfDays              int64  // signed, of training
	Certificates          string // paths, " tutor "
}

// BegunRow says that a learner's start of a module is counted, so that it is counted once.
type BegunRow struct {
	Owner  id.ID
	Module id.ID `view:"key"`
}

// TrialRow is what a person signed of one session.
type TrialRow struct {
	Owner   id.ID
	Session id.ID `view:"key"`
	Halves  int64
}

// ModuleRow is what facts about a module carry.
type ModuleRow struct {
	Owner        id.ID
	Organisation id.ID
	Answered     string // remarks that a published version answers, by id, with spaces
	Slug         string
}

// RemarkRow is what facts about a remark carry.
type RemarkRow struct {
	Owner              id.ID
	Entry              id.ID `view:"key"`
	Screen, Lang, Said string
}

// FindingRow is what facts about a finding carry.
type FindingRow struct {
	Owner  id.ID
	Entry  id.ID `view:"key"`
	Screen string
	Trials int64 // on which it rests
}

// SessionRow is what facts about a trial carry: the module, and its version when it began.
type SessionRow struct {
	Owner  id.ID
	Module string
	Number int64
}

// GroupRow tells to which partner a group belongs; its owner is the group.
type GroupRow struct {
	Owner        id.ID
	Organisation id.ID
}

// FilingRow is a report frozen or a deliverable handed in.
type FilingRow struct {
	Owner                         id.ID
	Deliverable, CutOff, Document string
	Until, Known, At              int64
	Author                        id.ID
}

// SampleRow is a sample drawn.
type SampleRow struct {
	Owner                 id.ID
	Indicator, Seed       string
	Version, Until, Known int64
	Report                id.ID
	Lines, Population, At int64
	Author                id.ID
}

// LineRow is one line of a sample with the last word on it.
type LineRow struct {
	Owner                                                id.ID
	Number                                               int64 `view:"key"`
	Entry                                                id.ID
	Fact, Unit, Indicator, Organisation, Status, Because string
	Story                                                id.ID // whose the fact is
	Person                                               bool
	At, JudgedAt                                         int64
}

// WordRow is one word about a line: the history of how it was judged.
type WordRow struct {
	Owner           id.ID
	Entry           id.ID `view:"key"`
	Line, At        int64
	Status, Because string
	Author          id.ID
}

// The tables.
var (
	Facts    = view.New("impact_fact", view.Index[FactRow]("fact", "at"))
	Persons  = view.New[PersonRow]("impact_person")
	Begun    = view.New[BegunRow]("impact_begun")
	Trials   = view.New[TrialRow]("impact_trial")
	Modules  = view.New[ModuleRow]("impact_module")
	Remarks  = view.New[RemarkRow]("impact_remark")
	Findings = view.New[FindingRow]("impact_finding")
	Sessions = view.New[SessionRow]("impact_session")
	Groups   = view.New[GroupRow]("impact_group")
	Filings  = view.New("impact_filing", view.Index[FilingRow]("at"))
	Samples  = view.New("impact_sample", view.Index[SampleRow]("at"))
	Lines    = view.New("impact_line", view.Index[LineRow]("status", "indicator"))
	Words    = view.New[WordRow]("impact_word")
	tables   = []*view.Table{Facts.Table, Persons.Table, Begun.Table, Trials.Table, Modules.Table, Remarks.Table, Findings.Table, Sessions.Table, Groups.Table, Filings.Table, Samples.Table, Lines.Table, Words.Table}
	learnt   = []journal.Rule{
		journal.On(learning.KindPublished, published), journal.On(learning.KindRemarked, remarked), journal.On(learning.KindDecided, decided),
		journal.On(learning.KindAnswered, answered), journal.On(learning.KindFinished, finished), journal.On(learning.KindKept, kept),
		journal.On(learning.KindClaimed, claimed), journal.On(learning.KindFindingWritten, findingWritten), journal.On(learning.KindFindingDecided, findingDecided),
	}
	lived = []journal.Rule{
		journal.On(people.KindDescribed, described), journal.On(people.KindRoleGiven, roleGiven), journal.On(people.KindRoleTaken, roleTaken),
		journal.On(KindEntered, entered), journal.On(KindLeft, left),
	}
	tutored = []journal.Rule{
		journal.On(tutoring.KindOpened, opened), journal.On(tutoring.KindHeld, held), journal.On(tutoring.KindSigned, signed),
		journal.On(tutoring.KindMarked, marked), journal.On(tutoring.KindPlanned, planned), journal.On(tutoring.KindStarted, begun),
		journal.On(tutoring.KindCertified, certified),
	}
	filed = []journal.Rule{
		journal.On(KindFrozen, frozen), journal.On(KindHanded, handed), journal.On(KindDrawn, drawn), journal.On(KindJudged, judged),
	}
)

// View folds what can be counted, and what became of it.
var View = &journal.View{Name: "impact", Version: 4, Tables: tables, Rules: rules(learnt, lived, tutored, filed)}

func rules(lists ...[]journal.Rule) (out []journal.Rule) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}
