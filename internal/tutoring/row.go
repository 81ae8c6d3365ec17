package tutoring

import (
	"context"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/learning"
)

// Row is somebody in a tutor's list.
type Row struct {
	ID             id.ID
	First, Last    string
	Language       string
	Country        string
	Phone, Email   string
	Group          id.ID
	Joined         int64
	Begun, Done    int64
	Active         int64 // the last thing done; 0: nothing, or not shared
	Asked          int64 // when somebody last asked how they are
	Carded, Pinned int64 // when they last got a card, a PIN
	Halves         int64 // half-days signed
	Standing       Standing
	Runs           []Run // the latest first; none if not shared
	Pictured       bool  // has a photo that may be shown

	attended int64
	shared   bool
	folded   string
}

// Name is how the person is called on a page.
func (r Row) Name() string { return strings.TrimSpace(r.First + " " + r.Last) }

// Run is how far somebody is with a module, with the module's name.
type Run struct {
	learning.RunRow
	Title, Lang string
}

// Blocked is the run in which the person is stuck, if any.
func (r Row) Blocked() (Run, bool) {
	for _, w := range r.Runs {
		if w.FinishedAt == 0 && w.WrongHere >= learning.StuckAfter {
			return w, true
		}
	}
	return Run{}, false
}

// Since is the moment at which the standing began, where that can be told; else 0.
func (r Row) Since() int64 {
	switch r.Standing {
	case Stuck:
		run, _ := r.Blocked()
		return run.LastAt
	case Silent:
		return max(r.Active, r.Joined) + SilentAfter.Microseconds()
	case Finished:
		return r.Active
	}
	return 0
}

// nameRuns gives the runs of some people the names of their modules.
func (s *Service) nameRuns(ctx context.Context, programme id.ID, lang string, people []Row) error {
	titles, err := s.titles(ctx, programme, lang)
	for _, r := range people {
		for i := range r.Runs {
			t := titles[r.Runs[i].Module]
			r.Runs[i].Title, r.Runs[i].Lang = t.Title, t.Lang
		}
	}
	return err
}

// titles are the names of the modules, each in the reader's language, else English, else any.
func (s *Service) titles(ctx context.Context, programme id.ID, lang string) (map[id.ID]learning.TitleRow, error) {
	found, err := learning.Titles.Select(ctx, s.J.DB(), programme, "order by case when lang=$2 then 2 when lang='en' then 1 else 0 end,lang", lang)
	out := map[id.ID]learning.TitleRow{}
	for _, t := range found {
		out[t.Owner] = t
	}
	return out, err
}
