package web

import (
	"slices"

	"tremplin/internal/core/draft"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/form"
	"tremplin/internal/core/form/page"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// trial is a form that is tried: one of the programme's, or the file that was just checked. The page itself
// carries the answers, so that nothing is stored.
func (p *Pages) trial(c *web.Ctx) (*filling, error) {
	f := &filling{c: c, trial: true, out: "/forms-check"}
	var err error
	if f.form, f.title, err = p.triedForm(c, c.Query("form")); err != nil {
		return nil, err
	}
	f.action = tryPath(c.Query("form"), c.Query("as"))
	f.given = f.form.Start(today(c))
	f.look()
	return f, nil
}

func (p *Pages) triedForm(c *web.Ctx, name string) (*form.Form, string, error) {
	if name != "" {
		all, _, err := people.Questionnaires(c.Programme)
		if err != nil {
			return nil, "", err
		}
		i := slices.IndexFunc(all, func(q people.Questionnaire) bool { return q.ID == name })
		if i < 0 {
			return nil, "", fault.New(fault.NotFound, "")
		}
		return all[i].Form, all[i].Name(c.Lang()), nil
	}
	var u tried
	_, ok, err := draft.Get(c, p.People.J.DB(), p.triedDraft(c), &u)
	if err != nil {
		return nil, "", err
	}
	if !ok {
		return nil, "", fault.New(fault.NotFound, "people.form.check.gone")
	}
	f, err := form.Parse(u.Name, u.Data)
	if err != nil {
		return nil, "", fault.New(fault.NotFound, "people.form.check.gone")
	}
	return f, people.Questionnaire{Form: f}.Name(c.Lang()), nil
}

func (p *Pages) tryForm(c *web.Ctx) error {
	f, err := p.trial(c)
	if err != nil {
		return err
	}
	if len(f.sheet.Steps) == 0 {
		return c.Go(f.out)
	}
	return f.draw(false)
}

// tryAnswers goes on with the answers that the page carries.
func (p *Pages) tryAnswers(c *web.Ctx) error {
	f, err := p.trial(c)
	if err != nil {
		return err
	}
	sent := page.Read(f.form, c.R.PostForm)
	if c.Form("do") == "skip" {
		delete(sent, c.Form("at"))
	}
	f.given = sent
	f.look()
	if f.byStep() {
		return f.tryStep(c.Form("at"), c.Form("do"))
	}
	if f.opened = f.unseen(c.R.PostForm["shown"]); f.opened > 0 {
		return f.draw(false)
	}
	return f.tryEnd()
}

func (f *filling) tryStep(name, do string) error {
	if f.at = f.sheet.At(name); f.at < 0 {
		f.at = 0
		return f.draw(false)
	}
	wrong := f.sheet.Problem(name)
	switch {
	case do == "back" && f.at == 0:
		return f.c.Go(f.out)
	case do == "back":
		f.at--
	case wrong != nil:
		return f.refuse([]form.AnswerProblem{*wrong})
	case f.final():
		return f.tryEnd()
	default:
		f.at++
	}
	return f.draw(false)
}

// tryEnd shows what would have been sent, and what the form calculated.
func (f *filling) tryEnd() error {
	if len(f.sheet.Problems) > 0 {
		return f.refuse(f.sheet.Problems)
	}
	fr := f.c.Frame(f.title)
	return f.c.Page(fr, triedPage(f, fr))
}

// result is a line of what would have been sent.
type result struct {
	name, value string
	calculated  bool
}

func (f *filling) results() (out []result) {
	for _, q := range f.form.Questions {
		if v := f.sheet.Values[q.Name].Text; v != "" {
			out = append(out, result{q.Name, v, q.Type == form.Calculate})
		}
	}
	return out
}
