package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/impact"
)

type samplesView struct {
	names
	f    ui.Frame
	book *impact.Book
	rows []impact.SampleRow
	more string
	now  time.Time

	waiting []impact.Waiting
}

// asked is how many explanations a sample waits for.
func (v samplesView) asked(sample id.ID) impact.Waiting {
	i := slices.IndexFunc(v.waiting, func(w impact.Waiting) bool { return w.Owner == sample })
	if i < 0 {
		return impact.Waiting{}
	}
	return v.waiting[i]
}

// samples lists what was drawn.
func (p *Pages) samples(c *web.Ctx) error {
	v := samplesView{names: live(c), f: c.Frame(c.T("impact.samples")), now: c.Now()}
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // nothing: from the latest
	var err error
	if v.book, err = p.Impact.Book(c.PID()); err != nil {
		return err
	}
	rows, next, err := p.Impact.Samples(c, c.PID(), before, perPage)
	if err != nil {
		return err
	}
	if v.rows = rows; next > 0 {
		v.more = "/samples?before=" + strconv.FormatInt(next, 10)
	}
	if v.waiting, err = p.Impact.Waiting(c, c.PID()); err != nil {
		return err
	}
	return c.Page(v.f, samplesPage(v))
}

// draw draws a sample of a figure, live or of a frozen report.
func (p *Pages) draw(c *web.Ctx) error {
	report, err := readID(c.Form("report"))
	if err != nil {
		return err
	}
	a, d := c.Act(), impact.Draw{Indicator: c.Form("indicator"), Report: report, Seed: c.Form("seed")}
	err = p.Impact.Draw(c, a, d)
	if fault.Is(err, fault.Invalid) {
		v, lost := p.open(c, d.Indicator)
		if lost != nil {
			return lost
		}
		v.wrong, v.seed = err, d.Seed
		return c.Again(v.f, figurePage(v))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/samples/"+impact.SampleID(a).String(), "impact.said.drawn")
}

type sampleView struct {
	names
	f      ui.Frame
	book   *impact.Book
	sample impact.Sample
	line   int64         // that is open, with what was typed
	steps  []impact.Step // on which it rests
	typed  impact.Judged
	faults []fault.Field
}

// sample opens a sample; names are read, and each reading is logged, for thirty days.
func (p *Pages) sample(c *web.Ctx) error {
	v, err := p.openSample(c)
	if err != nil {
		return err
	}
	v.line, _ = strconv.ParseInt(c.Query("line"), 10, 64) // nothing: no line is open
	if v.steps, err = p.steps(v); err != nil {
		return err
	}
	return c.Page(v.f, samplePage(v))
}

// steps are what the line that is open rests on.
func (p *Pages) steps(v sampleView) ([]impact.Step, error) {
	for _, l := range v.sample.Lines {
		if l.Number == v.line {
			return p.Impact.Steps(v.c, v.c.PID(), l)
		}
	}
	return nil, nil
}

// proven are the attributes of a step that prove something, in words: "half-days signed: 2".
func proven(ctx context.Context, s impact.Step) (out []string) {
	for _, a := range []string{"half_days_signed", "certificate", "signed", "participants", "signed_from_outside"} {
		switch v := s.Says[a]; v {
		case "":
		case "true", "false":
			out = append(out, i18n.T(ctx, "impact.proof."+a, "Value", i18n.T(ctx, "impact.answer."+v)))
		default:
			out = append(out, i18n.T(ctx, "impact.proof."+a, "Value", v))
		}
	}
	return out
}

func (p *Pages) openSample(c *web.Ctx) (sampleView, error) {
	v := sampleView{names: live(c)}
	which, err := c.ID("id")
	if err != nil {
		return v, err
	}
	if v.book, err = p.Impact.Book(c.PID()); err != nil {
		return v, err
	}
	if v.sample, err = p.Impact.Sample(c, c.PID(), which); err != nil {
		return v, err
	}
	v.f = c.Frame(c.T("impact.sample-of", "Figure", v.title()))
	return v, p.Impact.Named(c, c.Actor, &v.sample)
}

func (v sampleView) title() string { return v.book.Title(v.sample.Indicator).In(v.c.Lang()) }

// judge says a word about one line.
func (p *Pages) judge(c *web.Ctx) error {
	which, err := c.ID("id")
	if err != nil {
		return err
	}
	line, err := strconv.ParseInt(c.R.PathValue("line"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	b := impact.Judged{Line: line, State: c.Form("move"), Why: c.Form("why")}
	err = p.Impact.Judge(c, c.Act(), c.Actor, which, b)
	if fs := fault.FieldsOf(err); fs != nil {
		v, err := p.openSample(c)
		if err != nil {
			return err
		}
		v.line, v.typed, v.faults = line, b, fs
		if v.steps, err = p.steps(v); err != nil {
			return err
		}
		return c.Again(v.f, samplePage(v))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/samples/"+which.String(), "impact.said.judged")
}

// moves are what the reader may say of a line.
func (v sampleView) moves(l impact.Line) []string { return impact.Judging.Open(l.Status, v.c.Actor) }

// options are the words to choose from for the line that is open.
func (v sampleView) options(ctx context.Context, l impact.Line) []ui.Option {
	return ui.Options(v.moves(l), cmp.Or(v.typed.State, l.Status), i18n.Named(ctx, "impact.line.move."))
}

// why is the field for the reason, with what was typed.
func (v sampleView) why(label, hint string) ui.Input {
	return ui.Input{
		Name: "why", Label: label, Hint: v.c.T(hint), Rows: 3, Max: 1000, Dir: "auto", Value: v.typed.Why, Faults: v.faults,
	}
}

// verb is what the reader does with a line: judge it, or the one thing that is open.
func verb(ctx context.Context, moves []string) string {
	if len(moves) > 1 {
		return i18n.T(ctx, "impact.judge")
	}
	return i18n.T(ctx, "impact.line.move."+moves[0])
}

// colour of a state's tag.
func colour(state string) string {
	switch state {
	case impact.Accepted:
		return "ok"
	case impact.Refused:
		return "bad"
	case impact.Asked, impact.Explained:
		return "wait"
	}
	return ""
}
