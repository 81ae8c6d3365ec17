package web

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/a-h/templ"

	"tremplin/internal/core/form"
	"tremplin/internal/core/form/page"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// filling is a form as somebody fills it in, or tries it.
type filling struct {
	c      *web.Ctx
	title  string
	form   *form.Form
	given  form.Answers
	sheet  page.Sheet
	at     int // the step that is shown, where they come one by one
	held   string
	opened int    // questions that the last answers opened
	room   string // the code of the trial for which it is filled in
	back   string // the same, where one comes from its page

	q    people.Questionnaire
	last people.AnswerRow // what was sent before
	kept people.HalfFilled

	action string // where it is sent
	out    string // what is before the first question
	trial  bool   // nothing is stored
}

// filling reads a form and what was answered to it so far: begun, or sent before, or its defaults.
func (p *Pages) filling(c *web.Ctx) (*filling, error) {
	q, err := people.QuestionnaireFor(c.Programme, c.Actor, c.R.PathValue("form"))
	if err != nil {
		return nil, err
	}
	f := &filling{c: c, title: q.Name(c.Lang()), form: q.Form, q: q, action: formPath(q.ID), out: "/forms"}
	last, said, err := p.People.LastAnswers(c, c.PID(), c.Actor.Person, q.ID)
	if err != nil {
		return nil, err
	}
	kept, begun, err := p.People.HalfFilled(c, c.PID(), c.Actor.Person, q.ID)
	if err != nil {
		return nil, err
	}
	f.last, f.kept, f.held = last, kept, kept.Held
	f.back = cmp.Or(people.Room(c.Form("room")), people.Room(c.Query("room")), kept.Room)
	f.room = cmp.Or(f.back, said.Room) // what is changed later stays of that trial
	switch {
	case begun && (kept.Room == f.room || kept.Room == ""):
		f.given = q.Posted(kept.Given, said.Answers)
	case !last.Entry.IsZero() && said.Room == f.room:
		f.given = q.Posted(said.Answers, said.Answers)
	default:
		f.given = q.Start(today(c))
	}
	f.look()
	return f, nil
}

// look works out what is shown, given the answers.
func (f *filling) look() { f.sheet = page.New(f.form, f.given, today(f.c), f.c.Lang()) }

// take puts the answers to some questions into place; what was left empty has none.
func (f *filling) take(sent form.Answers, names ...string) {
	f.given = maps.Clone(f.given)
	if f.given == nil {
		f.given = form.Answers{}
	}
	for _, n := range names {
		if f.form.Question(n) == nil {
			continue
		}
		delete(f.given, n)
		if a, ok := sent[n]; ok {
			f.given[n] = a
		}
	}
	f.look()
}

// keep stores what is answered so far, and where one is.
func (p *Pages) keep(f *filling, at string, names ...string) error {
	c := f.c
	return p.People.KeepHalf(c, c.PID(), c.Actor.Person, f.q.ID, func(h *people.HalfFilled) {
		if h.Given == nil || h.Room != "" && h.Room != f.room { // another trial begins anew
			h.Given = keepable(f.given)
		}
		for _, n := range names {
			delete(h.Given, n)
			if a, ok := keepable(f.given)[n]; ok {
				h.Given[n] = a
			}
		}
		h.Room = f.back
		if h.Held = f.held; f.form.Question(at) != nil {
			h.At = at
		}
	})
}

// keepable leaves out texts that no form takes and that would only fill the disk.
func keepable(a form.Answers) form.Answers {
	a = maps.Clone(a)
	maps.DeleteFunc(a, func(_ string, v []string) bool {
		return slices.ContainsFunc(v, func(s string) bool { return utf8.RuneCountInString(s) > 2*form.MaxText })
	})
	return a
}

// fillIn shows a form: where one stopped, or at the question that the address names.
func (p *Pages) fillIn(c *web.Ctx) error {
	f, err := p.filling(c)
	if err != nil {
		return err
	}
	if len(f.sheet.Steps) == 0 {
		return c.Go(f.out)
	}
	f.at = max(0, f.sheet.At(f.kept.At))
	if i := f.sheet.At(c.Query("at")); i >= 0 {
		f.at = i
	}
	return f.draw(false)
}

func (f *filling) draw(again bool) error {
	fr := f.c.Frame(f.title)
	show := f.c.Page
	if again {
		show = f.c.Again
	}
	if f.byStep() {
		fr.Bare = true
		fr.Path = f.address(f.at)
		return show(fr, stepPage(f, fr))
	}
	fr.Path = f.action
	return show(fr, wholePage(f, fr))
}

func (f *filling) byStep() bool {
	if f.trial {
		return f.c.Query("as") != "all"
	}
	return oneByOne(f.c.Actor)
}

// address is where one step is shown again, in another language too.
func (f *filling) address(at int) string {
	if f.trial {
		return f.action
	}
	return f.action + "?" + url.Values{"at": {f.sheet.Steps[at].Name}}.Encode()
}

func (f *filling) step() form.Shown { return f.sheet.Steps[f.at] }

func (f *filling) final() bool { return f.at == len(f.sheet.Steps)-1 }

// holders are who may hold the phone.
func (f *filling) holders() (out []ui.Option) {
	for _, h := range people.Holders {
		out = append(out, ui.Option{Value: h, Text: f.c.T("people.form.held." + h), Chosen: h == f.held})
	}
	return out
}

// saving are the words for the script that saves while one types.
func saving(f *filling) templ.Attributes {
	if f.trial {
		return nil
	}
	return templ.Attributes{
		"data-autosave": f.action, "data-saving": f.c.T("people.form.saving"),
		"data-saved": f.c.T("people.form.saved"), "data-unsaved": f.c.T("people.form.unsaved"),
	}
}
