package web

import (
	"slices"

	"github.com/a-h/templ"

	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/people"
)

// BeforeTrial offers the questionnaire that a trial begins with, on the page of the session. Its signature is web.Slot.
func (p *Pages) BeforeTrial(c *web.Ctx, owner id.ID) (templ.Component, error) {
	return p.trialCard(c, owner, people.BeforeTrial)
}

// AfterTrial offers the one that a trial ends with. Its signature is web.Slot.
func (p *Pages) AfterTrial(c *web.Ctx, owner id.ID) (templ.Component, error) {
	return p.trialCard(c, owner, people.AfterTrial)
}

// trialCard offers the first form of that time, until it is answered for this trial, declined or put off: what was
// answered for another trial does not stand in for it.
func (p *Pages) trialCard(c *web.Ctx, owner id.ID, when string) (templ.Component, error) {
	all, _, err := people.Questionnaires(c.Programme)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(q people.Questionnaire) bool { return q.Offer.Trial == when && q.For(c.Actor) })
	room := people.Room(c.R.PathValue("code"))
	if i < 0 || room == "" {
		return nil, nil
	}
	asking, err := p.People.Asking(c, c.PID(), owner)
	if err != nil {
		return nil, err
	}
	done, err := p.People.AnsweredIn(c, c.PID(), owner, all[i].ID, room)
	delete(asking.Answered, all[i].ID)
	if err != nil || done || !asking.Wanted(all[i].ID) {
		return nil, err
	}
	o := offer(c, all[i], asking)
	o.in = "?room=" + room
	return formCard(o, c.Lang(), c.R.URL.Path), nil
}
