package learning

import (
	"cmp"
	"strconv"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/records"
)

// ModuleRow is a module's newest version. Lists of codes are kept with a space around each, " FR BE ".
type ModuleRow struct {
	Owner                                       id.ID
	Slug, Package, Source, Needs, Sector, Level string
	Number, Minutes, Screens                    int64
	Countries, Audience, Languages, Cover       string
	Retired                                     bool
	PublishedAt                                 int64
	RereadAt                                    int64 // published, or read again and found to hold
	Origin                                      id.ID // the programme from which it was adopted
	OriginNumber                                int64 // the version there
}

// TitleRow is a module's face in one language.
type TitleRow struct {
	Owner          id.ID
	Lang           string `view:"key"`
	Title, Summary string
	Stale          int64  // screens to bring up to date
	StaleAt        int64  // since when there are any
	Made           string // what each screen was translated from, as marks writes it
}

// VersionRow is one version, for "what changed since".
type VersionRow struct {
	Owner         id.ID
	Number        int64 `view:"key"`
	Package, Note string
	Author        id.ID
	At            int64
	Languages     string
	Wrote         id.ID // who submitted it; zero: nobody did
	Alone         bool  // nobody else could read it before
}

// ReviewRow is a draft that waits to be read, or was given back. There is none where nothing was submitted.
type ReviewRow struct {
	Owner                  id.ID
	Sender, Reader         id.ID // Reader gave it back
	Fingerprint, Note, Why string
	SentAt, ReturnedAt     int64
}

// RunRow is how far a learner is with a module.
type RunRow struct {
	Owner                         id.ID
	Module                        id.ID `view:"key"`
	Number, At, Of, Done          int64
	Screen                        string // the last one
	WrongHere                     int64  // wrong answers in a row on it
	Tried                         string // what Screens reads
	Points, Most                  int64  // of its exercises that give points, the most of each
	StartedAt, LastAt, FinishedAt int64
	Lang, Room                    string // Room: the last session in which it was learnt
	Person                        bool
	Audience                      string
}

// TryRow is what a learner did with one screen.
type TryRow struct {
	Owner  id.ID
	Module id.ID  `view:"key"`
	Screen string `view:"key"`
	Number int64  // the last version in which it was tried: what follows was done in that one
	Wrong  int64
	Took   int64 // seconds
	Points int64 // the most that were got in one try
	Most   int64 // that there were then
	Kept   bool  // carried over from a visit, which is counted already
	Done   bool  // in any version
}

// RemarkRow is a remark and what became of it. State is open, change or keep.
type RemarkRow struct {
	Owner                              id.ID
	Entry                              id.ID `view:"key"`
	Number, Face, At, DecidedAt        int64
	Screen, Lang, Text, State, Because string
}

// The tables. Totals count per version and screen, so that an author's page reads sums.
var (
	Modules  = view.New("learning_module", view.Index[ModuleRow]("slug"))
	Titles   = view.New[TitleRow]("learning_title")
	Versions = view.New[VersionRow]("learning_version")
	Reviews  = view.New[ReviewRow]("learning_review")
	Runs     = view.New("learning_run", view.Index[RunRow]("module"), view.Totals(runCells))
	Tries    = view.New("learning_try", view.Totals(tryCells))
	Remarks  = view.New("learning_remark", view.Index[RemarkRow]("state", "at"))
)

func runCells(w *RunRow) []view.Cell {
	key := Cell(w.Module, w.Number, "")
	cells := []view.Cell{{Name: "started", Key: key, N: 1}}
	if w.FinishedAt > 0 {
		return append(cells, view.Cell{Name: "finished", Key: key, N: 1})
	}
	return append(cells, view.Cell{Name: "stopped", Key: Cell(w.Module, w.Number, w.Screen), N: 1})
}

func tryCells(w *TryRow) []view.Cell {
	if w.Kept {
		return nil
	}
	return triedCells(Cell(w.Module, w.Number, w.Screen), w.Wrong, w.Took)
}

// triedCells are the totals of a screen that one learner tried.
func triedCells(key string, wrong, took int64) []view.Cell {
	cells := []view.Cell{{Name: "seen", Key: key, N: 1}, {Name: "wrong", Key: key, N: wrong}, {Name: "took", Key: key, N: took}}
	if wrong > 0 {
		cells = append(cells, view.Cell{Name: "erring", Key: key, N: 1})
	}
	return cells
}

