package workshop

import (
	"context"
	"slices"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
)

// concluding is a finding about to be written, as its form says it.
type concluding struct {
	screen, text string
	trials       []string // codes
	remarks      []id.ID
	faults       []fault.Field
}

// conclude writes a finding down.
func (p *Pages) conclude(c *web.Ctx) error {
	s, err := p.read(c)
	if err != nil {
		return err
	}
	w := concluding{screen: c.Form("screen"), text: c.Form("text"), trials: c.R.PostForm["trial"]}
	if w.remarks, err = chosen(c, "sums"); err != nil {
		return err
	}
	number, err := s.tried(w.trials)
	if err != nil {
		return err
	}
	f := learning.Finding{Module: s.Module, Screen: w.screen, Text: w.text, Rooms: w.trials, Number: number, Remarks: w.remarks}
	err = p.Learning.Conclude(c, c.Act(), f)
	if w.faults = fault.FieldsOf(err); w.faults != nil {
		s.typed = w
		fr := c.Frame(s.text.Title)
		return c.Again(fr, studyPage(s, fr))
	}
	if err != nil {
		return err
	}
	return c.GoSaying(address(c, "#findings"), "author.finding.saved")
}

// tried is the newest version that some trials showed; of none, the newest that learners have seen. A code that
// is no trial of this module is not found.
func (s study) tried(codes []string) (n int64, err error) {
	for _, code := range codes {
		i := slices.IndexFunc(s.trials, func(w learning.Trial) bool { return w.Code == code })
		if i < 0 {
			return 0, fault.New(fault.NotFound, "")
		}
		n = max(n, s.trials[i].Number)
	}
	if n == 0 {
		n = s.versions[0]
	}
	return n, nil
}

// decideFinding records what becomes of a finding, and of the remarks that it sums up.
func (p *Pages) decideFinding(c *web.Ctx) error {
	m, err := p.module(c)
	if err != nil {
		return err
	}
	which, err := id.Parse(c.Form("finding"))
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	d := learning.FindingDecided{Finding: which, Because: c.Form("because")}
	if d.Change, err = becomes(c); err == nil {
		err = p.Learning.DecideFinding(c, c.Act(), m.Owner, d)
	}
	if fs := fault.FieldsOf(err); fs != nil {
		return p.studyAgain(c, which, fs)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(address(c, "#findings"), "author.decided")
}

// screenOptions are what a finding may be about.
func (s study) screenOptions(ctx context.Context) []ui.Option {
	out := []ui.Option{{Text: i18n.T(ctx, "author.finding.whole"), Chosen: s.typed.screen == ""}}
	for _, w := range s.text.Screens {
		out = append(out, ui.Option{Value: w.ID, Text: w.Title, Chosen: s.typed.screen == w.ID})
	}
	return out
}

func (s study) trialOptions(ctx context.Context) (out []ui.Option) {
	for _, w := range s.trials {
		out = append(out, ui.Option{Value: w.Code, Text: trialName(ctx, w), Hint: w.Organisation, Chosen: slices.Contains(s.typed.trials, w.Code)})
	}
	return out
}

func (s study) remarkOptions(ctx context.Context) (out []ui.Option) {
	for _, r := range s.allOpen() {
		out = append(out, ui.Option{Value: r.Entry.String(), Text: r.Text, Hint: screenName(ctx, s.text, r.Screen), Chosen: slices.Contains(s.typed.remarks, r.Entry)})
	}
	return out
}

// saw is what was seen of a screen, or of the whole, with the numbers of people.
func saw(ctx context.Context, screen string, t learning.Tally) string {
	if screen == "" {
		return i18n.T(ctx, "author.finding.saw.whole", "Seen", t.Seen, "Stopped", t.Stopped)
	}
	return i18n.T(ctx, "author.finding.saw", "Erring", t.Erring, "Seen", t.Seen, "Stopped", t.Stopped, "Time", ui.Seconds(ctx, t.Seconds()))
}

// trialName is the day of a trial and the version that it showed.
func trialName(ctx context.Context, w learning.Trial) string {
	day := w.Day
	if t, err := time.Parse(time.DateOnly, w.Day); err == nil {
		day = i18n.Date(ctx, t)
	}
	if w.Number == 0 {
		return day
	}
	return day + " · " + i18n.T(ctx, "author.version", "Number", w.Number)
}

// room is what was done in a trial.
func (s study) room(code string) learning.Effect {
	if e := s.Rooms[code]; e != nil {
		return *e
	}
	return learning.Effect{}
}

// verdictTags are the colours of what became of a screen.
var verdictTags = map[string]string{learning.Helped: "ok", learning.Worse: "wait", learning.Same: "", learning.TooFew: "quiet"}

// stateTags are the colours of how a finding stands.
var stateTags = map[string]string{"open": "wait", "change": "ok", "keep": "quiet"}
