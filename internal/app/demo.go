package app

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"time"

	"gopkg.in/yaml.v3"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/learning"
	"tremplin/internal/people"
)

// Demo fills an empty database with MIGRANTECH and its invented people; it tells whether it did.
func (a *App) Demo(ctx context.Context, progress func(done, of int)) (bool, error) {
	p := a.Programmes["migrantech"]
	d := &demo{App: a, p: p, rng: rand.New(rand.NewPCG(2026, 11)), now: a.Journal.Now()}
	_, loaded, err := people.Persons.One(ctx, a.DB, p.ID(), "and owner=$2", d.id("person", last))
	if err != nil || loaded {
		return false, err
	}
	a.back.Store(int64(-written))
	defer a.back.Store(0)
	return true, d.load(ctx, progress)
}

// written is how long ago the history of the demonstration was written down.
const written = 72 * time.Hour

// demo writes two years of invented history through the services. The same seed gives the same people.
type demo struct {
	*App
	p        *programme.Programme
	rng      *rand.Rand
	now      time.Time
	facts    facts
	learners []invented
	trainees []trainee
	modules  map[string]learning.Module // by slug
}

// invented is a learner of the demonstration.
type invented struct {
	id            id.ID
	lang, country string
	org           string
	joined        time.Time
}

// steps of the history, in order. The administrator comes last: where they are, all of it is there.
func (d *demo) load(ctx context.Context, progress func(done, of int)) error {
	if err := d.read(); err != nil {
		return err
	}
	steps := []func(context.Context) error{
		d.create, d.sent, d.begin, d.staff, d.groups, d.enter, d.work, d.remarks, d.findings, d.revise, d.tutors, d.tutorsWork, d.training, d.trials, d.events, d.today,
		d.reports, d.met, d.admin,
	}
	for i, step := range steps {
		progress(i, len(steps))
		if err := step(ctx); err != nil {
			return err
		}
	}
	progress(len(steps), len(steps))
	return nil
}

// read takes the invented names and remarks from the programme's folder.
func (d *demo) read() error {
	b, err := fs.ReadFile(d.p.Files, "demo.yaml")
	if err != nil {
		return err
	}
	return yaml.Unmarshal(b, &d.facts)
}

func (d *demo) id(kind, name string) id.ID { return id.Named("demo", d.p.Slug, kind, name) }

// act is an act of somebody of the demonstration, or of the house itself.
func (d *demo) act(kind, name, author string, at time.Time) journal.Act {
	a := journal.Act{Programme: d.p.ID(), ID: d.id(kind, name), At: at}
	if author != "" {
		a.Author = d.id("person", author)
	}
	return a
}

func (d *demo) create(ctx context.Context) error { return d.Journal.Create(ctx, d.p.ID()) }

// begin starts the programme with its modules as they first were.
func (d *demo) begin(ctx context.Context) error {
	if err := d.People.Found(ctx, d.p); err != nil {
		return err
	}
	if err := d.first(ctx); err != nil {
		return err
	}
	_, err := d.Begin(ctx, d.p.Slug, d.now.AddDate(-2, 0, 0))
	return err
}

// door is an invented person whom /demo signs in by a click.
type door struct {
	name, first, last, lang, country, org string
	role                                  access.Role
}

// last is who is entered at the end.
const last = "admin"

var doors = []door{
	{"leila", "Leïla", "Moreau", "fr", "FR", "amsed", access.Tutor},
	{"claire", "Claire", "Weber", "fr", "FR", "amsed", access.Author},
	{"selim", "Selim", "Kaya", "tr", "TR", "ege-kopru", access.Translator},
	{"nadia", "Nadia", "Benali", "fr", "FR", "amsed", access.Coordinator},
	{"jan", "Jan", "De Smet", "en", "BE", "erasmus", access.Funder},
	{"paula", "Paula", "Ferreira", "pt", "PT", "erasmus", access.Auditor},
}

func (d *demo) staff(ctx context.Context) error {
	return d.open(ctx, "staff", doors)
}

func (d *demo) admin(ctx context.Context) error {
	return d.open(ctx, "admin", []door{{last, "Alex", "Roux", "fr", "FR", "amsed", access.Administrator}})
}

func (d *demo) open(ctx context.Context, command string, doors []door) error {
	var in []people.Newcomer
	for _, w := range doors {
		in = append(in, people.Newcomer{
			ID: d.id("person", w.name), Role: w.role, Of: d.p.OrganisationID(w.org),
			Said: people.Described{
				First: w.first, Last: w.last, Language: w.lang, Country: w.country, Number: w.name, Invented: true,
				Phone: "+33639980001", Email: mailbox(w.name),
			},
		})
	}
	return d.People.Enter(ctx, d.act("command", command, "", d.now.AddDate(-2, 0, 0)), in...)
}
