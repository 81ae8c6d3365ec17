package web

import (
	"net/http"
	"slices"

	"tremplin/internal/core/form"
	"tremplin/internal/core/form/page"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// sendForm takes one answer of a learner, or the whole page of a professional.
func (p *Pages) sendForm(c *web.Ctx) error {
	f, err := p.filling(c)
	if err != nil {
		return err
	}
	if slices.Contains(people.Holders, c.Form("held")) {
		f.held = c.Form("held")
	}
	sent, names := page.Read(f.form, c.R.PostForm), c.R.PostForm["shown"]
	if f.byStep() {
		names = []string{c.Form("at")}
	}
	if c.Form("do") == "skip" {
		sent = nil
	}
	f.take(sent, names...)
	switch {
	case c.R.Header.Get("X-Autosave") != "":
		return p.autosave(f, names)
	case c.Form("do") == "leave":
		if err := p.keep(f, c.Form("at"), names...); err != nil {
			return err
		}
		return c.GoSaying(f.out, "people.form.kept")
	case f.byStep():
		return p.sendStep(f, names[0])
	}
	return p.sendWhole(f, names)
}

// autosave keeps what is being typed. What comes late, after the form was sent, is dropped: it would begin
// the form again.
func (p *Pages) autosave(f *filling, names []string) error {
	if f.c.Form("base") == f.last.Entry.String() {
		if err := p.keep(f, f.c.Form("at"), names...); err != nil {
			return err
		}
	}
	f.c.W.WriteHeader(http.StatusNoContent)
	return nil
}

// finish sends the form. Where an answer cannot be taken, it is shown with what is wrong.
func (p *Pages) finish(f *filling) error {
	c := f.c
	problems, err := p.People.Answer(c, c.Act(), people.Filled{
		Person: c.Actor.Person, Questionnaire: f.q, Given: f.given, Language: f.sheet.Lang, Held: f.held, Room: f.room,
	})
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return f.refuse(problems)
	}
	if err := p.People.EndHalf(c, c.PID(), c.Actor.Person, f.q.ID); err != nil {
		return err
	}
	if f.back != "" {
		return c.Go(f.action + "/done?room=" + f.back)
	}
	return c.Go(f.action + "/done")
}

// refuse shows the answers again with what is wrong: one by one, the first of them.
func (f *filling) refuse(problems []form.AnswerProblem) error {
	if f.byStep() {
		problems = problems[:1]
		f.at = max(0, f.sheet.At(problems[0].Name))
	}
	f.sheet = f.sheet.Telling(problems...)
	return f.draw(true)
}

// sendStep takes the answer to one question and goes on, or back.
func (p *Pages) sendStep(f *filling, name string) error {
	if f.at = f.sheet.At(name); f.at < 0 { // no question, or one that is hidden by now
		return f.c.Go(f.action)
	}
	if f.c.Form("do") == "back" {
		if err := p.keep(f, f.sheet.Steps[max(0, f.at-1)].Name, name); err != nil {
			return err
		}
		return f.c.Go(f.before())
	}
	wrong, next := f.sheet.Problem(name), name
	if wrong == nil && !f.final() {
		next = f.sheet.Steps[f.at+1].Name
	}
	if err := p.keep(f, next, name); err != nil {
		return err
	}
	switch {
	case wrong != nil:
		return f.refuse([]form.AnswerProblem{*wrong})
	case f.final():
		return p.finish(f)
	}
	return f.c.Go(f.address(f.at + 1))
}

// before is where "back" leads.
func (f *filling) before() string {
	if f.at == 0 {
		return f.out
	}
	return f.address(f.at - 1)
}

// sendWhole takes a page with all questions. Where the answers open others, the page comes back with them
// first: without a script, that is the only moment to ask.
func (p *Pages) sendWhole(f *filling, shown []string) error {
	if err := p.keep(f, "", shown...); err != nil {
		return err
	}
	if f.opened = f.unseen(shown); f.opened > 0 {
		return f.draw(false)
	}
	return p.finish(f)
}

// unseen counts the questions to answer that were not on the page.
func (f *filling) unseen(shown []string) (n int) {
	for _, q := range f.sheet.Steps {
		if q.Type != form.Note && !slices.Contains(shown, q.Name) {
			n++
		}
	}
	return n
}
