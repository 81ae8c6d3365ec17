// Package programme reads a programme's folder: what makes one programme differ from another is
// data, never code. See docs/PROGRAMMES.md for the files.
package programme

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"gopkg.in/yaml.v3"

	"tremplin/internal/core/id"
)

// Text is a sentence in several languages, by language code.
type Text map[string]string

// In returns the text in the first of some languages that it has, else in English, French, or any: always
// the same.
func (t Text) In(langs ...string) string { return t[t.Speaks(langs...)] }

// Speaks is the language in which In says the text.
func (t Text) Speaks(langs ...string) string {
	for _, l := range slices.Concat(langs, []string{"en", "fr"}, slices.Sorted(maps.Keys(t))) {
		if t[l] != "" {
			return l
		}
	}
	return ""
}

// Organisation is a partner, as the folder names it.
type Organisation struct {
	Slug    string `yaml:"slug"`
	Name    string `yaml:"name"`
	Country string `yaml:"country"`
	City    string `yaml:"city"`
	Kind    string `yaml:"kind"` // training, employer, funder, ngo, public
	Phone   string `yaml:"phone"`
	Sites   []Site `yaml:"sites"`
}

// Site is a place where a partner receives people; it may lie in another country.
type Site struct {
	Slug    string `yaml:"slug"`
	Name    string `yaml:"name"`
	City    string `yaml:"city"`
	Country string `yaml:"country"`
}

// Purpose is why personal data are kept: its ground in law and the notice that people are shown.
type Purpose struct {
	ID         string `yaml:"id"`
	Basis      string `yaml:"basis"`      // public-task, legal-obligation, contract, agreement, consent
	Controller string `yaml:"controller"` // an organisation's slug
	Keep       string `yaml:"keep"`       // how long, "2 years after the last contact"
	Version    int64  `yaml:"version"`    // raise it when the notice changes
	Optional   bool   `yaml:"optional"`   // rests on a permission that can be withdrawn
	Opens      string `yaml:"opens"`      // what rests on that permission: "tutor", seeing one's progress; "photo", a photo on the roll
	Title      Text   `yaml:"title"`
	Notice     Text   `yaml:"notice"`
}

// Told are the purposes of which people are told when they arrive: those that rest on no permission.
func (p *Programme) Told() (out []Purpose) {
	for _, q := range p.Purposes {
		if !q.Optional {
			out = append(out, q)
		}
	}
	return out
}

// Need is a picture on the front page: what a person may need.
type Need struct {
	ID   string `yaml:"id"`
	Icon string `yaml:"icon"`
	Text Text   `yaml:"text"`
}

// Path is a training path: modules, and half-days signed.
type Path struct {
	ID       string   `yaml:"id"`
	Title    Text     `yaml:"title"`
	Modules  []string `yaml:"modules"`
	HalfDays int64    `yaml:"half_days"`
	Hours    int64    `yaml:"hours"`
}

// Form says more of a questionnaire of forms/ than its file can. Those that are not named are for everybody,
// under the title that the file gives.
type Form struct {
	ID   string   `yaml:"id"`   // its form_id
	For  []string `yaml:"for"`  // roles; none: everybody
	Home bool     `yaml:"home"` // offered on a learner's home page until it is answered or declined
	Path string   `yaml:"path"` // the training path on whose page it is offered so
	// Trial is when it is offered to those who are in a trial: before, after, or not at all.
	Trial string `yaml:"trial"`
	Title Text   `yaml:"title"`
}

// Programme is a folder read.
type Programme struct {
	Slug          string         `yaml:"slug"`
	Name          Text           `yaml:"name"`
	Promise       Text           `yaml:"promise"` // the sentence under the title of the front page
	Source        string         `yaml:"source"`
	Languages     []string       `yaml:"languages"`
	Countries     []string       `yaml:"countries"`
	Funder        Text           `yaml:"funder"`
	Emblem        string         `yaml:"emblem"` // "eu" or empty
	From          string         `yaml:"from"`   // yyyy-mm-dd
	To            string         `yaml:"to"`
	Needs         []Need         `yaml:"needs"`
	Organisations []Organisation `yaml:"organisations"`
	Purposes      []Purpose      `yaml:"purposes"`
	Paths         []Path         `yaml:"paths"`
	Forms         []Form         `yaml:"forms"`

	Files fs.FS `yaml:"-"` // the folder, for modules, forms and indicators
}

// ID of the programme in every table: from its slug, so the same on every node.
func (p *Programme) ID() id.ID { return IDOf(p.Slug) }

// IDOf gives the id of the programme with a slug.
func IDOf(slug string) id.ID { return id.Named("programme", slug) }

// OrganisationID is the id of a partner named in the folder.
func (p *Programme) OrganisationID(slug string) id.ID {
	return id.Named("organisation", p.Slug, slug)
}

// SiteID is the id of a partner's site named in the folder.
func (p *Programme) SiteID(organisation, slug string) id.ID {
	return id.Named("site", p.Slug, organisation, slug)
}

// Purpose finds a purpose by id.
func (p *Programme) Purpose(v string) (Purpose, bool) {
	i := slices.IndexFunc(p.Purposes, func(x Purpose) bool { return x.ID == v })
	if i < 0 {
		return Purpose{}, false
	}
	return p.Purposes[i], true
}

// Form is what the folder says of a questionnaire; nothing but its id where it does not name it.
func (p *Programme) Form(v string) Form {
	i := slices.IndexFunc(p.Forms, func(f Form) bool { return f.ID == v })
	if i < 0 {
		return Form{ID: v}
	}
	return p.Forms[i]
}

// file is the name of what makes a folder a programme's.
const file = "programme.yaml"

// Read reads a folder. Errors name the file with its line or its field; all are said in one go.
func Read(files fs.FS) (*Programme, error) {
	b, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true) // a misspelt one is not silently lost
	p := &Programme{Files: files}
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return p, p.check()
}

// ReadAll reads every folder below files that holds a programme.yaml, by slug.
func ReadAll(files fs.FS) (map[string]*Programme, error) {
	found, err := fs.Glob(files, "*/"+file)
	if err != nil {
		return nil, err
	}
	out := map[string]*Programme{}
	for _, f := range found {
		folder := path.Dir(f)
		sub, err := fs.Sub(files, folder)
		if err != nil {
			return nil, err
		}
		p, err := Read(sub)
		if err == nil && p.Slug != folder {
			err = fmt.Errorf("%s: slug: %q is not the folder's name", file, p.Slug)
		}
		if err != nil {
			return nil, fmt.Errorf("folder %s: %w", folder, err)
		}
		out[p.Slug] = p
	}
	return out, nil
}
