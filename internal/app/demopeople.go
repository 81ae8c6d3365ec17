package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"tremplin/internal/core/access"
	"tremplin/internal/people"
)

// facts is demo.yaml.
type facts struct {
	Learners struct {
		Names map[string]map[string]struct{ Women, Men []spelt }
		Share map[string]map[string]int
	}
	Tutors struct {
		Names        map[string]struct{ Women, Men, Last []spelt }
		Count        map[string]int
		OneSignature map[string]int `yaml:"one_signature"`
	}
	Trials   map[string]int
	Remarks  []struct{ ID, Language, Module, Screen, Remark, Text, Decision, Reason string }
	Findings []struct {
		ID, Module, Screen, Text, Because string
		Remarks                           []string
	}
}

// spelt is a name as its bearer types it; the file may add how it is written in Latin letters.
type spelt string

// UnmarshalYAML reads "Rana" or [رنا, Rana].
func (s *spelt) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	*s = spelt(n.Value)
	return nil
}

// learnersIn is how many of the 160 learn in each language.
var learnersIn = []struct {
	lang string
	n    int
}{{"ar", 52}, {"uk", 36}, {"fr", 28}, {"tr", 18}, {"pt", 14}, {"en", 12}}

// enter makes the 160 learners, three of whom have a door.
func (d *demo) enter(ctx context.Context) error {
	var in []people.Newcomer
	for _, l := range learnersIn {
		for i := range l.n {
			in = append(in, d.learner(l.lang, i))
		}
	}
	for i, part := range slices.Collect(slices.Chunk(in, 80)) {
		if err := d.People.Enter(ctx, d.act("command", fmt.Sprint("learners", i), "", d.now.AddDate(-2, 0, 0)), part...); err != nil {
			return err
		}
	}
	return d.agree(ctx)
}

// agree notes that nearly everybody lets their tutor see how far they are.
func (d *demo) agree(ctx context.Context) error {
	var in []people.Agreement
	for i, l := range d.learners {
		for _, q := range d.p.Purposes {
			if q.Opens == "tutor" && i%20 != 19 {
				in = append(in, people.Agreement{Person: l.id, At: l.joined, Said: people.Permission{Purpose: q.ID, Given: true, Version: q.Version, Opens: q.Opens}})
			}
		}
	}
	return d.People.Agree(ctx, d.act("command", "agreements", "", time.Time{}), in...)
}

// first learners of a language who have a door of their own.
var learnerDoors = map[string]string{"ar": "amina", "uk": "oksana", "fr": "fatou"}

func (d *demo) learner(lang string, i int) people.Newcomer {
	first, gender := d.name(lang)
	w := invented{lang: lang, country: d.country(lang), id: d.id("person", fmt.Sprint(lang, i))}
	number := ""
	if door := learnerDoors[lang]; i == 0 && door != "" {
		number, w.id, w.country, gender = door, d.id("person", door), "FR", "woman"
		first = map[string]string{"ar": "أمينة", "uk": "Оксана", "fr": "Fatou"}[lang]
	}
	w.org = d.partner(w.country)
	if number != "" {
		w.org = "amsed"
	}
	w.joined = d.now.AddDate(0, 0, -14-d.rng.IntN(700))
	d.learners = append(d.learners, w)
	phone := d.phone(w.country)
	email := ""
	if number != "" {
		phone, email = "+33639980002", mailbox(number)
	}
	return people.Newcomer{
		ID: w.id, Role: access.Learner, Of: d.group(w.org, i), Shown: d.shown(lang), At: w.joined,
		Said: people.Described{
			First: first, Language: lang, Country: w.country, Gender: gender, BirthYear: int64(d.now.Year() - 18 - d.rng.IntN(40)),
			Number: number, Invented: true, Phone: phone, Email: email,
		},
	}
}

func (d *demo) shown(lang string) (out []people.Shown) {
	for _, q := range d.p.Told() {
		out = append(out, people.Shown{Purpose: q.ID, Version: q.Version, Language: lang})
	}
	return out
}

// phone is a number of the ranges kept for fiction, for two people in three.
func (d *demo) phone(country string) string {
	if country != "FR" || d.rng.IntN(3) == 0 {
		return ""
	}
	return fmt.Sprintf("+3363998%04d", d.rng.IntN(10000))
}

func (d *demo) name(lang string) (first, gender string) {
	from := d.facts.Learners.Names[lang]
	origins := make([]string, 0, len(from))
	for k := range from {
		origins = append(origins, k)
	}
	slices.Sort(origins)
	of := from[origins[d.rng.IntN(len(origins))]]
	gender = "woman"
	list := of.Women
	if d.rng.IntN(5) < 2 || len(list) == 0 {
		gender, list = "man", of.Men
	}
	if len(list) == 0 {
		gender, list = "woman", of.Women
	}
	return string(list[d.rng.IntN(len(list))]), gender
}

func (d *demo) country(lang string) string {
	n := d.rng.IntN(100)
	for _, k := range d.p.Countries {
		if n -= d.facts.Learners.Share[lang][k]; n < 0 {
			return k
		}
	}
	return d.p.Countries[0]
}

func (d *demo) partner(country string) string {
	var in []string
	for _, o := range d.p.Organisations {
		if o.Country == country && o.Kind != "funder" {
			in = append(in, o.Slug)
		}
	}
	return in[d.rng.IntN(len(in))]
}

// someday is a moment in the two years, at an hour when people learn.
func (d *demo) someday(from time.Time) time.Time {
	return from.Truncate(24 * time.Hour).Add(time.Duration(8+d.rng.IntN(12))*time.Hour + time.Duration(d.rng.IntN(3600))*time.Second)
}
