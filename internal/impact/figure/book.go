package figure

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"tremplin/internal/core/programme"
)

// File is the name of the book in a programme's folder.
const File = "indicators.yaml"

// Book is a programme's indicators.yaml, read, checked and compiled.
type Book struct {
	Format     int                       `yaml:"format"`
	Zone       string                    `yaml:"zone"`
	HideBelow  map[string]int64          `yaml:"hide_below"`
	Evidence   map[string]programme.Text `yaml:"evidence"`
	Indicators []*Indicator              `yaml:"indicators"`
	Calendar   []Due                     `yaml:"calendar"`

	zone *time.Location
}

// Indicator is one version of a definition.
type Indicator struct {
	ID         string         `yaml:"id"`
	Version    int64          `yaml:"version"`
	From       string         `yaml:"from"`
	Because    programme.Text `yaml:"because"`
	Kind       string         `yaml:"kind"`
	Title      programme.Text `yaml:"title"`
	Definition programme.Text `yaml:"definition"`
	Unit       string         `yaml:"unit"`
	Rule       `yaml:",inline"`
	Part       *Rule    `yaml:"part"`
	Whole      *Rule    `yaml:"whole"`
	By         []string `yaml:"by"`
	Target     Target   `yaml:"target"`
	Evidence   []string `yaml:"evidence"`
}

// Rule says which facts count, and how.
type Rule struct {
	Fact  string   `yaml:"fact"`
	Where string   `yaml:"where"`
	Take  string   `yaml:"take"`
	Count string   `yaml:"count"`
	Pair  []string `yaml:"pair"`

	holds condition
}

// Target is a floor: at the end, for each value of a split, and by each report.
type Target struct {
	Value  int64                       `yaml:"value"`
	Report map[string]int64            `yaml:"report"`
	Of     map[string]map[string]int64 `yaml:",inline"`
}

// Due is a report or a deliverable of the calendar.
type Due struct {
	ID        string         `yaml:"id"`
	Kind      string         `yaml:"kind"`
	Title     programme.Text `yaml:"title"`
	CutOff    string         `yaml:"cut_off"`
	Due       string         `yaml:"due"`
	From      string         `yaml:"from"`
	To        string         `yaml:"to"`
	Languages []string       `yaml:"languages"`
}

// Kinds of what is due.
const (
	KindReport      = "report"
	KindDeliverable = "deliverable"
)

// Load reads the book of a programme; one without the file promises nothing.
func Load(p *programme.Programme) (*Book, error) {
	b, err := fs.ReadFile(p.Files, File)
	if errors.Is(err, fs.ErrNotExist) {
		return &Book{zone: time.UTC}, nil
	}
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, o := range p.Organisations {
		slugs = append(slugs, o.Slug)
	}
	return Read(b, p.Languages, slugs)
}

// Read reads, checks and compiles a book. Each error names the file, the indicator and the field.
// organisations may be nil: then their slugs are not held against the programme.
func Read(text []byte, languages, organisations []string) (*Book, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	b := &Book{}
	if err := d.Decode(b); err != nil {
		return nil, fmt.Errorf("%s: %w", File, err)
	}
	c := &checker{book: b, languages: languages, organisations: organisations}
	c.all()
	return b, errors.Join(c.errs...)
}

// Location is the zone in which a day ends.
func (b *Book) Location() *time.Location { return b.zone }

// End is the midnight that ends a day.
func (b *Book) End(date string) (time.Time, error) {
	d, err := time.ParseInLocation(time.DateOnly, date, b.zone)
	return d.AddDate(0, 0, 1), err
}

// Valid lists the definitions that count at a cut-off, one an indicator, in the order of the book.
func (b *Book) Valid(until time.Time) (out []*Indicator) {
	day := until.Add(-time.Microsecond).In(b.zone).Format(time.DateOnly)
	at := map[string]int{}
	for _, x := range b.Indicators {
		i, known := at[x.ID]
		switch {
		case x.From > day:
		case !known:
			at[x.ID] = len(out)
			out = append(out, x)
		case x.From >= out[i].From:
			out[i] = x
		}
	}
	return out
}

// Versions lists the definitions of one indicator, the first first.
func (b *Book) Versions(indicator string) (out []*Indicator) {
	for _, x := range b.Indicators {
		if x.ID == indicator {
			out = append(out, x)
		}
	}
	return out
}

// Entry finds what is due under an id.
func (b *Book) Entry(v string) (Due, bool) {
	i := slices.IndexFunc(b.Calendar, func(d Due) bool { return d.ID == v })
	if i < 0 {
		return Due{}, false
	}
	return b.Calendar[i], true
}

// defaultHide is the size below which cells of people are hidden where the book says nothing.
const defaultHide = 11

// Hide is the size below which cells of people are hidden from a reader.
func (b *Book) Hide(reader Reader) int64 {
	if n, ok := b.HideBelow[string(reader)]; ok {
		return n
	}
	if reader == Public {
		return defaultHide
	}
	return 0
}

// rules are what an indicator counts: one, or part and whole.
func (x *Indicator) rules() []*Rule {
	if x.Count == ratio {
		return []*Rule{x.Part, x.Whole}
	}
	return []*Rule{&x.Rule}
}
