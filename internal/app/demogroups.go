package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/people"
	"tremplin/internal/tutoring"
)

// partners are the organisations that accompany people.
func (d *demo) partners() (out []string) {
	for _, o := range d.p.Organisations {
		if o.Kind != "funder" {
			out = append(out, o.Slug)
		}
	}
	return out
}

// groupsEach is how many groups a partner has.
const groupsEach = 2

func (d *demo) group(org string, n int) id.ID { return d.id("group", fmt.Sprint(org, n%groupsEach)) }

// groups opens two groups for each partner; the tutor with a door accompanies the first of hers.
func (d *demo) groups(ctx context.Context) error {
	began := d.now.AddDate(-2, 0, 1)
	for _, o := range d.p.Organisations {
		if o.Kind == "funder" {
			continue
		}
		for n := range groupsEach {
			g := tutoring.NewGroup{ID: d.group(o.Slug, n), Said: tutoring.Opened{
				Name: fmt.Sprintf("%s %d", o.City, n+1), Organisation: d.p.OrganisationID(o.Slug), Place: o.City,
			}}
			if o.Slug == "amsed" && n == 0 {
				g.Tutor = d.id("person", "leila")
			}
			if err := d.Tutoring.OpenGroup(ctx, d.act("command", "group "+o.Slug+fmt.Sprint(n), "nadia", began), g); err != nil {
				return err
			}
		}
	}
	return nil
}

// trainee is somebody who follows the tutors' path.
type trainee struct {
	id    id.ID
	org   string
	signs int // half-days
	at    time.Time
}

// tutors enters the e-tutors; all but two signed both half-days of their training.
func (d *demo) tutors(ctx context.Context) error {
	var in []people.Newcomer
	for _, org := range d.partners() {
		for i := range d.facts.Tutors.Count[org] + d.facts.Tutors.OneSignature[org] {
			w := trainee{id: d.id("tutor", fmt.Sprint(org, i)), org: org, signs: 2, at: d.someday(d.now.AddDate(-2, 1+i%18, 0))}
			if i >= d.facts.Tutors.Count[org] {
				w.signs = 1
			}
			if org == "amsed" && i == 0 {
				w.id = d.id("person", "leila")
			} else {
				in = append(in, d.tutor(w, i))
			}
			d.trainees = append(d.trainees, w)
		}
	}
	return d.People.Enter(ctx, d.act("command", "tutors", "", d.now.AddDate(-2, 0, 0)), in...)
}

func (d *demo) tutor(w trainee, n int) people.Newcomer {
	country := "FR"
	for _, o := range d.p.Organisations {
		if o.Slug == w.org {
			country = o.Country
		}
	}
	names := d.facts.Tutors.Names[country]
	first, gender := names.Women, "woman"
	if d.rng.IntN(4) == 0 {
		first, gender = names.Men, "man"
	}
	of := d.p.OrganisationID(w.org)
	if n < groupsEach {
		of = d.group(w.org, n)
	}
	return people.Newcomer{
		ID: w.id, Role: access.Tutor, Of: of, At: w.at.AddDate(0, 0, -7), Shown: d.shown("en"),
		Said: people.Described{
			First: string(first[d.rng.IntN(len(first))]), Last: string(names.Last[d.rng.IntN(len(names.Last))]), Gender: gender,
			Language: map[string]string{"FR": "fr", "BE": "fr", "PT": "pt", "TR": "tr"}[country], Country: country, Invented: true,
		},
	}
}

// training is one training of tutors for each partner and half-year, its signatures and certificates.
func (d *demo) training(ctx context.Context) error {
	var held []tutoring.Session
	var signed []tutoring.Signature
	var certified []tutoring.Certification
	seen := map[id.ID]bool{}
	for _, w := range d.trainees {
		day := d.someday(time.Date(w.at.Year(), w.at.Month(), 14, 0, 0, 0, 0, time.UTC))
		if day.After(d.now) {
			day = d.someday(d.now.AddDate(0, 0, -6))
		}
		session := d.id("training", w.org+day.Format("2006-01"))
		if !seen[session] {
			seen[session] = true
			held = append(held, tutoring.Session{ID: session, At: day, Said: tutoring.Held{
				Kind: "training", Day: day.Format(time.DateOnly), Title: "E-tutors", Organisation: d.p.OrganisationID(w.org), Hours: 7, Mode: "on-site", Path: "tutor",
			}})
		}
		for half := range w.signs {
			signed = append(signed, tutoring.Signature{Person: w.id, Session: session, Half: int64(half + 1), At: day.Add(time.Duration(half*4) * time.Hour)})
		}
		if w.signs == 2 {
			certified = append(certified, tutoring.Certification{Person: w.id, Path: "tutor", At: day.AddDate(0, 0, 3)})
		}
	}
	if err := d.sessions(ctx, "training", held, signed); err != nil {
		return err
	}
	return d.Tutoring.Certify(ctx, d.p, d.act("command", "certificates", "nadia", time.Time{}), certified...)
}

