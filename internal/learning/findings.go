package learning

import (
	"slices"
	"strings"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
)

// A finding is what a team concludes from trials; a remark is what somebody said. It stands in the module's
// story and names nobody.
var (
	KindFindingWritten = journal.NewKind[FindingWritten]("learning.finding.written", journal.OfThing)
	KindFindingDecided = journal.NewKind[FindingDecided]("learning.finding.decided", journal.OfThing)
)

// FindingWritten is what was seen, on what it rests, and the figures as they stood then.
type FindingWritten struct {
	Number  int64    `json:"number"`           // the version in which it was seen
	Screen  string   `json:"screen,omitempty"` // empty: the module as a whole
	Text    string   `json:"text"`
	Rooms   []string `json:"rooms,omitempty"`   // the codes of the trials that it rests on
	Remarks []id.ID  `json:"remarks,omitempty"` // that it sums up
	Seen    int64    `json:"seen,omitempty"`
	Erring  int64    `json:"erring,omitempty"`
	Took    int64    `json:"took,omitempty"` // seconds, all together
	Stopped int64    `json:"stopped,omitempty"`
}

// FindingDecided is what becomes of a finding: the module is changed, or it stays because.
type FindingDecided struct {
	Finding id.ID  `json:"finding"`
	Change  bool   `json:"change"`
	Because string `json:"because,omitempty"`
}

// FindingRow is a finding and what became of it. State is open, change or keep.
type FindingRow struct {
	Owner                        id.ID
	Entry                        id.ID `view:"key"`
	Number, At, DecidedAt        int64
	Answers                      int64 // the version that answers it; 0: none yet
	Screen, Text, State, Because string
	Rooms, About                 string // codes and remarks, as Codes reads them
	Seen, Erring, Took, Stopped  int64
}

// Trial is a session in which a module is tried, as those tell it who hold sessions.
type Trial struct {
	Session                               id.ID
	Code, Title, Day, State, Organisation string
	Number                                int64 // the version that stood when it began; 0: not known
	There                                 int64 // people of its roll who were there
}

// Findings is the table of findings.
var Findings = view.New[FindingRow]("learning_finding")

// Saw is what was seen when it was written.
func (w FindingRow) Saw() Tally {
	return Tally{Seen: w.Seen, Erring: w.Erring, Took: w.Took, Stopped: w.Stopped}
}

// SumsUp are the remarks that a finding names.
func (w FindingRow) SumsUp() (out []id.ID) {
	for _, s := range Codes(w.About) {
		if v, err := id.Parse(s); err == nil {
			out = append(out, v)
		}
	}
	return out
}

func findingWritten(r *view.Rows, e *journal.Entry, b FindingWritten) {
	about := make([]string, len(b.Remarks))
	for i, v := range b.Remarks {
		about[i] = v.String()
	}
	Findings.Edit(r, FindingRow{Entry: e.ID}, func(w *FindingRow) {
		w.Number, w.Screen, w.Text, w.At, w.State = b.Number, b.Screen, b.Text, e.At, "open"
		w.Rooms, w.About = spaced(b.Rooms), spaced(about)
		w.Seen, w.Erring, w.Took, w.Stopped = b.Seen, b.Erring, b.Took, b.Stopped
	})
}

func findingDecided(r *view.Rows, e *journal.Entry, b FindingDecided) {
	if _, ok := Findings.Get(r, FindingRow{Entry: b.Finding}); !ok {
		return // it has not arrived, or was taken back
	}
	Findings.Edit(r, FindingRow{Entry: b.Finding}, func(w *FindingRow) {
		w.State, w.Because, w.DecidedAt = "keep", b.Because, e.At
		if b.Change {
			w.State = "change"
		}
	})
}

// answeredFindings notes which version answers a finding: of several the first.
func answeredFindings(r *view.Rows, p Published) {
	for _, v := range p.Findings {
		if w, ok := Findings.Get(r, FindingRow{Entry: v}); ok && w.Answers == 0 {
			Findings.Edit(r, w, func(w *FindingRow) { w.Answers = p.Number })
		}
	}
}

// Enough is how many people must have seen a screen, before and after, before it is said whether a change helped.
const Enough = 10

// Telling is by how many of a hundred people an effect must have changed to be worth speaking of.
const Telling = 10

// What became of a screen since a finding was written.
const (
	TooFew = "few"
	Helped = "helped"
	Worse  = "worse"
	Same   = "same"
)

// Helped tells whether the version that answers a finding helped: what was seen before beside the version since
// then that most people have learnt. Of a screen mistakes speak first, then who stopped there.
func (w FindingRow) Helped(all map[int64]*Effect, rooms map[string]*Effect) (now Improvement, verdict string) {
	now = Improvement{Screen: w.Screen, Before: w.before(rooms), From: w.Number, To: w.Answers}
	for n, e := range all {
		t := e.of(w.Screen)
		if n >= w.Answers && (t.Seen > now.After.Seen || t.Seen == now.After.Seen && n > now.To && t.Seen > 0) {
			now.After, now.To = t, n
		}
	}
	was, is := now.Before, now.After
	switch {
	case now.Few():
		return now, TooFew
	case apart(was.Percent(), is.Percent()):
		return now, better(is.Percent() < was.Percent())
	case apart(was.share(was.Stopped), is.share(is.Stopped)):
		return now, better(is.share(is.Stopped) < was.share(was.Stopped))
	}
	return now, Same
}

// before is what was seen when the finding was written; of trials that went on after that, all that they showed.
func (w FindingRow) before(rooms map[string]*Effect) Tally {
	if all := inRooms(rooms, Codes(w.Rooms), w.Screen); all.Seen > w.Seen {
		return all
	}
	return w.Saw()
}

// inRooms adds what was done with a screen in some sessions.
func inRooms(rooms map[string]*Effect, codes []string, screen string) (t Tally) {
	for _, code := range codes {
		if e := rooms[code]; e != nil {
			t = t.plus(e.of(screen))
		}
	}
	return t
}

func apart(was, is int64) bool { return max(was-is, is-was) >= Telling }

func better(less bool) string {
	if less {
		return Helped
	}
	return Worse
}

// of is what was done with one screen; with "" the whole: who began it, and who did not reach its end.
func (e Effect) of(screen string) Tally {
	if screen == "" {
		return Tally{Seen: e.Started, Stopped: e.Started - e.Finished}
	}
	return e.Screens[screen]
}

// plus adds what others did with the same screen.
func (t Tally) plus(o Tally) Tally {
	return Tally{t.Seen + o.Seen, t.Erring + o.Erring, t.Wrong + o.Wrong, t.Took + o.Took, t.Stopped + o.Stopped}
}

// rests tells whether a finding rests on a session.
func (w FindingRow) rests(code string) bool { return strings.Contains(w.Rooms, " "+code+" ") }

// Resting are the findings that rest on a session.
func Resting(all []FindingRow, code string) []FindingRow {
	return slices.DeleteFunc(slices.Clone(all), func(w FindingRow) bool { return !w.rests(code) })
}
