package learning

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/core/view"
	"tremplin/internal/learning/content"
)

// Effect is what learners did with one version of a module.
type Effect struct {
	Number            int64
	Started, Finished int64
	Screens           map[string]Tally
}

// Tally is what they did with one screen of it.
type Tally struct {
	Seen    int64 // learners who left it by "next"
	Erring  int64 // of these, who were wrong at least once
	Wrong   int64 // wrong answers
	Took    int64 // seconds that they spent on it, all together, where that is known
	Stopped int64 // learners whose last screen it is, and who have not finished
}

// Percent of those who saw the screen that erred.
func (t Tally) Percent() int64 {
	return t.share(t.Erring)
}

// share is how many of a hundred that are.
func (t Tally) share(n int64) int64 {
	if t.Seen == 0 {
		return 0
	}
	return (100*n + t.Seen/2) / t.Seen
}

// Seconds that somebody spent on the screen, in the middle; 0 where it is not known.
func (t Tally) Seconds() int64 {
	if t.Seen == 0 {
		return 0
	}
	return (t.Took + t.Seen/2) / t.Seen
}

// tallied are the kept totals that an effect is made of.
var tallied = []string{
	"learning_run/started", "learning_run/finished", "learning_run/stopped",
	"learning_try/seen", "learning_try/erring", "learning_try/wrong", "learning_try/took",
}

// Effects reads what learners did with each version of a module: one query.
func (s *Service) Effects(ctx context.Context, programme, module id.ID) (map[int64]*Effect, error) {
	sums, err := view.ReadCells(ctx, s.J.DB(), programme, module.String()+"|", tallied...)
	return numbered(sorted(sums)[module.String()]), err
}

// sorted puts totals together by module, then by version or session.
func sorted(sums view.Sums) map[string]map[string]*Effect {
	out := map[string]map[string]*Effect{}
	for k, n := range sums {
		part := strings.SplitN(k[1], "|", 3)
		if n == 0 {
			continue
		}
		if out[part[0]] == nil {
			out[part[0]] = map[string]*Effect{}
		}
		e := out[part[0]][part[1]]
		if e == nil {
			e = &Effect{Screens: map[string]Tally{}}
			out[part[0]][part[1]] = e
		}
		_, cell, _ := strings.Cut(k[0], "/")
		e.add(cell, part[2], n)
	}
	return out
}

// numbered are those of versions: a session's code is longer than a number.
func numbered(all map[string]*Effect) map[int64]*Effect {
	out := map[int64]*Effect{}
	for k, e := range all {
		if number, err := strconv.ParseInt(k, 10, 64); err == nil && room(k) == "" {
			e.Number = number
			out[number] = e
		}
	}
	return out
}

func (e *Effect) add(cell, screen string, n int64) {
	t := e.Screens[screen]
	switch cell {
	case "started":
		e.Started += n
		return
	case "finished":
		e.Finished += n
		return
	case "stopped":
		t.Stopped = n
	case "seen":
		t.Seen = n
	case "erring":
		t.Erring = n
	case "wrong":
		t.Wrong = n
	case "took":
		t.Took = n
	}
	e.Screens[screen] = t
}

// Improvement says what became of a screen that a version changed.
type Improvement struct {
	Screen        string
	Before, After Tally
	From, To      int64 // the versions
}

// Few tells whether too few people have seen a screen, before or after, to say whether it became better.
func (b Improvement) Few() bool { return min(b.Before.Seen, b.After.Seen) < Enough }

// Improvements compares the screens of a version with what they were in the version before, where its
// text changed them and learners have seen both.
func Improvements(before, after *content.Text, was, is *Effect) (out []Improvement) {
	if was == nil || is == nil {
		return nil
	}
	for _, c := range content.Diff(before, after) {
		b, a := was.Screens[c.Screen], is.Screens[c.Screen]
		if c.Kind == content.Changed && b.Seen > 0 && a.Seen > 0 && b.Erring+a.Erring > 0 {
			out = append(out, Improvement{c.Screen, b, a, was.Number, is.Number})
		}
	}
	return out
}

// Happened is what learners did with one screen, and what they said of it that nobody has decided.
type Happened struct {
	Versions []Tally // by version, the newest first
	Numbers  []int64 // of those
	Remarks  []RemarkRow
	Findings []FindingRow // to be answered by the draft
}

// Happened reads it for a screen of a draft: three queries. Nothing where the module is new.
func (s *Service) Happened(ctx context.Context, programme id.ID, w Manuscript, screen string) (h Happened, err error) {
	if w.Base == 0 {
		return h, nil
	}
	module := ModuleID(programme, w.Meta.Slug)
	all, err := s.Effects(ctx, programme, module)
	if err != nil {
		return h, err
	}
	for n := w.Base; n > 0 && len(h.Versions) < 3; n-- {
		if e := all[n]; e != nil && e.Screens[screen].Seen > 0 {
			h.Numbers, h.Versions = append(h.Numbers, n), append(h.Versions, e.Screens[screen])
		}
	}
	if h.Findings, err = s.ToAnswer(ctx, programme, w.Meta.Slug); err != nil {
		return h, err
	}
	h.Findings = slices.DeleteFunc(h.Findings, func(f FindingRow) bool { return f.Screen != screen })
	h.Remarks, err = s.OpenRemarks(ctx, programme, module, screen, 5)
	return h, err
}

// OpenRemarks lists what nobody has decided yet about a screen, the latest first. Nobody is named in it.
func (s *Service) OpenRemarks(ctx context.Context, programme, module id.ID, screen string, most int) ([]RemarkRow, error) {
	return Remarks.Select(ctx, s.J.DB(), programme,
		"and owner=$2 and screen=$3 and state='open' and text<>'' order by at desc,entry limit $4", module, screen, most)
}
