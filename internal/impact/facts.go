package impact

import (
	"encoding/json"
	"strconv"

	"tremplin/internal/core/access"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/view"
	"tremplin/internal/people"
)

// more are the attributes of a fact, as texts; internal/impact/figure knows their types.
type more map[string]string

// text keeps attributes as JSON, the empty ones left out; its keys are in order.
func (m more) text() string {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	b, err := json.Marshal(m)
	if err != nil { // texts always marshal
		return "{}"
	}
	return string(b)
}

// note writes a fact of an entry.
func note(r *view.Rows, e *journal.Entry, fact, part string, fill func(*FactRow)) {
	Facts.Edit(r, FactRow{Entry: e.ID, Fact: fact, Part: part}, func(w *FactRow) {
		w.At, w.Recorded = e.At, e.Recorded
		fill(w)
	})
}

// person reads what is known of the story's person by now.
func person(r *view.Rows) PersonRow {
	p, _ := Persons.Get(r, PersonRow{})
	return p
}

// onto puts what is known of a person onto a fact about them, beside the fact's own attributes.
func (p PersonRow) onto(w *FactRow, m more) {
	w.Person = true
	if w.Organisation.IsZero() {
		w.Organisation = p.Organisation
	}
	if w.Country == "" {
		w.Country = p.Country
	}
	if w.Lang == "" {
		w.Lang = p.Lang
	}
	m["gender"], m["birth_date"], m["employment"], m["education"] = p.Gender, p.BirthDate, p.Employment, p.Education
	if p.BirthYear > 0 {
		m["birth_year"] = strconv.FormatInt(p.BirthYear, 10)
	}
	w.Attributes = m.text()
}

func described(r *view.Rows, _ *journal.Entry, d people.Described) {
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		p.Lang, p.Country = d.Language, d.Country
		if !p.Entered {
			p.Gender, p.BirthYear = d.Gender, d.BirthYear
		}
	})
}

func roleGiven(r *view.Rows, e *journal.Entry, b people.RoleOf) {
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		p.Learner = p.Learner || b.Role == access.Learner
		if b.Of != e.Programme {
			p.Organisation = b.Of
		}
	})
}

func roleTaken(r *view.Rows, _ *journal.Entry, b people.RoleOf) {
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		if p.Organisation == b.Of {
			p.Organisation = id.ID{}
		}
	})
}

// entered fixes what ESF+ fixes: of several entries, the first says where the person stood.
func entered(r *view.Rows, e *journal.Entry, b Entered) {
	Persons.Edit(r, PersonRow{}, func(p *PersonRow) {
		if p.Entered {
			return
		}
		p.Entered, p.Employment, p.Education, p.BirthDate = true, b.Employment, b.Education, b.BirthDate
		if b.Gender != "" {
			p.Gender = b.Gender
		}
	})
	note(r, e, "person-entered", "", func(w *FactRow) {
		w.Subject, w.Organisation, w.Country = e.Subject, b.Organisation, b.Country
		person(r).onto(w, more{})
	})
}

func left(r *view.Rows, e *journal.Entry, b Left) {
	note(r, e, "person-left", "", func(w *FactRow) {
		w.Subject, w.Organisation = e.Subject, b.Organisation
		person(r).onto(w, more{"left_employment": b.Employment, "days_after": strconv.FormatInt(b.DaysAfter, 10)})
	})
}
