// Package learning is the open library: modules in versions, the player, remarks, and what learners
// have done. It knows people, and what platforms tell of them; it does not know who accompanies them, nor which figures are drawn.
package learning

import (
	"context"
	"slices"
	"strings"

	"tremplin/internal/core/access"
	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/memo"
	"tremplin/internal/learning/content"
	"tremplin/internal/people"
)

// Service does what people ask of the library.
type Service struct {
	J        *journal.Journal
	Blobs    *blob.Store
	People   *people.Service
	packages memo.Of[blob.Hash, *content.Module]
	staged   memo.Of[stagedName, blob.Hash]
	stage    memo.Of[blob.Hash, *content.Package]
}

// Learner is whoever learns: a person, or an anonymous visit of a device.
type Learner struct {
	ID     id.ID
	Person bool
}

// Of finds who learns: the person signed in, else the visit. The zero Learner has not begun.
func Of(a access.Actor, visit id.ID) Learner {
	if a.SignedIn() {
		return Learner{a.Person, true}
	}
	return Learner{visit, false}
}

// draft is an entry of a learner's story: sealed for a person, readable for a visit.
func (l Learner) draft(d journal.Draft) journal.Draft {
	d.Sealed = l.Person
	return d
}

// ModuleID is the id of a programme's module, from its slug.
func ModuleID(programme id.ID, slug string) id.ID {
	return id.Derive(programme[:], []byte("module"), []byte(slug))
}

// Answer is what a learner did with one screen.
type Answer struct {
	Module   Module
	At       int // the screen's place, from 1
	Given    []string
	Language string
	Country  string
	Room     string // the code of the session that the device follows; empty: none
}

// Answer judges an answer, records it and says whether it is right. A screen without an activity is
// always right. The last screen done finishes the module.
func (s *Service) Answer(ctx context.Context, a journal.Act, l Learner, w Answer) (content.Verdict, error) {
	text := w.Module.Text(w.Language)
	if w.At < 1 || w.At > len(text.Screens) {
		return content.Verdict{}, fault.New(fault.NotFound, "")
	}
	screen := text.Screens[w.At-1]
	verdict, kind := content.Verdict{Right: true}, ""
	if screen.Activity != nil {
		verdict, kind = screen.Activity.Judge(w.Given), string(screen.Activity.Kind)
	}
	passed := verdict.Right || verdict.Skipped // nobody must write down what they think
	said := Answered{
		Number: w.Module.Number, Screen: screen.ID, At: int64(w.At), Of: int64(len(text.Screens)), Right: passed,
		Activity: kind, Language: text.Lang, Country: w.Country, Room: room(w.Room),
	}
	if p, ok := content.ReadPoints(strings.Join(w.Given, "")); ok && kind == string(content.Packaged) {
		said.Points, said.Most = p.Got, p.Most
	}
	same := journal.Same(l.ID, w.Module.Owner, said.Screen, said.Right, said.Points) // sent again, it may come in another language, or after a new version
	a.ID, a.Author = id.Derive(a.ID[:], same[:]), l.author()                         // another answer to the same page, after going back, is another act
	return verdict, s.J.Do(ctx, a, same, func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		return s.answered(ctx, q, a, l, w.Module, said)
	})
}

func (l Learner) author() id.ID {
	if l.Person {
		return l.ID
	}
	return id.ID{}
}

func (s *Service) answered(ctx context.Context, q db.Queryer, a journal.Act, l Learner, m Module, said Answered) ([]journal.Draft, []job.Job, error) {
	run, err := runOf(ctx, q, a.Programme, l.ID, m.Owner)
	if err != nil {
		return nil, nil, err
	}
	at := a.At
	if at.IsZero() {
		at = s.J.Now()
	}
	said.Took = took(run, at)
	drafts := []journal.Draft{l.draft(KindAnswered.Draft(l.ID, m.Owner, said))}
	if !said.Right || run.FinishedAt > 0 {
		return drafts, nil, nil
	}
	done, err := doneScreens(ctx, q, a.Programme, l.ID, m.Owner)
	if err != nil {
		return nil, nil, err
	}
	if finishes(done, said) {
		f := Finished{Number: said.Number, Language: said.Language, Country: said.Country, Audience: m.Audience}
		drafts = append(drafts, l.draft(KindFinished.Draft(l.ID, m.Owner, f)))
	}
	return drafts, nil, nil
}

// Keep turns an anonymous visit into a person's progress, in the act that enters the person.
func (s *Service) Keep(ctx context.Context, a journal.Act, visit id.ID, n people.Newcomer) error {
	runs, err := s.keptRuns(ctx, a.Programme, visit)
	if err != nil {
		return err
	}
	drafts := n.Drafts(a.Programme)
	if len(runs) > 0 {
		drafts = append(drafts, KindKept.Draft(n.ID, n.ID, Kept{Visit: visit, Runs: runs}))
	}
	for i := range drafts {
		drafts[i].Author = n.ID
	}
	if a.Author = (id.ID{}); len(runs) > 0 { // without an author: a visit never says, in readable words, whose it was
		drafts = append(drafts, KindClaimed.Draft(visit, visit, Claimed{}))
	}
	return s.J.Do(ctx, a, journal.Same(n.ID, n.Said.First, visit), journal.Known(drafts...))
}

// Remark records what somebody thinks of a screen or a module. Nobody is named, whoever is signed in.
func (s *Service) Remark(ctx context.Context, a journal.Act, m Module, r Remarked) error {
	if err := checkRemark(m, r); err != nil {
		return err
	}
	r.Number, a.Author = m.Number, id.ID{}
	return s.J.Do(ctx, a, journal.Same(m.Owner, r), journal.Known(KindRemarked.Draft(m.Owner, m.Owner, r)))
}

// Decide records what becomes of a remark.
func (s *Service) Decide(ctx context.Context, a journal.Act, module id.ID, d Decided) error {
	if !d.Change && d.Because == "" {
		return fault.Fields(fault.Field{Name: "because", Key: "learning.because.missing"})
	}
	return s.J.Do(ctx, a, journal.Same(module, d), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		_, err := Remarks.Find(ctx, q, a.Programme, "and owner=$2 and entry=$3", module, d.Remark)
		return []journal.Draft{KindDecided.Draft(module, d.Remark, d)}, nil, err
	})
}

// Retire takes a module out of the library.
func (s *Service) Retire(ctx context.Context, a journal.Act, module id.ID, why string) error {
	if why == "" {
		return fault.Fields(fault.Field{Name: "why", Key: "author.why.missing"})
	}
	return s.J.Do(ctx, a, journal.Same(module, why), journal.Known(KindRetired.Draft(module, module, Retired{why})))
}

// Reread records that somebody has read a module again as it stands, and it still holds.
func (s *Service) Reread(ctx context.Context, a journal.Act, m Module) error {
	return s.J.Do(ctx, a, journal.Same(m.Owner, m.Number), journal.Known(KindReread.Draft(m.Owner, m.Owner, Reread{m.Number})))
}

// languages of a map of texts, in order.
func languages[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for l := range m {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}
