package app

import (
	"context"
	"math/rand/v2"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/programme"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Demo fills an empty database with MIGRANTECH and its invented people; it tells whether it did.
func (a *App) Demo(ctx context.Context, progress func(done, of int)) (bool, error) {
	running, err := a.Running(ctx)
	if err != nil || len(running) > 0 {
		return false, err
	}
	p, err := a.Begin(ctx, "migrantech")
	if err != nil {
		return false, err
	}
	d := &demo{App: a, p: p, rng: rand.New(rand.NewPCG(2026, 11)), now: a.Journal.Now()}
	return true, d.load(ctx, progress)
}

// demo writes two years of invented history through the services. The same seed gives the same people.
type demo struct {
	*App
	p       *programme.Programme
	rng     *rand.Rand
	now     time.Time
	modules []learning.Module
}

func (d *demo) load(ctx context.Context, progress func(done, of int)) error {
	steps := []func(context.Context) error{d.staff, d.learners, d.work}
	for i, step := range steps {
		progress(i, len(steps))
		if err := step(ctx); err != nil {
			return err
		}
	}
	progress(len(steps), len(steps))
	return nil
}

// door is an invented person whom /demo signs in.
type door struct {
	name, first, last, lang, country string
	role                             access.Role
	org                              string
}

var doors = []door{
	{"amina", "Amina", "", "ar", "FR", access.Learner, ""},
	{"oksana", "Oksana", "", "uk", "FR", access.Learner, ""},
	{"fatou", "Fatou", "", "fr", "FR", access.Learner, ""},
	{"leila", "Leïla", "Moreau", "fr", "FR", access.Tutor, ""},
	{"claire", "Claire", "Weber", "fr", "FR", access.Author, ""},
	{"selim", "Selim", "Kaya", "tr", "TR", access.Translator, ""},
	{"nadia", "Nadia", "Benali", "fr", "FR", access.Coordinator, ""},
	{"jan", "Jan", "De Smet", "en", "BE", access.Funder, ""},
	{"paula", "Paula", "Ferreira", "pt", "PT", access.Auditor, ""},
	{"admin", "Alex", "Roux", "fr", "FR", access.Administrator, ""},
}

func (d *demo) id(kind, name string) id.ID { return id.Named("demo", d.p.Slug, kind, name) }

func (d *demo) staff(ctx context.Context) error {
	var in []people.Newcomer
	for _, w := range doors {
		in = append(in, people.Newcomer{
			ID: d.id("person", w.name), Role: w.role,
			Said: people.Described{First: w.first, Last: w.last, Language: w.lang, Country: w.country, Number: w.name, Invented: true},
		})
	}
	return d.People.Enter(ctx, d.p.ID(), d.id("command", "staff"), zero, d.now.AddDate(-2, 0, 0), in...)
}

func (d *demo) learners(context.Context) error { return nil }

func (d *demo) work(context.Context) error { return nil }