// Cell is the key of a total: of a module's version, and of one screen if named.
func Cell(module id.ID, number int64, screen string) string {
	return module.String() + "|" + strconv.FormatInt(number, 10) + "|" + screen
}

// View folds what happens in the library.
var View = &journal.View{
	Name: "learning", Version: 7,
	Tables: []*view.Table{Modules.Table, Titles.Table, Versions.Table, Reviews.Table, Runs.Table, Tries.Table, Remarks.Table, Rooms.Table, RoomTries.Table, Findings.Table},
	Rules: []journal.Rule{
		journal.On(KindPublished, published),
		journal.On(KindSubmitted, func(r *view.Rows, e *journal.Entry, b Submitted) {
			Reviews.Edit(r, ReviewRow{}, func(w *ReviewRow) {
				*w = ReviewRow{Owner: e.Owner, Sender: e.Author, Fingerprint: b.Draft, Note: b.Note, SentAt: e.At}
			})
		}),
		journal.On(KindReread, func(r *view.Rows, e *journal.Entry, _ Reread) {
			if _, ok := Modules.Get(r, ModuleRow{}); ok {
				Modules.Edit(r, ModuleRow{}, func(w *ModuleRow) { w.RereadAt = max(w.RereadAt, e.At) })
			}
		}),
		journal.On(KindReturned, returned),
		journal.On(KindRetired, func(r *view.Rows, _ *journal.Entry, _ Retired) {
			Modules.Edit(r, ModuleRow{}, func(w *ModuleRow) { w.Retired = true })
		}),
		journal.On(KindRemarked, func(r *view.Rows, e *journal.Entry, b Remarked) {
			Remarks.Edit(r, RemarkRow{Entry: e.ID}, func(w *RemarkRow) {
				w.Number, w.Face, w.At, w.Screen, w.Lang, w.Text, w.State = b.Number, b.Face, e.At, b.Screen, b.Language, b.Text, "open"
			})
		}),
		journal.On(KindDecided, decided),
		journal.On(KindFindingWritten, findingWritten),
		journal.On(KindFindingDecided, findingDecided),
		journal.On(KindAnswered, answered),
		journal.On(KindFinished, finished),
		journal.On(records.KindSaid, told),
		journal.On(KindKept, kept),
		journal.On(KindClaimed, func(r *view.Rows, _ *journal.Entry, _ Claimed) {
			Runs.Each(r, func(w RunRow) { Runs.Delete(r, w) })
			Rooms.Each(r, func(w RoomRow) { Rooms.Delete(r, w) })
		}),
	},
}

func published(r *view.Rows, e *journal.Entry, p Published) {
	langs := languages(p.Titles)
	Modules.Edit(r, ModuleRow{}, func(w *ModuleRow) {
		w.Slug, w.Number, w.Package, w.Source, w.Needs, w.Sector = p.Slug, p.Number, p.Package, p.Source, spaced(p.Needs), p.Sector
		w.Level, w.Minutes, w.Screens, w.Countries, w.Audience = p.Level, p.Minutes, p.Screens, spaced(p.Countries), p.Audience
		w.Cover = p.Cover
		w.Languages, w.PublishedAt, w.Retired, w.Origin, w.OriginNumber = spaced(langs), e.At, false, p.From, p.Of
		w.RereadAt = max(w.RereadAt, e.At)
	})
	Reviews.Delete(r, ReviewRow{})
	Titles.Each(r, func(w TitleRow) {
		if _, ok := p.Titles[w.Lang]; !ok {
			Titles.Delete(r, w)
		}
	})
	for _, l := range langs {
		t := p.Titles[l]
		Titles.Edit(r, TitleRow{Lang: l}, func(w *TitleRow) {
			w.Title, w.Summary, w.Stale, w.Made = t.Title, t.Summary, int64(len(t.Stale)), marks(t.From)
			if w.Stale == 0 {
				w.StaleAt = 0
			} else if w.StaleAt == 0 {
				w.StaleAt = e.At
			}
		})
	}
	Versions.Edit(r, VersionRow{Number: p.Number}, func(w *VersionRow) {
		w.Package, w.Note, w.Author, w.At, w.Languages = p.Package, p.Note, e.Author, e.At, spaced(langs)
		w.Wrote, w.Alone = p.Wrote, p.Alone
	})
	answeredFindings(r, p)
}

