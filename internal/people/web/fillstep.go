package web

import (
	"slices"

	"tremplin/internal/core/form"
)

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
