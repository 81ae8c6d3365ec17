package room

import (
	"context"
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// concluding is what a trial makes its team conclude: the findings that rest on it, and one more to write.
type concluding struct {
	c            *web.Ctx
	f            ui.Frame
	session      tutoring.SessionRow
	module       learning.Module
	heard        []learning.RemarkRow // that nobody has decided
	found        []learning.FindingRow
	asked        []asked
	screen, text string
	sums         []id.ID
	faults       []fault.Field
}

// finding is the page on which whoever held a trial writes down what it showed.
func (p *Pages) finding(c *web.Ctx) error {
	x, err := p.concluding(c)
	if err != nil {
		return err
	}
	x.screen = c.Query("screen")
	return c.Page(x.f, findingPage(x))
}

// asked is a questionnaire of a trial, and how many answered it.
type asked struct {
	name string
	n    int64
}

// few is how many people may have answered before the number is said: fewer would say who.
const few = 5

// questionnaires counts who answered those of a trial: one query.
func (p *Pages) questionnaires(c *web.Ctx, w tutoring.SessionRow) (out []asked, err error) {
	if w.Kind != "trial" {
		return nil, nil
	}
	all, _, err := people.Questionnaires(c.Programme)
	if err != nil {
		return nil, err
	}
	n, err := p.Tutoring.People.CountIn(c, c.PID(), w.Code)
	for _, when := range []string{people.BeforeTrial, people.AfterTrial} {
		for _, q := range all {
			if q.Offer.Trial == when {
				out = append(out, asked{q.Name(c.Lang()), n[q.ID]})
			}
		}
	}
	return out, err
}

// concluding reads it: five queries.
func (p *Pages) concluding(c *web.Ctx) (x concluding, err error) {
	x.c = c
	if x.session, err = p.of(c); err != nil {
		return x, err
	}
	if x.session.Module == "" || x.session.StartedAt == 0 {
		return x, fault.New(fault.NotFound, "")
	}
	if x.module, err = p.Learning.Module(c, c.PID(), x.session.Module); err != nil {
		return x, err
	}
	if x.heard, err = p.Tutoring.Heard(c, c.PID(), x.session); err != nil {
		return x, err
	}
	x.heard = slices.DeleteFunc(x.heard, func(r learning.RemarkRow) bool { return r.State != "open" })
	if x.asked, err = p.questionnaires(c, x.session); err != nil {
		return x, err
	}
	all, err := p.Learning.FindingsOf(c, c.PID(), x.module.Owner)
	x.found = learning.Resting(all, x.session.Code)
	x.f = c.Frame(c.T("room.findings"))
	x.f.Path = path(x.session) + "/finding"
	return x, err
}

// conclude writes a finding down: it rests on this session.
func (p *Pages) conclude(c *web.Ctx) error {
	x, err := p.concluding(c)
	if err != nil {
		return err
	}
	x.screen, x.text = c.Form("screen"), c.Form("text")
	for _, v := range c.R.PostForm["sums"] {
		remark, err := id.Parse(v)
		if err != nil {
			return fault.New(fault.NotFound, "")
		}
		x.sums = append(x.sums, remark)
	}
	err = p.Learning.Conclude(c, c.Act(), learning.Finding{
		Module: x.module, Screen: x.screen, Text: x.text, Rooms: []string{x.session.Code}, Number: x.session.Number, Remarks: x.sums,
	})
	if x.faults = fault.FieldsOf(err); x.faults != nil {
		return c.Again(x.f, findingPage(x))
	}
	if err != nil {
		return err
	}
	return c.GoSaying(x.f.Path, "room.finding.saved")
}

func (x concluding) screens(ctx context.Context) []ui.Option {
	out := []ui.Option{{Text: i18n.T(ctx, "room.finding.whole"), Chosen: x.screen == ""}}
	for _, s := range x.module.Text(x.c.Lang()).Screens {
		out = append(out, ui.Option{Value: s.ID, Text: s.Title, Chosen: x.screen == s.ID})
	}
	return out
}

func (x concluding) remarks(ctx context.Context) (out []ui.Option) {
	for _, r := range x.heard {
		out = append(out, ui.Option{Value: r.Entry.String(), Text: r.Text, Hint: x.about(ctx, r.Screen), Chosen: slices.Contains(x.sums, r.Entry)})
	}
	return out
}

// about is the title of a screen, or the whole.
func (x concluding) about(ctx context.Context, screen string) string {
	for _, s := range x.module.Text(x.c.Lang()).Screens {
		if s.ID == screen {
			return s.Title
		}
	}
	return i18n.T(ctx, "room.finding.whole")
}

// findingTags are the colours of how a finding stands.
var findingTags = map[string]string{"open": "wait", "change": "ok", "keep": "quiet"}