func returned(r *view.Rows, e *journal.Entry, b Returned) {
	if _, ok := Reviews.Get(r, ReviewRow{}); ok {
		Reviews.Edit(r, ReviewRow{}, func(w *ReviewRow) { w.Why, w.Reader, w.ReturnedAt = b.Why, e.Author, e.At })
	}
}

func decided(r *view.Rows, e *journal.Entry, d Decided) {
	if _, ok := Remarks.Get(r, RemarkRow{Entry: d.Remark}); !ok {
		return // the remark has not arrived, or was taken back
	}
	Remarks.Edit(r, RemarkRow{Entry: d.Remark}, func(w *RemarkRow) {
		w.State, w.Because, w.DecidedAt = "keep", d.Because, e.At
		if d.Change {
			w.State = "change"
		}
	})
}

func answered(r *view.Rows, e *journal.Entry, a Answered) {
	answeredInRoom(r, e, a)
	var first bool
	var got, most int64 // more than before
	Tries.Edit(r, TryRow{Module: e.Subject, Screen: a.Screen}, func(w *TryRow) {
		was := *w
		if w.Number != a.Number { // a mistake was made in the version in which it was made
			w.Wrong, w.Took, w.Kept = 0, 0, false
		}
		w.Number, w.Took = a.Number, w.Took+a.Took
		if a.Most > 0 && a.Points >= w.Points {
			w.Points, w.Most = a.Points, a.Most
		}
		got, most = w.Points-was.Points, w.Most-was.Most
		if a.Right {
			first = !w.Done
			w.Done = true
		} else {
			w.Wrong++
		}
	})
	Runs.Edit(r, RunRow{Module: e.Subject}, func(w *RunRow) {
		if w.StartedAt == 0 {
			w.StartedAt = e.At
		}
		if first {
			w.Done++
		}
		w.Points, w.Most = w.Points+got, w.Most+most
		w.WrongHere = wrongHere(*w, a)
		w.tries(a.Number, a.Screen, !a.Right)
		w.At, w.Of, w.Screen, w.Lang, w.LastAt = a.At, a.Of, a.Screen, a.Language, max(w.LastAt, e.At)
		w.Person, w.Room = e.Author == e.Owner, cmp.Or(a.Room, w.Room)
	})
}

func finished(r *view.Rows, e *journal.Entry, f Finished) {
	Runs.Edit(r, RunRow{Module: e.Subject}, func(w *RunRow) { w.FinishedAt, w.Audience = e.At, f.Audience })
}

func wrongHere(w RunRow, a Answered) int64 {
	switch {
	case a.Right:
		return 0
	case w.Screen == a.Screen:
		return w.WrongHere + 1
	}
	return 1
}

func kept(r *view.Rows, _ *journal.Entry, k Kept) {
	for _, run := range k.Runs {
		keptRoom(r, run)
		for _, s := range run.Done {
			Tries.Edit(r, TryRow{Module: run.Module, Screen: s}, func(w *TryRow) { w.Number, w.Done, w.Kept = run.Number, true, true })
		}
		Runs.Edit(r, RunRow{Module: run.Module}, func(w *RunRow) {
			for _, s := range run.Done {
				w.tries(run.Number, s, false)
			}
			w.Number, w.At, w.Of, w.Done, w.Screen = run.Number, int64(len(run.Done)), run.Of, int64(len(run.Done)), run.Last
			w.StartedAt, w.LastAt, w.FinishedAt, w.Lang, w.Person, w.Room = run.StartedAt, run.LastAt, run.FinishedAt, run.Language, true, run.Room
		})
	}
}

// spaced keeps a list of codes as " FR BE ", so that a query finds one with like '% FR %'.
func spaced(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return " " + strings.Join(codes, " ") + " "
}

// Codes reads such a list.
func Codes(s string) []string { return strings.Fields(s) }
