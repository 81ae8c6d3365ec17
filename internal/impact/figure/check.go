package figure

import (
	"fmt"
	"slices"
	"time"

	"tremplin/internal/core/programme"
)

// ways of counting.
const (
	ratio    = "ratio"
	ofFacts  = "facts"
	owners   = "owners"
	subjects = "subjects"
	pairs    = "pairs"
)

// checker gathers everything that is wrong with a book, so that its author mends it in one go.
type checker struct {
	book          *Book
	languages     []string
	organisations []string
	errs          []error
}

func (c *checker) say(where, field, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: %s: %s: %s", File, where, field, fmt.Sprintf(format, args...)))
}

func (c *checker) one(where, field, v string, of ...string) {
	if !slices.Contains(of, v) {
		c.say(where, field, "%q is none of %v", v, of)
	}
}

func (c *checker) text(where, field string, t programme.Text) {
	for _, l := range c.languages {
		if t[l] == "" {
			c.say(where, field, "missing in %s", l)
		}
	}
}

func (c *checker) date(where, field, v string) {
	if _, err := time.Parse(time.DateOnly, v); err != nil {
		c.say(where, field, "%q is no date such as 2026-11-20", v)
	}
}

func (c *checker) organisation(where, field, slug string) {
	if c.organisations != nil && !slices.Contains(c.organisations, slug) {
		c.say(where, field, "the programme has no organisation %q", slug)
	}
}

func (c *checker) all() {
	b := c.book
	if b.Format != 1 {
		c.say("the file", "format", "%d is not 1", b.Format)
	}
	var err error
	if b.zone, err = time.LoadLocation(b.Zone); err != nil || b.Zone == "" {
		c.say("the file", "zone", "%q is no time zone such as Europe/Paris", b.Zone)
		b.zone = time.UTC
	}
	for r := range b.HideBelow {
		c.one("the file", "hide_below", r, string(Public), string(Funder), string(Auditor))
	}
	for name, t := range b.Evidence {
		c.text("evidence", name, t)
	}
	last := map[string]*Indicator{}
	for i, x := range b.Indicators {
		if x == nil {
			c.say(fmt.Sprintf("indicator %d", i+1), "id", "missing")
			continue
		}
		c.indicator(i, x, last[x.ID])
		last[x.ID] = x
	}
	c.calendar()
}

func (c *checker) indicator(i int, x, before *Indicator) {
	at := fmt.Sprintf("indicator %d", i+1)
	if x.ID != "" {
		at = fmt.Sprintf("%s version %d", x.ID, x.Version)
	} else {
		c.say(at, "id", "missing")
	}
	c.version(at, x, before)
	c.date(at, "from", x.From)
	c.one(at, "kind", x.Kind, "output", "result")
	c.one(at, "unit", x.Unit, "person", "module", "trial", "finding", "event", "start", "percent")
	c.text(at, "title", x.Title)
	c.text(at, "definition", x.Definition)
	if x.Count == ratio && (x.Part == nil || x.Whole == nil) {
		c.say(at, "count", "a ratio needs part and whole")
		x.Count = ofFacts
		return
	}
	c.rules(at, x)
	for _, e := range x.Evidence {
		if _, ok := c.book.Evidence[e]; !ok {
			c.say(at, "evidence", "%q is not named under evidence", e)
		}
	}
	c.target(at, x)
}

func (c *checker) version(at string, x, before *Indicator) {
	switch {
	case before == nil && x.Version != 1:
		c.say(at, "version", "the first is 1")
	case before != nil && x.Version != before.Version+1:
		c.say(at, "version", "follows %d", before.Version)
	case before != nil && x.From <= before.From:
		c.say(at, "from", "must come after %s, of the version before", before.From)
	}
	if before != nil {
		c.text(at, "because", x.Because)
	}
}

func (c *checker) rules(at string, x *Indicator) {
	names := []string{""}
	if x.Count == ratio {
		names = []string{"part.", "whole."}
	}
	for i, r := range x.rules() {
		c.rule(at, names[i], r)
		for _, d := range x.By {
			if !splits(r.Fact, d) {
				c.say(at, "by", "a fact %q has no %q", r.Fact, d)
			}
		}
	}
}

func (c *checker) rule(at, field string, r *Rule) {
	if r.Take == "" {
		r.Take = anyFact
	}
	c.one(at, field+"take", r.Take, anyFact, firstFact, lastFact)
	c.one(at, field+"count", r.Count, ofFacts, owners, subjects, pairs)
	if _, ok := Kinds[r.Fact]; !ok {
		c.say(at, field+"fact", "there is no kind of fact %q", r.Fact)
		return
	}
	if (r.Count == pairs) != (len(r.Pair) > 0) {
		c.say(at, field+"pair", "goes with count: pairs")
	}
	for _, p := range r.Pair {
		if !splits(r.Fact, p) && p != "owner" && p != "subject" {
			c.say(at, field+"pair", "a fact %q has no %q", r.Fact, p)
		}
	}
	var err error
	if r.holds, err = compile(r.Fact, r.Where); err != nil {
		c.say(at, field+"where", "%v", err)
	}
}

// splits tells whether figures of a kind of fact can be split by a field.
func splits(kind, field string) bool {
	_, more := Kinds[kind][field]
	return more || slices.Contains([]string{"organisation", "country", "language", "month"}, field)
}

func (c *checker) target(at string, x *Indicator) {
	for d, of := range x.Target.Of {
		if !slices.Contains(x.By, d) {
			c.say(at, "target", "%q is not one of by", d)
		}
		sum := int64(0)
		for v, n := range of {
			sum += n
			if d == "organisation" {
				c.organisation(at, "target.organisation", v)
			}
		}
		if x.Count != ratio && sum != x.Target.Value {
			c.say(at, "target."+d, "adds up to %d, not to %d", sum, x.Target.Value)
		}
	}
	for r := range x.Target.Report {
		if d, ok := c.book.Entry(r); !ok || d.Kind != KindReport {
			c.say(at, "target.report", "the calendar has no report %q", r)
		}
	}
}

func (c *checker) calendar() {
	seen := map[string]bool{}
	for i, d := range c.book.Calendar {
		at := "calendar " + d.ID
		if d.ID == "" || seen[d.ID] {
			c.say(fmt.Sprintf("calendar %d", i+1), "id", "missing, or used twice: %q", d.ID)
		}
		seen[d.ID] = true
		c.one(at, "kind", d.Kind, KindReport, KindDeliverable)
		c.text(at, "title", d.Title)
		c.date(at, "due", d.Due)
		if d.Kind == KindReport {
			c.date(at, "cut_off", d.CutOff)
		} else if d.CutOff != "" {
			c.say(at, "cut_off", "a deliverable has none")
		}
		c.organisation(at, "from", d.From)
		c.organisation(at, "to", d.To)
	}
}