// trials are the sessions in which learners tried the modules.
func (d *demo) trials(ctx context.Context) error {
	var held []tutoring.Session
	var signed []tutoring.Signature
	for _, org := range d.partners() {
		var of []invented
		for _, l := range d.learners {
			if l.org == org {
				of = append(of, l)
			}
		}
		for i, l := range of[:min(len(of), d.facts.Trials[org])] {
			day := d.someday(d.now.AddDate(0, -2-i/10*5, -i%4))
			session := d.id("trial", fmt.Sprint(org, i/10))
			if i%10 == 0 {
				held = append(held, tutoring.Session{ID: session, At: day, Said: tutoring.Held{
					Kind: "trial", Day: day.Format(time.DateOnly), Title: "Trial", Organisation: d.p.OrganisationID(org), Hours: 3, Mode: "on-site",
				}})
			}
			signed = append(signed, tutoring.Signature{Person: l.id, Session: session, Half: 1, At: day})
		}
	}
	return d.sessions(ctx, "trials", held, signed)
}

func (d *demo) sessions(ctx context.Context, name string, held []tutoring.Session, signed []tutoring.Signature) error {
	if err := d.Tutoring.Hold(ctx, d.act("command", name, "nadia", time.Time{}), held...); err != nil {
		return err
	}
	for i, part := range slices.Collect(slices.Chunk(signed, 100)) {
		if err := d.Tutoring.Sign(ctx, d.act("command", fmt.Sprint(name, " signed ", i), "nadia", time.Time{}), part...); err != nil {
			return err
		}
	}
	return nil
}

// today is a session of the tutor with a door: it begins in three quarters of an hour.
func (d *demo) today(ctx context.Context) error {
	boss := access.Actor{Programme: d.p.ID(), Person: d.id("person", "nadia"), Grants: []access.Grant{{Role: access.Coordinator, Of: d.p.ID()}}}
	const zone = "Europe/Paris"
	there, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	begins := d.now.In(there).Add(45 * time.Minute).Truncate(15 * time.Minute)
	return d.Tutoring.Plan(ctx, d.act("command", "today", "nadia", d.now), boss, tutoring.Meeting{ID: d.id("session", "today"), Said: tutoring.Planned{
		Kind: "trial", Title: "Parler au travail", Day: begins.Format(time.DateOnly), Starts: begins.Format("15:04"), Zone: zone, Halves: 1, Hours: 2.5,
		Mode: "on-site", Place: "Strasbourg", Organisation: d.p.OrganisationID("amsed"), Group: d.group("amsed", 0), Languages: []string{"fr", "ar", "uk"}, Module: "speaking-at-work",
	}})
}

// events are the programme's meetings with the public.
func (d *demo) events(ctx context.Context) error {
	var held []tutoring.Session
	for i, org := range []string{"amsed", "cap-ourthe", "cais-linguas", "ege-kopru", "rives-metiers", "yeni-adim"} {
		day := d.someday(d.now.AddDate(0, -3*i-1, 0))
		held = append(held, tutoring.Session{ID: d.id("event", org), At: day, Said: tutoring.Held{
			Kind: "event", Day: day.Format(time.DateOnly), Title: "MIGRANTECH", Organisation: d.p.OrganisationID(org), Hours: 3,
			Event: "multiplier", Participants: int64(24 + 7*i), Outside: int64(20 + 6*i),
		}})
	}
	return d.Tutoring.Hold(ctx, d.act("command", "events", "nadia", time.Time{}), held...)
}
