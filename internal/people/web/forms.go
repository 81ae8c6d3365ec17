package web

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"tremplin/internal/core/access"
	"tremplin/internal/core/form"
	"tremplin/internal/core/form/page"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/core/sheet"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

func formPath(form string) string { return "/forms/" + url.PathEscape(form) }

// today is the day on which a form is filled in.
func today(c *web.Ctx) sheet.Civil { return sheet.CivilOf(c.Now()) }

// oneByOne tells whether somebody sees one question a page: whoever is a learner and nothing else.
func oneByOne(a access.Actor) bool {
	return !slices.ContainsFunc(a.Grants, func(g access.Grant) bool { return g.Role != access.Learner })
}

// offered is a form in somebody's list.
type offered struct {
	people.Questionnaire
	state   string // begun, new, done or declined
	at      int64  // when it was answered
	in      string // what is added to its address: the trial for which it is asked
	minutes int
}

func offer(c *web.Ctx, q people.Questionnaire, a people.Asking) offered {
	return offered{q, a.State(q.ID), a.Answered[q.ID], "", minutes(c, q.Form)}
}

// minutes is how long a form takes at first sight: twelve seconds a question.
func minutes(c *web.Ctx, f *form.Form) int {
	asked, _ := page.New(f, f.Start(today(c)), today(c), c.Lang()).Asked()
	return max(1, (asked*12+59)/60)
}

// forms lists what one can fill in: first what is begun, then what is new.
func (p *Pages) forms(c *web.Ctx) error {
	all, _, err := people.Questionnaires(c.Programme)
	if err != nil {
		return err
	}
	asking, err := p.People.Asking(c, c.PID(), c.Actor.Person)
	if err != nil {
		return err
	}
	var list []offered
	for _, q := range all {
		if q.For(c.Actor) {
			list = append(list, offer(c, q, asking))
		}
	}
	slices.SortStableFunc(list, func(a, b offered) int { return cmp.Compare(order[a.state], order[b.state]) })
	f := c.Frame(c.T("people.form.list"))
	return c.Page(f, formsPage(c, f, list))
}

// The states: their order in the list, and what one does next.
var (
	order = map[string]int{"begun": 0, "new": 1, "done": 2, "declined": 3}
	act   = map[string]string{"begun": "people.form.go-on", "new": "people.form.start", "done": "people.form.change", "declined": "people.form.after-all"}
)

// formDone thanks, and shows what the form says at its end.
func (p *Pages) formDone(c *web.Ctx) error {
	q, err := people.QuestionnaireFor(c.Programme, c.Actor, c.R.PathValue("form"))
	if err != nil {
		return err
	}
	row, said, err := p.People.LastAnswers(c, c.PID(), c.Actor.Person, q.ID)
	if err != nil {
		return err
	}
	if row.Entry.IsZero() {
		return c.Go(formPath(q.ID))
	}
	return c.Page(c.Frame(q.Name(c.Lang())), formDonePage(c, q, page.New(q.Form, said.Answers, today(c), c.Lang())))
}

// putOff lets a form not be asked for: for a while, or for good.
func (p *Pages) putOff(c *web.Ctx) error {
	q, err := people.QuestionnaireFor(c.Programme, c.Actor, c.R.PathValue("form"))
	if err != nil {
		return err
	}
	to := cmp.Or(c.Form("to"), web.Home(c.Actor))
	if c.Form("again") != "never" {
		if err := p.People.PutOff(c, c.PID(), c.Actor.Person, q.ID); err != nil {
			return err
		}
		return c.Go(to)
	}
	if err := p.People.Decline(c, c.Act(), c.Actor.Person, people.FormDeclined{Form: q.ID, Language: c.Lang()}); err != nil {
		return err
	}
	return c.GoSaying(to, "people.form.declined.done")
}

// FormCard offers, on a learner's home page, the first form that the programme wants asked there. Once it is
// answered, declined or put off there is no card. Its signature is web.Slot.
func (p *Pages) FormCard(c *web.Ctx, owner id.ID) (templ.Component, error) {
	return p.card(c, owner, func(f programme.Form) bool { return f.Home })
}

// PathCard offers, on the page of the training paths, the first form that belongs to one of them.
func (p *Pages) PathCard(c *web.Ctx, owner id.ID) (templ.Component, error) {
	return p.card(c, owner, func(f programme.Form) bool { return f.Path != "" })
}

func (p *Pages) card(c *web.Ctx, owner id.ID, stands func(programme.Form) bool) (templ.Component, error) {
	all, _, err := people.Questionnaires(c.Programme)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(q people.Questionnaire) bool { return !stands(q.Offer) || !q.For(c.Actor) })
	if len(all) == 0 {
		return nil, nil
	}
	asking, err := p.People.Asking(c, c.PID(), owner)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(q people.Questionnaire) bool { return asking.Wanted(q.ID) })
	if i < 0 {
		return nil, nil
	}
	return formCard(offer(c, all[i], asking), c.Lang(), c.R.URL.Path), nil
}
